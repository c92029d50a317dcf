#include "cluster/zone_builder.hpp"

#include "cluster/evidence.hpp"
#include "cluster/incident_index.hpp"
#include "geo/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace cluster {

namespace {

/// "On or near Talbot Road" says where the record was snapped to; the street is what an officer
/// calls the place.
std::string street(const std::string& location) {
    constexpr std::string_view prefix = "On or near ";
    return location.starts_with(prefix) ? location.substr(prefix.size()) : location;
}

std::string commonest_location(const IncidentTable& table, std::span<const Incident> inside) {
    std::map<std::uint32_t, std::uint32_t> counts;
    for (const Incident& incident : inside) {
        if (incident.location != Incident::no_text) {
            ++counts[incident.location];
        }
    }
    std::string best;
    std::uint32_t most = 0;
    for (const auto& [location, count] : counts) {
        const std::string name = street(table.locations[location]);
        if (count > most || (count == most && name < best)) {
            most = count;
            best = name;
        }
    }
    return best;
}

std::string percent(double share) {
    return share < 0.0995 ? fmt::format("{:.1f} %", 100 * share)
                          : fmt::format("{:.0f} %", 100 * share);
}

std::string period_text(const geo::TimeSpan& period) {
    const double days = std::chrono::duration<double, std::ratio<86400>>(period.length()).count();
    const double months = days / 30.436875;
    if (months < 1.75) {
        return fmt::format("{:.0f} days", days);
    }
    return fmt::format("{:.0f} months", months);
}

std::string why(const Zone& zone, const OwnShare& own, const geo::TimeSpan& period) {
    const Evidence& e = zone.evidence;
    std::string text = fmt::format(
        "{} serious violence incident{} in {} within {:.0f} m: {} of all in {}, on {} of its area",
        e.incidents, e.incidents == 1 ? "" : "s", period_text(period), zone.disc.radius.value(),
        percent(own.incidents), zone.ward_name, percent(own.area));
    if (e.peak) {
        text += "; they peak " + *e.peak;
    }
    return text + ".";
}

double total_weight(std::span<const Incident> incidents) {
    Weight sum;
    for (const Incident& incident : incidents) {
        sum += Weight::of(incident.weight);
    }
    return sum.value();
}

double weeks(const geo::TimeSpan& period) {
    const double length =
        std::chrono::duration<double, std::ratio<604800>>(period.length()).count();
    return std::max(length, 1.0);
}

/// By weight, then by a key that does not depend on ids: the place.
bool heavier(const BuiltZone& a, const BuiltZone& b) {
    return std::tuple(-a.zone.evidence.weight, a.zone.ward_code, a.zone.disc.centre) <
           std::tuple(-b.zone.evidence.weight, b.zone.ward_code, b.zone.disc.centre);
}

Zone described(const Ward& ward, const Disc& disc, std::span<const Incident> inside,
               const OwnShare& share, const WeekProfile& profile, const geo::TimeSpan& period) {
    Zone zone{.ward_code = ward.code, .ward_name = ward.name, .disc = disc};
    zone.evidence = {.incidents = static_cast<std::uint32_t>(inside.size()),
                     .weight = total_weight(inside),
                     .ward_share = share.weight,
                     .pai = prediction_accuracy_index(share),
                     .peak = peak_text(profile)};
    zone.why = why(zone, share, period);
    return zone;
}

/// Gives ranks, ids and names; until then a zone's name is the street it may be called after.
void number_zones(std::vector<BuiltZone>& zones) {
    std::sort(zones.begin(), zones.end(), heavier);
    std::map<WardCode, unsigned> in_ward;
    for (BuiltZone& built : zones) {
        Zone& zone = built.zone;
        zone.ward_rank = ++in_ward[zone.ward_code];
        zone.id = ZoneId(fmt::format("{}-{}", zone.ward_code.text(), zone.ward_rank));
        zone.name = fmt::format("{} {}{}{}", zone.ward_name, zone.ward_rank,
                                zone.name.empty() ? "" : ", ", zone.name);
    }
    std::sort(zones.begin(), zones.end(), [](const BuiltZone& a, const BuiltZone& b) {
        return std::tuple(-a.zone.evidence.weight, a.zone.id) <
               std::tuple(-b.zone.evidence.weight, b.zone.id);
    });
    for (std::size_t i = 0; i < zones.size(); ++i) {
        zones[i].zone.rank = static_cast<unsigned>(i + 1);
    }
}

} // namespace

std::vector<BuiltZone> build_zones(std::span<const Ward> wards, const IncidentTable& table,
                                   std::span<const ChosenDisc> discs,
                                   const geo::TimeZone& time_zone, const ZoneTextOptions& options) {
    const IncidentIndex index(table.incidents);
    const std::vector<WardTotal> totals = ward_totals(wards.size(), table.incidents);
    const WeekProfile force = aoristic_profile(table.incidents, time_zone);
    std::vector<BuiltZone> zones(discs.size());
    geo::parallel_for(discs.size(), options.threads, [&](std::size_t i) {
        const WardIndex number = discs[i].ward;
        const Disc& disc = discs[i].disc;
        const std::vector<Incident> inside = index.inside(disc);
        const OwnShare share = own_share(wards[number], number, totals[number], disc, inside);
        const WeekProfile own = aoristic_profile(inside, time_zone);
        zones[i] = {described(wards[number], disc, inside, share, own, options.period),
                    expected_per_hour(own, force,
                                      static_cast<double>(inside.size()) / weeks(options.period))};
        if (options.name_from_location) {
            zones[i].zone.name = commonest_location(table, inside);
        }
    });
    number_zones(zones);
    return zones;
}

} // namespace cluster
