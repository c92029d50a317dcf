// Suppression of small counts, primary and complementary.
//
// Primary: a count under 5 is not told. Complementary: what is told besides must leave every
// withheld count free to be anything under 5. Statistical offices search for the fewest further
// cells by linear programming (Cox 1980; Fischetti & Salazar 2001). Here the tables are wards by
// zones, and this version withholds every ward whose total could be set against its zones: more
// than the fewest, but without a solver, explained in a sentence, and decided by nothing that is
// withheld itself, so that knowing the rule does not help either. docs/methods/disclosure.md has
// the reasoning; the test builds, for every withheld count and every value under 5, another world
// that publishes the same.

#include "io/disclosure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <numeric>

namespace io {

namespace {

/// Wards closer than this to a zone's circle count as reached by it.
constexpr geo::Metres reach(1);

bool is_small(const std::optional<std::uint32_t>& count) {
    return count && *count < least_told_count;
}

bool reaches(const PublishedZone& zone, const PublishedWard& ward) {
    const geo::Metres radius = zone.disc.radius + reach;
    const geo::Box box = ward.ward.shape.bounds();
    const geo::GridPoint& centre = zone.disc.centre;
    const bool near = centre.easting() + radius >= box.low.easting() &&
                      centre.easting() - radius <= box.high.easting() &&
                      centre.northing() + radius >= box.low.northing() &&
                      centre.northing() - radius <= box.high.northing();
    return near && ward.ward.shape.area_within(centre, radius).value() > 0;
}

/// For each ward, which zones reach into it, by index.
std::vector<std::vector<std::size_t>> zones_reaching(const Publication& all) {
    std::vector<std::vector<std::size_t>> reaching(all.wards.size());
    for (std::size_t w = 0; w < all.wards.size(); ++w) {
        for (std::size_t z = 0; z < all.zones.size(); ++z) {
            if (reaches(all.zones[z], all.wards[w])) {
                reaching[w].push_back(z);
            }
        }
    }
    return reaching;
}

/// Whether a ward's count may be told: it is no small one, and neither is what the zones in and
/// around it leave of it at least. Zones whose count is withheld are taken for as many as they may
/// be, so that the answer says nothing of how many they are.
bool may_be_told(const PublishedWard& ward, const std::vector<PublishedZone>& zones,
                 const std::vector<std::size_t>& reaching) {
    if (!ward.incidents || is_small(ward.incidents)) {
        return false;
    }
    std::uint64_t in_zones = 0;
    for (const std::size_t z : reaching) {
        in_zones += std::max(zones[z].evidence.incidents.value_or(0), least_told_count - 1);
    }
    return reaching.empty() || *ward.incidents >= in_zones + least_told_count;
}

void withhold_count(PublishedWard& ward) {
    ward.incidents.reset();
    ward.per_square_kilometre.reset();
    ward.count_band.reset();
    if (ward.zones.value_or(0) == 0) {
        ward.chosen.reset(); // fewer chosen than asked for: all others have no incident
    }
}

/// What partners are told of a zone beside its index of accuracy.
void withhold_from_partners(PublishedZone& zone) {
    PublishedEvidence& evidence = zone.evidence;
    evidence.weight.reset();
    evidence.ward_share.reset();
    evidence.offences.reset(); // its percentages are counts of a few
    if (!zone.ward_name.empty() && zone.ward_rank > 0) {
        zone.name = fmt::format("{} {}", zone.ward_name, zone.ward_rank);
    } else {
        zone.name = zone.id.text();
    }
    if (is_small(evidence.incidents)) {
        evidence = {};
        zone.why = fmt::format("Fewer than {} incidents.", least_told_count);
        return;
    }
    zone.why = evidence.incidents
                   ? fmt::format("{} serious violence incidents within {:.0f} m",
                                 *evidence.incidents, zone.disc.radius.value())
                   : fmt::format("Patrol zone of {:.0f} m", zone.disc.radius.value());
    zone.why += evidence.peak ? fmt::format("; they peak {}.", *evidence.peak) : ".";
}

/// Leaves a zone's index of accuracy only where it is made of counts that are told.
void withhold_indices(Publication& all, const std::vector<std::vector<std::size_t>>& reaching) {
    std::vector<unsigned> wards_reached(all.zones.size());
    std::vector<bool> safe(all.zones.size(), false);
    for (std::size_t w = 0; w < all.wards.size(); ++w) {
        for (const std::size_t z : reaching[w]) {
            ++wards_reached[z];
            safe[z] = all.zones[z].ward_code == all.wards[w].ward.code &&
                      all.wards[w].incidents.has_value();
        }
    }
    for (std::size_t z = 0; z < all.zones.size(); ++z) {
        if (wards_reached[z] != 1 || !safe[z] || !all.zones[z].evidence.incidents) {
            all.zones[z].evidence.pai.reset();
        }
    }
}

Publication for_partners(Publication all) {
    const std::vector<std::vector<std::size_t>> reaching = zones_reaching(all);
    for (std::size_t w = 0; w < all.wards.size(); ++w) {
        PublishedWard& ward = all.wards[w];
        if (!may_be_told(ward, all.zones, reaching[w])) {
            withhold_count(ward);
        }
        // The ranking is by weight, and a withheld ward's place in it would tell its count.
        ward.rank.reset();
        ward.weight.reset();
    }
    for (PublishedZone& zone : all.zones) {
        withhold_from_partners(zone);
    }
    withhold_indices(all, reaching);
    std::ranges::sort(all.wards, {}, [](const PublishedWard& w) { return w.ward.code.text(); });
    return all;
}

Publication for_everyone(Publication all) {
    Publication told;
    for (PublishedWard& ward : all.wards) {
        told.wards.push_back({.ward = std::move(ward.ward), .count_band = ward.count_band});
    }
    std::ranges::sort(told.wards, {}, [](const PublishedWard& w) { return w.ward.code.text(); });
    return told;
}

/// What is withheld of a table of counts.
struct Withheld {
    std::uint64_t small = 0;     ///< how many counts under the least told
    std::uint64_t larger = 0;    ///< how many others
    std::uint64_t incidents = 0; ///< in all of them

