// Positions are samples of a way. Peterborough counted a ping a minute in a hot spot as a minute of
// dwell (Ariel, Weinborn & Sherman 2016), which is out by up to a minute either way for each stay,
// and breaks one stay into two wherever a position jumps over the rim. Here a stay runs from the
// crossing of the circle to the crossing, on straight lines between pings, short excursions within
// the error of the receiver do not end it, and silence does: what nobody heard is not claimed.
#include "schedule/presence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

namespace schedule {

namespace {

using std::chrono::seconds;

/// How far along the way from `inside` to `outside` the circle is crossed, 0 to 1.
///
/// The root of |a + t (b - a)|^2 = r^2, for a inside and b outside, both relative to the centre.
double crossing(const geo::GridPoint& inside, const geo::GridPoint& outside,
                const cluster::Disc& disc) {
    const double ax = (inside.easting() - disc.centre.easting()).value();
    const double ay = (inside.northing() - disc.centre.northing()).value();
    const double dx = (outside.easting() - inside.easting()).value();
    const double dy = (outside.northing() - inside.northing()).value();
    const double r = disc.radius.value();
    const double a = dx * dx + dy * dy;
    const double half_b = ax * dx + ay * dy;
    const double c = std::min(0.0, ax * ax + ay * ay - r * r);
    if (!(a > 0)) {
        return 0;
    }
    const double t = (-half_b + std::sqrt(std::max(0.0, half_b * half_b - a * c))) / a;
    return std::clamp(t, 0.0, 1.0);
}

/// The zone that holds the place: of several, the one in whose circle it is most central.
std::optional<std::size_t> zone_at(const geo::GridPoint& place, std::span<const ZoneDisc> zones) {
    std::optional<std::size_t> best;
    double least = 0;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        const cluster::Disc& disc = zones[z].disc;
        if (!disc.holds(place)) {
            continue;
        }
        const double radii =
            geo::distance(place, disc.centre).value() / std::max(disc.radius.value(), 1e-3);
        if (!best || radii < least) {
            best = z;
            least = radii;
        }
    }
    return best;
}

bool too_fast(const Ping& a, const Ping& b, const PresenceOptions& options) {
    const double metres = geo::distance(a.place, b.place).value();
    const double time = std::abs(static_cast<double>((b.when - a.when).count()));
    return metres > options.fastest_m_s * std::max(time, 1.0) + options.jitter.value();
}

/// Finds the stays of one unit in its pings, which are in the order of time.
class Stays {
  public:
    Stays(std::span<const Ping> pings, std::span<const std::size_t> order,
          std::span<const ZoneDisc> zones, const PresenceOptions& options)
        : pings_(pings), order_(order), zones_(zones), options_(options) {}

    /// Adds them to what other units' pings say.
    void add_to(Presence& found) {
        for (std::size_t i = 0; i < order_.size(); ++i) {
            take(i);
        }
        finish();
        std::move(stays_.begin(), stays_.end(), std::back_inserter(found.attendances));
        std::move(rows_.begin(), rows_.end(), std::back_inserter(found.rows));
        found.outside += outside_;
    }

  private:
    /// A stay that may go on; positions in `order_`.
    struct Stay {
        std::size_t zone = 0;
        std::size_t first = 0;
        std::size_t last = 0; ///< the last ping inside
    };

    const Ping& ping(std::size_t position) const { return pings_[order_[position]]; }

    bool silent_before(std::size_t position) const {
        return position > 0 && ping(position).when - ping(position - 1).when > options_.longest_gap;
    }

    void take(std::size_t position) {
        const Ping& here = ping(position);
        if (stay_ && (silent_before(position) || gone(here))) {
            finish();
        }
        if (stay_ && zones_[stay_->zone].disc.holds(here.place)) {
            stay_->last = position;
            return;
        }
        const auto zone = zone_at(here.place, zones_);
        outside_ += zone ? 0U : 1U;
        if (zone) {
            finish();
            stay_ = Stay{*zone, position, position};
        }
    }

    /// Whether a ping shows that the unit has left for good.
    bool gone(const Ping& here) const {
        const cluster::Disc& disc = zones_[stay_->zone].disc;
        const bool inside = disc.holds(here.place);
        if (inside && &here == &ping(stay_->last + 1)) {
            return false;
        }
        return here.when - ping(stay_->last).when > options_.excursion ||
               !geo::within(here.place, disc.centre, disc.radius + options_.jitter);
    }

