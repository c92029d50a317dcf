// Delivered against planned, by greedy matching: visits of a zone lie hours apart, so that the best
// pair first gives what a person comparing both lists would say. It is not always the most pairs.
#include "schedule/delivery.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace schedule {

namespace {

using Kind = Attendance::Kind;

/// A visit and an attendance that may have been it.
struct Pair {
    bool unnamed = true;
    bool brief = false;
    bool other_unit = false;
    std::chrono::seconds apart{0};
    geo::Instant planned;
    geo::Instant began;
    std::size_t visit = 0;
    std::size_t attendance = 0;

    auto rank() const {
        return std::tie(unnamed, brief, other_unit, apart, planned, began, visit, attendance);
    }
};

bool differs(const UnitId& a, const UnitId& b) {
    return a != b && !a.text().empty() && !b.text().empty();
}

class Matching {
  public:
    Matching(std::span<const Visit> visits, std::span<const Attendance> attendances,
             const Rule& rule, const DeliveryOptions& options)
        : visits_(visits), attendances_(attendances), rule_(rule), options_(options) {
        for (std::size_t v = 0; v < visits.size(); ++v) {
            by_id_.emplace(visits[v].id, v);
            by_zone_[visits[v].zone].emplace(visits[v].when.from, v);
        }
    }

    std::vector<Delivery> run() {
        for (std::size_t a = 0; a < attendances_.size(); ++a) {
            if (attendances_[a].kind == Kind::tasked || rule_.count_background) {
                add_pairs(a);
            }
        }
        std::sort(pairs_.begin(), pairs_.end(),
                  [](const Pair& a, const Pair& b) { return a.rank() < b.rank(); });
        return taken();
    }

  private:
    void add_pairs(std::size_t a) {
        const Attendance& attendance = attendances_[a];
        if (attendance.visit) {
            const auto named = by_id_.find(*attendance.visit);
            if (named != by_id_.end() && visits_[named->second].zone == attendance.zone) {
                add_pair(named->second, a, false);
                return;
            }
        }
        const auto own = by_zone_.find(attendance.zone);
        if (own == by_zone_.end()) {
            return;
        }
        const auto first = own->second.lower_bound(attendance.when.from - options_.within);
        const auto last = own->second.upper_bound(attendance.when.from + options_.within);
        std::for_each(first, last, [&](const auto& visit) { add_pair(visit.second, a, true); });
    }

    void add_pair(std::size_t v, std::size_t a, bool unnamed) {
        const Visit& visit = visits_[v];
        const Attendance& attendance = attendances_[a];
        pairs_.push_back({unnamed, !counts(attendance, rule_), differs(visit.unit, attendance.unit),
                          std::chrono::abs(attendance.when.from - visit.when.from), visit.when.from,
                          attendance.when.from, v, a});
    }

    std::vector<Delivery> taken() const {
        std::vector<Delivery> result(visits_.size());
        std::vector<bool> used(attendances_.size());
        for (const Pair& pair : pairs_) {
            Delivery& delivery = result[pair.visit];
            if (delivery.attendance || used[pair.attendance]) {
                continue;
            }
            used[pair.attendance] = true;
            delivery = {pair.brief ? Delivery::State::brief : Delivery::State::delivered,
                        pair.attendance, pair.began - pair.planned, pair.other_unit};
        }
        return result;
    }

    std::span<const Visit> visits_;
    std::span<const Attendance> attendances_;
    const Rule& rule_;
    DeliveryOptions options_;
    std::map<std::string, std::size_t> by_id_;
    std::map<cluster::ZoneId, std::multimap<geo::Instant, std::size_t>> by_zone_;
    std::vector<Pair> pairs_;
};

} // namespace

std::vector<Delivery> deliveries(std::span<const Visit> visits,
                                 std::span<const Attendance> attendances, const Rule& rule,
                                 const DeliveryOptions& options) {
    return Matching(visits, attendances, rule, options).run();
}

std::vector<Attendance> tasked_by_plan(std::vector<Attendance> attendances,
                                       std::span<const Visit> visits, std::chrono::seconds slack) {
    std::map<std::pair<UnitId, cluster::ZoneId>, std::vector<geo::TimeSpan>> planned;
    for (const Visit& visit : visits) {
        planned[{visit.unit, visit.zone}].push_back(
            {visit.when.from - slack, visit.when.to + slack});
    }
    for (Attendance& attendance : attendances) {
        if (attendance.source != Attendance::Source::pings) {
            continue;
        }
        const auto own = planned.find({attendance.unit, attendance.zone});
        if (own != planned.end() &&
            std::any_of(own->second.begin(), own->second.end(), [&](const geo::TimeSpan& span) {
                return attendance.when.from <= span.to && attendance.when.to >= span.from;
            })) {
            attendance.kind = Kind::tasked;
        }
    }
    return attendances;
}

} // namespace schedule
