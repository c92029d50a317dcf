#include "cli/standing_zones.hpp"

#include "geo/error.hpp"
#include "io/csv_text.hpp"
#include "io/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cli {

namespace {

/// The ward of a zone: the one with its code, else, after a review of the boundaries, the one that
/// it lies in.
cluster::WardIndex ward_of(const io::StoredZone& zone, const std::vector<cluster::Ward>& wards) {
    const auto own = std::find_if(wards.begin(), wards.end(), [&](const cluster::Ward& ward) {
        return ward.code == zone.ward_code;
    });
    if (own != wards.end()) {
        return static_cast<cluster::WardIndex>(own - wards.begin());
    }
    std::vector<geo::Polygon> shapes;
    std::transform(wards.begin(), wards.end(), std::back_inserter(shapes),
                   [](const cluster::Ward& ward) { return ward.shape; });
    const auto around = geo::PolygonIndex(shapes).find(zone.disc.centre);
    if (!around) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("zone {} in force lies in no ward; give the wards file that "
                                     "it was made with, or adopt other zones",
                                     zone.id.text()));
    }
    return *around;
}

/// Where a zone stands, to know it again after it was described.
using Stand = std::tuple<geo::GridPoint, geo::Metres>;

Stand stand_of(const cluster::Disc& disc) {
    return {disc.centre, disc.radius};
}

/// "7" of "E05001651-7"; 0 for an id of another kind.
std::uint64_t number_of(const cluster::ZoneId& id, const cluster::WardCode& ward) {
    const std::string prefix = ward.text() + "-";
    return id.text().starts_with(prefix)
               ? io::whole_number_of(id.text().substr(prefix.size())).value_or(0)
               : 0;
}

/// Gives out ids that no zone ever had.
class FreshIds {
  public:
    explicit FreshIds(const std::vector<io::StoredZone>& history) {
        for (const io::StoredZone& zone : history) {
            std::uint64_t& last = last_[zone.ward_code];
            last = std::max(last, number_of(zone.id, zone.ward_code));
            given_.insert(zone.id);
        }
    }
    std::uint64_t next(const cluster::WardCode& ward) {
        std::uint64_t& last = last_[ward];
        do {
            ++last;
        } while (given_.contains(id(ward, last)));
        return last;
    }
    static cluster::ZoneId id(const cluster::WardCode& ward, std::uint64_t number) {
        return cluster::ZoneId(fmt::format("{}-{}", ward.text(), number));
    }

  private:
    std::map<cluster::WardCode, std::uint64_t> last_;
    std::set<cluster::ZoneId> given_;
};

/// "Claremont 7, Talbot Road" of "Claremont 1, Talbot Road": the number is the id's.
std::string renumbered(const cluster::Zone& zone, std::uint64_t number) {
    const std::string prefix = fmt::format("{} {}", zone.ward_name, zone.ward_rank);
    const std::string rest = zone.name.starts_with(prefix) ? zone.name.substr(prefix.size()) : "";
    return fmt::format("{} {}{}", zone.ward_name, number, rest);
}

std::vector<cluster::Disc> discs_of(const std::vector<io::StoredZone>& zones) {
    std::vector<cluster::Disc> discs;
    std::transform(zones.begin(), zones.end(), std::back_inserter(discs),
                   [](const io::StoredZone& zone) { return zone.disc; });
    return discs;
}

std::string joined(const std::vector<std::size_t>& heirs, const Drift& drift) {
    std::string text;
    for (const std::size_t heir : heirs) {
        text += (text.empty() ? "" : " ") + drift.candidates[heir].id.text();
    }
    return text;
}

std::string weeks_below(const io::StoredZone& zone, geo::Instant now) {
    if (!zone.below_since) {
        return "";
    }
    const auto days = std::chrono::floor<std::chrono::days>(now - *zone.below_since).count();
    return std::to_string(days / 7);
}

} // namespace

std::vector<io::StoredZone> in_force(const std::vector<io::StoredZone>& history) {
    std::vector<io::StoredZone> zones;
    std::copy_if(history.begin(), history.end(), std::back_inserter(zones),
                 [](const io::StoredZone& zone) { return !zone.valid_to; });
    std::sort(zones.begin(), zones.end(),
              [](const io::StoredZone& a, const io::StoredZone& b) { return a.id < b.id; });
    return zones;
}