    void finish() {
        if (!stay_) {
            return;
        }
        Attendance attendance{
            zones_[stay_->zone].zone,
            ping(stay_->first).unit,
            {stays_.empty() ? beginning() : std::max(beginning(), stays_.back().when.to), end()},
            options_.kind,
            Attendance::Source::pings};
        stays_.push_back(std::move(attendance));
        const auto pings = order_.subspan(stay_->first, stay_->last - stay_->first + 1);
        rows_.emplace_back(pings.begin(), pings.end());
        stay_.reset();
    }

    geo::Instant beginning() const {
        const std::size_t first = stay_->first;
        if (first == 0 || silent_before(first)) {
            return ping(first).when;
        }
        return crossed(first, first - 1);
    }

    geo::Instant end() const {
        const std::size_t next = stay_->last + 1;
        if (next >= order_.size() || silent_before(next)) {
            return ping(stay_->last).when;
        }
        return crossed(stay_->last, next);
    }

    geo::Instant crossed(std::size_t inside, std::size_t outside) const {
        const Ping& in = ping(inside);
        const Ping& out = ping(outside);
        const double share = crossing(in.place, out.place, zones_[stay_->zone].disc);
        const auto apart = static_cast<double>((out.when - in.when).count());
        return in.when + seconds(std::llround(share * apart));
    }

    std::span<const Ping> pings_;
    std::span<const std::size_t> order_;
    std::span<const ZoneDisc> zones_;
    const PresenceOptions& options_;
    std::optional<Stay> stay_;
    std::vector<Attendance> stays_;
    std::vector<std::vector<std::size_t>> rows_; ///< of each stay
    std::size_t outside_ = 0;
};

using Faults = std::vector<std::optional<AttendanceFault>>;

/// The pings of a known unit and time, by unit, time and row.
std::vector<std::size_t> usable(std::span<const Ping> pings, const PresenceOptions& options,
                                Faults& faults) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < pings.size(); ++i) {
        if (options.now && pings[i].when > *options.now) {
            faults[i] = AttendanceFault::future;
        } else if (pings[i].unit.text().empty()) {
            faults[i] = AttendanceFault::no_unit;
        } else {
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(pings[a].unit, pings[a].when, a) <
               std::tie(pings[b].unit, pings[b].when, b);
    });
    std::vector<std::size_t> distinct;
    for (const std::size_t i : order) {
        if (!distinct.empty() && pings[distinct.back()].unit == pings[i].unit &&
            pings[distinct.back()].when == pings[i].when) {
            faults[i] = AttendanceFault::duplicate;
        } else {
            distinct.push_back(i);
        }
    }
    return distinct;
}

/// One unit's pings without those that could not be reached from the one before and from which the
/// one after could not be reached.
std::vector<std::size_t> without_strays(std::span<const Ping> pings,
                                        std::span<const std::size_t> order,
                                        const PresenceOptions& options, Faults& faults) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool astray = !kept.empty() && i + 1 < order.size() &&
                            too_fast(pings[kept.back()], pings[order[i]], options) &&
                            too_fast(pings[order[i]], pings[order[i + 1]], options);
        if (astray) {
            faults[order[i]] = AttendanceFault::stray_position;
        } else {
            kept.push_back(order[i]);
        }
    }
    return kept;
}

void add_intervals(std::span<const Ping> pings, std::span<const std::size_t> order,
                   const PresenceOptions& options, std::vector<seconds>& intervals) {
    for (std::size_t i = 1; i < order.size(); ++i) {
        const seconds apart = pings[order[i]].when - pings[order[i - 1]].when;
        if (apart <= options.longest_gap) {
            intervals.push_back(apart);
        }
    }
}

std::optional<seconds> median(std::vector<seconds> values) {
    if (values.empty()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

Presence presence(std::span<const Ping> pings, std::span<const ZoneDisc> zones,
                  const PresenceOptions& options) {
    Presence result;
    Faults faults(pings.size());
    const std::vector<std::size_t> all = usable(pings, options, faults);
    std::vector<seconds> intervals;
    for (auto first = all.begin(); first != all.end();) {
        const auto last = std::find_if(
            first, all.end(), [&](std::size_t i) { return pings[i].unit != pings[*first].unit; });
        const auto order = without_strays(pings, {first, last}, options, faults);
        Stays(pings, order, zones, options).add_to(result);
        add_intervals(pings, order, options, intervals);
        first = last;
    }
    for (std::size_t i = 0; i < faults.size(); ++i) {
        if (faults[i]) {
            result.faults.push_back({i, *faults[i]});
        }
    }
    result.interval = median(std::move(intervals));
    return result;
}

} // namespace schedule
