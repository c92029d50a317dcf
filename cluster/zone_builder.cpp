#include "cluster/zone_builder.hpp"

#include "cluster/neighbour_index.hpp"
#include "geo/parallel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace cluster {

namespace {

/// All incidents, findable by place: the order of incidents that stand on each site.
class IncidentIndex {
  public:
    explicit IncidentIndex(std::span<const Incident> incidents)
        : incidents_(incidents), sites_(sites_of(incidents)), index_(sites_),
          order_(incidents.size()) {
        for (std::uint32_t i = 0; i < order_.size(); ++i) {
            order_[i] = i;
        }
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::tie(incidents_[a].place, a) < std::tie(incidents_[b].place, b);
        });
        std::uint32_t first = 0;
        for (const Site& site : sites_) {
            firsts_.push_back(first);
            first += site.incidents;
        }
    }

    std::vector<Incident> inside(const Disc& disc) const {
        std::vector<Incident> found;
        for (const std::uint32_t site : index_.within(disc.centre, disc.radius)) {
            for (std::uint32_t k = 0; k < sites_[site].incidents; ++k) {
                found.push_back(incidents_[order_[firsts_[site] + k]]);
            }
        }
        return found;
    }

  private:
    std::span<const Incident> incidents_;
    std::vector<Site> sites_;
    NeighbourIndex index_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> firsts_;
};

struct WardTotal {
    std::uint32_t incidents = 0;
    Weight weight;
};

std::vector<WardTotal> totals(std::span<const Ward> wards, std::span<const Incident> incidents) {
    std::vector<WardTotal> result(wards.size());
    for (const Incident& incident : incidents) {
        ++result[incident.ward].incidents;
        result[incident.ward].weight += Weight::of(incident.weight);
    }
    return result;
}

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

Evidence evidence_of(const Ward& ward, WardIndex number, const WardTotal& total, const Disc& disc,
                     std::span<const Incident> inside) {
    Evidence evidence;
    Weight weight;
    WardTotal own;
    for (const Incident& incident : inside) {
        const Weight w = Weight::of(incident.weight);
        weight += w;
        if (incident.ward == number) {
            ++own.incidents;
            own.weight += w;
        }
    }
    evidence.incidents = static_cast<std::uint32_t>(inside.size());
    evidence.weight = weight.value();
    evidence.ward_share = total.weight > Weight() ? own.weight.value() / total.weight.value() : 0;
    const double area_share = ward.shape.area_within(disc.centre, disc.radius) / ward.shape.area();
    if (area_share > 0 && total.incidents > 0) {
        evidence.pai = (static_cast<double>(own.incidents) / total.incidents) / area_share;
    }
    return evidence;
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

std::string why(const Zone& zone, const Ward& ward, const geo::TimeSpan& period) {
    const Evidence& e = zone.evidence;
    const double area_share =
        ward.shape.area_within(zone.disc.centre, zone.disc.radius) / ward.shape.area();
    std::string text = fmt::format("{} serious violence incidents in {} within {:.0f} m of the "
                                   "centre, among them {} of {}'s weight on {} of its "
                                   "area",
                                   e.incidents, period_text(period), zone.disc.radius.value(),
                                   percent(e.ward_share), ward.name, percent(area_share));
    if (e.peak) {
        text += "; they peak " + *e.peak;
    }
    return text + ".";
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

void number_zones(std::vector<BuiltZone>& zones) {
    std::sort(zones.begin(), zones.end(), heavier);
    std::map<WardCode, unsigned> in_ward;
    for (BuiltZone& built : zones) {
        Zone& zone = built.zone;
        zone.ward_rank = ++in_ward[zone.ward_code];
        zone.id = ZoneId(fmt::format("{}-{}", zone.ward_code.text(), zone.ward_rank));
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
    const std::vector<WardTotal> ward_totals = totals(wards, table.incidents);
    const WeekProfile force = aoristic_profile(table.incidents, time_zone);
    std::vector<BuiltZone> zones(discs.size());
    geo::parallel_for(discs.size(), options.threads, [&](std::size_t i) {
        const auto& [number, disc] = discs[i];
        const Ward& ward = wards[number];
        const std::vector<Incident> inside = index.inside(disc);
        Zone& zone = zones[i].zone;
        zone.ward_code = ward.code;
        zone.ward_name = ward.name;
        zone.disc = disc;
        zone.evidence = evidence_of(ward, number, ward_totals[number], disc, inside);
        const WeekProfile own = aoristic_profile(inside, time_zone);
        zone.evidence.peak = peak_text(own);
        zones[i].expected = expected_per_hour(
            own, force, static_cast<double>(inside.size()) / weeks(options.period));
        zone.why = why(zone, ward, options.period);
        if (options.name_from_location) {
            zone.name = commonest_location(table, inside); // the ward and rank come in front below
        }
    });
    number_zones(zones);
    for (BuiltZone& built : zones) {
        const std::string place = built.zone.name.empty() ? "" : ", " + built.zone.name;
        built.zone.name = fmt::format("{} {}{}", built.zone.ward_name, built.zone.ward_rank, place);
    }
    return zones;
}

} // namespace cluster