    /// Whether each small one may be anything from 0 to the most, for whoever knows the total and
    /// even which ones are small.
    bool hides() const {
        const std::uint64_t most = least_told_count - 1;
        const bool may_be_most = incidents >= least_told_count * larger + most;
        const bool may_be_none = larger > 0 || incidents <= most * (small - 1);
        return small == 0 || (may_be_most && may_be_none);
    }
};

} // namespace

std::string_view word(Audience audience) {
    return std::ranges::find(audience_words, audience,
                             &std::pair<std::string_view, Audience>::second)
        ->first;
}

std::string_view count_band(std::uint32_t count) {
    const auto above = std::ranges::upper_bound(count_bands, count, {}, &CountBand::least);
    return std::prev(above)->words;
}

PublishedZone published(const cluster::Zone& zone) {
    PublishedZone told{.id = zone.id,
                       .name = zone.name,
                       .ward_code = zone.ward_code,
                       .ward_name = zone.ward_name,
                       .rank = zone.rank,
                       .ward_rank = zone.ward_rank,
                       .disc = zone.disc,
                       .why = zone.why};
    const cluster::Evidence& known = zone.evidence;
    if (known.incidents > 0) {
        told.evidence.incidents = known.incidents;
    }
    if (known.incidents > 0 || known.weight > 0) {
        told.evidence.weight = known.weight;
        told.evidence.ward_share = known.ward_share;
    }
    told.evidence.interval = known.interval;
    told.evidence.pai = known.pai;
    told.evidence.p_value = known.p_value;
    told.evidence.q_value = known.q_value;
    told.evidence.peak = known.peak;
    told.evidence.trend = known.trend;
    told.evidence.offences = known.offences;
    return told;
}

Publication disclosed(Publication all, Audience audience) {
    switch (audience) {
    case Audience::internal:
        return all;
    case Audience::partner:
        return for_partners(std::move(all));
    case Audience::everyone:
        break;
    }
    return for_everyone(std::move(all));
}

Manifest disclosed(Manifest all, Audience audience) {
    if (audience == Audience::internal) {
        return all;
    }
    all.inputs.clear();
    all.left_out.clear();
    all.warnings.clear(); // they name files and count rows
    if (all.wards) {
        all.wards->with_incidents.reset();
        all.wards->chosen.reset();
    }
    if (all.zones) {
        all.zones->incidents.reset();
    }
    if (audience == Audience::everyone) {
        all.zones.reset();
        all.plan.reset();
        all.backtest.reset();
    }
    return all;
}

std::vector<std::optional<std::uint32_t>> disclosed_counts(std::span<const std::uint32_t> counts,
                                                           Audience audience) {
    std::vector<std::optional<std::uint32_t>> told(counts.begin(), counts.end());
    if (audience == Audience::internal) {
        return told;
    }
    std::vector<std::size_t> smallest_first(counts.size());
    std::iota(smallest_first.begin(), smallest_first.end(), std::size_t{0});
    std::ranges::stable_sort(smallest_first, {}, [&](std::size_t i) { return counts[i]; });
    Withheld withheld;
    for (const std::size_t i : smallest_first) {
        const bool small = counts[i] < least_told_count;
        if (audience == Audience::partner && !small && withheld.hides()) {
            break;
        }
        told[i].reset();
        withheld.incidents += counts[i];
        ++(small ? withheld.small : withheld.larger);
    }
    return told;
}

} // namespace io
