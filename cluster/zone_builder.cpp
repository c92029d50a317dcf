#include "cluster/zone_builder.hpp"

#include "cluster/by_ward.hpp"
#include "cluster/covered_months.hpp"
#include "cluster/disc_contents.hpp"
#include "cluster/evidence.hpp"
#include "cluster/offence_mix.hpp"
#include "cluster/trend.hpp"
#include "geo/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
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

/// "12 months"; "10 months of data" where months are missing.
std::string period_text(const geo::TimeSpan& period, std::span<const geo::TimeSpan> covered) {
    const double days = std::chrono::duration<double, std::ratio<86400>>(period.length()).count();
    const double months = days / 30.436875;
    if (months < 1.75) {
        return fmt::format("{:.0f} days", days);
    }
    for (std::size_t i = 1; i < covered.size(); ++i) {
        if (covered[i].from != covered[i - 1].to) {
            return fmt::format("{} months of data", covered.size());
        }
    }
    return fmt::format("{:.0f} months", months);
}

/// What the significance of a zone means in plain words, where it is clear among all zones.
std::string_view beyond(const Evidence& evidence, NullModel null) {
    constexpr double clear = 0.05;
    if (!evidence.q_value || *evidence.q_value > clear) {
        return "";
    }
    switch (null) {
    case NullModel::all_crime:
        return "; more than the ward's other crime explains";
    case NullModel::locations:
        return "; more than the number of places in it explains";
    case NullModel::uniform:
        return "; more than an even spread over the ward would give";
    }
    return "";
}

std::string trend_text(Trend trend, const TrendCounts& counts) {
    const std::string months =
        counts.months == 1 ? "month" : fmt::format("{} months", counts.months);
    return fmt::format("; {}: {} in the last {}{}, {} in the {} before", word(trend), counts.recent,
                       months, counts.gaps ? " with data" : "", counts.before,
                       counts.months == 1 ? "one" : fmt::format("{}", counts.months));
}

/// What is known of a zone before it is put into words.
struct Findings {
    Zone zone;
    OwnShare own;
    std::optional<TrendCounts> trend;
};

