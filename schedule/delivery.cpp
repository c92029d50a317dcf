// Delivered against planned, as an assignment of most gain (cluster/assignment): which attendance
// stands for which visit is settled for all of them together. Taking the best pair first and so on
// leaves visits without an attendance that could have had one wherever visits are crowded: an
// attendance between two visits goes to the nearer one, though only the other could not do without.
#include "schedule/delivery.hpp"

#include "cluster/assignment.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace schedule {

namespace {

using Kind = Attendance::Kind;
using State = Delivery::State;
using Pairs = std::vector<std::vector<cluster::PossiblePair>>; ///< of each visit

bool differs(const UnitId& a, const UnitId& b) {
    return a != b && !a.text().empty() && !b.text().empty();
}

/// Finds the pairs that may be made.
class Pairing {
  public:
    Pairing(std::span<const Visit> visits, std::span<const Attendance> attendances,
            const Rule& rule, const DeliveryOptions& options)
        : visits_(visits), attendances_(attendances), rule_(rule), options_(options),
          pairs_(visits.size()) {
        for (std::size_t v = 0; v < visits.size(); ++v) {
            by_id_.emplace(visits[v].id, v);
            by_zone_[visits[v].zone].emplace(visits[v].when.from, v);
        }
    }

    Pairs find() {
        for (std::size_t a = 0; a < attendances_.size(); ++a) {
            if (attendances_[a].kind == Kind::tasked || rule_.count_background) {
                add_pairs(a);
            }
        }
        return std::move(pairs_);
    }

  private:
    void add_pairs(std::size_t a) {
        const Attendance& attendance = attendances_[a];
        if (attendance.visit) {
            const auto named = by_id_.find(*attendance.visit);
            if (named != by_id_.end() && visits_[named->second].zone == attendance.zone) {
                add_pair(named->second, a, true);
                return;
            }
        }
        const auto own = by_zone_.find(attendance.zone);
        if (own == by_zone_.end()) {
            return;
        }
        const auto first = own->second.lower_bound(attendance.when.from - options_.within);
        const auto last = own->second.upper_bound(attendance.when.from + options_.within);
        std::for_each(first, last, [&](const auto& visit) { add_pair(visit.second, a, false); });
    }

    void add_pair(std::size_t v, std::size_t a, bool named) {
        const Visit& visit = visits_[v];
        const Attendance& attendance = attendances_[a];
        const auto apart = std::chrono::abs(attendance.when.from - visit.when.from);
        pairs_[v].push_back({a,
                             {{named ? 1 : 0, counts(attendance, rule_) ? 1 : 0, 1,
                               differs(visit.unit, attendance.unit) ? 0 : 1, -apart.count()}}});
    }

    std::span<const Visit> visits_;
    std::span<const Attendance> attendances_;
    const Rule& rule_;
    const DeliveryOptions& options_;
    std::map<std::string, std::size_t> by_id_;
    std::map<cluster::ZoneId, std::multimap<geo::Instant, std::size_t>> by_zone_;
    Pairs pairs_;
};

/// Of a visit to which nobody came.
State unattended(const Visit& visit, const DeliveryOptions& options) {
    return options.as_of && *options.as_of < visit.when.to + options.grace ? State::open
                                                                           : State::missed;
}

} // namespace

std::vector<Delivery> deliveries(std::span<const Visit> visits,
                                 std::span<const Attendance> attendances, const Rule& rule,
                                 const DeliveryOptions& options) {
    const Pairs pairs = Pairing(visits, attendances, rule, options).find();
    const auto assigned = cluster::best_assignment(pairs, attendances.size());
    std::vector<Delivery> result;
    result.reserve(visits.size());
    for (std::size_t v = 0; v < visits.size(); ++v) {
        if (!assigned[v]) {
            result.push_back({.state = unattended(visits[v], options)});
            continue;
        }
        const Attendance& attendance = attendances[*assigned[v]];
        result.push_back({.state = counts(attendance, rule) ? State::delivered : State::brief,
                          .attendance = assigned[v],
                          .late = attendance.when.from - visits[v].when.from,
                          .other_unit = differs(visits[v].unit, attendance.unit)});
    }
    return result;
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