FoundZones score_zones(const Settings& settings, const Evidence& evidence,
                       const std::vector<io::StoredZone>& zones, const cluster::Hotspots& tonight,
                       const geo::TimeZone& time_zone, Stopwatch& watch) {
    cluster::Hotspots standing{.ranking = tonight.ranking, .chosen_wards = tonight.chosen_wards};
    std::map<Stand, const io::StoredZone*> by_stand;
    for (const io::StoredZone& zone : zones) {
        standing.discs.push_back({.ward = ward_of(zone, evidence.wards.wards), .disc = zone.disc});
        by_stand[stand_of(zone.disc)] = &zone;
    }
    FoundZones scored = describe_zones(settings, evidence, standing, time_zone, watch);
    for (cluster::BuiltZone& built : scored.zones) {
        const io::StoredZone& zone = *by_stand.at(stand_of(built.zone.disc));
        built.zone.id = zone.id;
        built.zone.name = zone.name;
    }
    std::sort(scored.zones.begin(), scored.zones.end(),
              [](const cluster::BuiltZone& a, const cluster::BuiltZone& b) {
                  return std::tuple(-a.zone.evidence.weight, a.zone.id) <
                         std::tuple(-b.zone.evidence.weight, b.zone.id);
              });
    for (std::size_t i = 0; i < scored.zones.size(); ++i) {
        scored.zones[i].zone.rank = static_cast<unsigned>(i + 1);
    }
    return scored;
}

Drift drift_of(const Settings& settings, const Evidence& evidence,
               const std::vector<io::StoredZone>& history, const FoundZones& candidates) {
    Drift drift{.zones = in_force(history)};
    std::vector<cluster::Disc> found;
    for (const cluster::BuiltZone& built : candidates.zones) {
        found.push_back(built.zone.disc);
    }
    drift.matching =
        cluster::match_zones(discs_of(drift.zones), found, evidence.incidents.table.incidents,
                             {.threads = settings.hotspots.selection.threads});
    FreshIds fresh(history);
    for (std::size_t c = 0; c < found.size(); ++c) {
        const cluster::Zone& zone = candidates.zones[c].zone;
        io::StoredCandidate candidate{.ward_code = zone.ward_code,
                                      .ward_name = zone.ward_name,
                                      .disc = zone.disc,
                                      .incidents = zone.evidence.incidents,
                                      .weight = zone.evidence.weight};
        if (const auto own = drift.matching.of_candidate[c]) {
            candidate.id = drift.zones[*own].id;
            candidate.name = drift.zones[*own].name;
        } else {
            const std::uint64_t number = fresh.next(zone.ward_code);
            candidate.is_new = true;
            candidate.id = FreshIds::id(zone.ward_code, number);
            candidate.name = renumbered(zone, number);
        }
        drift.candidates.push_back(std::move(candidate));
    }
    return drift;
}

std::string matches_csv(const Drift& drift, const FoundZones& scored, std::uint32_t min_incidents,
                        geo::Instant now) {
    std::map<cluster::ZoneId, const cluster::Evidence*> held;
    for (const cluster::BuiltZone& built : scored.zones) {
        held[built.zone.id] = &built.zone.evidence;
    }
    std::string text = io::csv_row(
        std::vector<std::string>{"zone_id", "name", "fate", "moved_m", "radius_m",
                                 "candidate_radius_m", "incidents", "candidate_incidents", "weight",
                                 "candidate_weight", "heirs", "below_minimum", "weeks_below"});
    for (std::size_t z = 0; z < drift.zones.size(); ++z) {
        const io::StoredZone& zone = drift.zones[z];
        const cluster::ZoneMatch& match = drift.matching.zones[z];
        const cluster::Evidence& evidence = *held.at(zone.id);
        const io::StoredCandidate* const own =
            match.candidate ? &drift.candidates[*match.candidate] : nullptr;
        const auto of_own = [&](auto value) {
            return own != nullptr ? fmt::format("{}", value(*own)) : std::string();
        };
        text += io::csv_row(std::vector<std::string>{
            zone.id.text(), io::spreadsheet_safe(zone.name), std::string(cluster::word(match.fate)),
            own != nullptr ? fmt::format("{:.0f}", match.moved.value()) : "",
            fmt::format("{:.3f}", zone.disc.radius.value()),
            of_own([](const auto& c) { return fmt::format("{:.3f}", c.disc.radius.value()); }),
            std::to_string(evidence.incidents), of_own([](const auto& c) { return c.incidents; }),
            fmt::format("{:.6g}", evidence.weight),
            of_own([](const auto& c) { return fmt::format("{:.6g}", c.weight); }),
            joined(match.heirs, drift), evidence.incidents < min_incidents ? "true" : "false",
            weeks_below(zone, now)});
    }
    for (const io::StoredCandidate& candidate : drift.candidates) {
        if (candidate.is_new) {
            text += io::csv_row(std::vector<std::string>{
                candidate.id.text(), io::spreadsheet_safe(candidate.name), "new", "", "",
                fmt::format("{:.3f}", candidate.disc.radius.value()), "",
                std::to_string(candidate.incidents), "", fmt::format("{:.6g}", candidate.weight),
                "", "", ""});
        }
    }
    return text;
}

} // namespace cli
