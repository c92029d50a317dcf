#pragma once

#include "io/manifest_writer.hpp"
#include "io/published.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace io {

// Who may be told what (docs/methods/disclosure.md).

/// Whom the published files are for.
enum class Audience {
    internal, ///< the force itself: everything but references, addresses and incident points
    partner,  ///< council, health, probation: no count under 5 nor what would give it away
    everyone, ///< the public: wards with a band of their count, and nothing else
};

/// The words of the command line, the configuration and the manifest.
inline constexpr std::array<std::pair<std::string_view, Audience>, 3> audience_words{
    {{"internal", Audience::internal},
     {"partner", Audience::partner},
     {"public", Audience::everyone}}};

/// "internal", "partner" or "public".
std::string_view word(Audience audience);

/// Counts below it are not told to partners.
inline constexpr std::uint32_t least_told_count = 5;

/// A band of counts for the public: `words` for counts from `least` to below the next band's.
struct CountBand {
    std::uint32_t least = 0;
    std::string_view words;
};
inline constexpr std::array<CountBand, 5> count_bands{{{0, "fewer than 10"},
                                                       {10, "10 to 24"},
                                                       {25, "25 to 49"},
                                                       {50, "50 to 99"},
                                                       {100, "100 or more"}}};

/// The words of the band that a count lies in.
std::string_view count_band(std::uint32_t count);

/// What an audience is told of zones and wards. Pure; order is kept.
///
/// internal: all. partner: no weights and no location text; a zone's count only from 5; a ward's
/// count only if it is 5 or more and so is what its zones leave of it, whichever zones reach into
/// it; with every count that is withheld go the numbers made of it; the prediction accuracy index
/// only where zone and ward are told and the zone lies in its ward alone, so that it says nothing
/// that the counts do not. everyone: wards with their count's band alone, by code; no zones.
///
/// Costs a box test for each pair of zone and ward, and the shared area where boxes meet.
Publication disclosed(Publication all, Audience audience);

/// What an audience is told of a run. partner: neither files, rows, warnings nor sums of incidents;
/// everyone: the number of wards read beside what identifies the run, and no more.
/// Which options are told, and what of the back-test, is for whoever fills them in to decide.
Manifest disclosed(Manifest all, Audience audience);

/// A table of counts whose total may be known (by month, by hour) as partners may see it: counts
/// under 5 are withheld, and with them as many others, smallest first, as it takes that the total
/// leaves every withheld small count free to be anything from 0 to 4. All are withheld where there
/// are too few incidents for that. internal: all are told; everyone: none is.
std::vector<std::optional<std::uint32_t>> disclosed_counts(std::span<const std::uint32_t> counts,
                                                           Audience audience);

} // namespace io