std::string why(const Findings& found, const std::string& period, NullModel null) {
    const Evidence& e = found.zone.evidence;
    std::string text = fmt::format(
        "{} serious violence incident{} in {} within {:.0f} m: {} of all in {}, on {} of its area",
        e.incidents, e.incidents == 1 ? "" : "s", period, found.zone.disc.radius.value(),
        percent(found.own.incidents), found.zone.ward_name, percent(found.own.area));
    text += beyond(e, null);
    if (e.peak) {
        text += "; they peak " + *e.peak;
    }
    if (e.trend && *e.trend != Trend::steady) {
        text += trend_text(*e.trend, *found.trend);
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

/// Incidents per week, the recent past counting more.
double weekly_rate(std::span<const Incident> inside, const Recency& recency, double weeks) {
    constexpr double least = 1.0 / 7; // less than a day is no base for a rate
    double sum = 0;
    for (const Incident& incident : inside) {
        sum += recency.of(incident.when);
    }
    return sum / std::max(weeks, least);
}

/// By weight, then by a key that does not depend on ids: the place.
bool heavier(const BuiltZone& a, const BuiltZone& b) {
    return std::tuple(-a.zone.evidence.weight, a.zone.ward_code, a.zone.disc.centre) <
           std::tuple(-b.zone.evidence.weight, b.zone.ward_code, b.zone.disc.centre);
}

/// What all zones are seen against.
struct Background {
    std::vector<WardTotal> totals;
    std::vector<WeekProfile> wards; ///< profile of each ward
    WeekProfile force{};
    std::vector<geo::TimeSpan> covered; ///< months with data
    double weeks = 0;                   ///< what they are worth
};

std::vector<Incident> picked(std::span<const Incident> all,
                             std::span<const std::uint32_t> positions) {
    std::vector<Incident> some;
    some.reserve(positions.size());
    for (const std::uint32_t i : positions) {
        some.push_back(all[i]);
    }
    return some;
}

std::vector<WeekProfile> ward_profiles(std::size_t wards, std::span<const Incident> incidents,
                                       const geo::TimeZone& time_zone, unsigned threads) {
    const ByWard by_ward(wards, incidents);
    std::vector<WeekProfile> profiles(wards);
    geo::parallel_for(wards, threads, [&](std::size_t w) {
        profiles[w] =
            aoristic_profile(picked(incidents, by_ward.of(static_cast<WardIndex>(w))), time_zone);
    });
    return profiles;
}

Background background(std::size_t wards, const IncidentTable& table, const geo::TimeZone& time_zone,
                      const ZoneTextOptions& options) {
    Background around{.totals = ward_totals(wards, table.incidents),
                      .wards = ward_profiles(wards, table.incidents, time_zone, options.threads),
                      .covered = covered_months(table, options.period, time_zone)};
    for (const WeekProfile& ward : around.wards) {
        std::transform(ward.begin(), ward.end(), around.force.begin(), around.force.begin(),
                       std::plus<>());
    }
    around.weeks = effective_weeks(options.recency, around.covered);
    return around;
}

Zone described(const Ward& ward, const Disc& disc, const IncidentTable& table,
               std::span<const Incident> inside) {
    Zone zone{.ward_code = ward.code, .ward_name = ward.name, .disc = disc};
    const auto count = static_cast<std::uint32_t>(inside.size());
    zone.evidence = {.incidents = count,
                     .interval = poisson_interval(count),
                     .weight = total_weight(inside),
                     .offences = offence_mix(table, inside)};
    return zone;
}

/// The expected rate of each hour of the week.
WeekProfile expected(const WeekProfile& own, const WeekProfile& ward, const WeekProfile& force,
                     double per_week) {
    WeekProfile rates = shrunk_shares(std::array{own, ward, force});
    for (double& rate : rates) {
        rate *= per_week;
    }
    return rates;
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
    std::vector<Disc> plain;
    std::transform(discs.begin(), discs.end(), std::back_inserter(plain),
                   [](const ChosenDisc& chosen) { return chosen.disc; });
    const auto contents = incidents_inside(plain, table.incidents, {.threads = options.threads});
    const Background around = background(wards.size(), table, time_zone, options);
    const std::string period = period_text(options.period, around.covered);
    std::vector<BuiltZone> zones(discs.size());
    geo::parallel_for(discs.size(), options.threads, [&](std::size_t i) {
        const WardIndex number = discs[i].ward;
        const Disc& disc = discs[i].disc;
        const std::vector<Incident> inside = picked(table.incidents, contents[i]);
        const WeekProfile own = aoristic_profile(inside, time_zone);
        Findings found{.zone = described(wards[number], disc, table, inside),
                       .own = own_share(wards[number], number, around.totals[number], disc, inside),
                       .trend = trend_counts(inside, around.covered)};
        Evidence& evidence = found.zone.evidence;
        evidence.ward_share = found.own.weight;
        evidence.pai = prediction_accuracy_index(found.own);
        evidence.peak = peak_text(own);
        evidence.trend = found.trend ? trend_of(*found.trend) : std::nullopt;
        if (!options.significance.empty()) {
            evidence.p_value = options.significance[i].p_value;
            evidence.q_value = options.significance[i].q_value;
        }
        found.zone.why = why(found, period, options.null);
        if (options.name_from_location) {
            found.zone.name = commonest_location(table, inside);
        }
        zones[i] = {std::move(found.zone),
                    expected(own, around.wards[number], around.force,
                             weekly_rate(inside, options.recency, around.weeks)),
                    own, month_counts(inside, around.covered), found.own};
    });
    number_zones(zones);
    return zones;
}

} // namespace cluster
