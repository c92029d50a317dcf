#pragma once

#include "cluster/incident.hpp"
#include "cluster/selection.hpp"
#include "cluster/ward.hpp"
#include "geo/progress.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cluster {

/// What a zone's incidents are compared with.
enum class NullModel {
    all_crime, ///< the ward's violence follows all its recorded crime, violence included
    locations, ///< it may be at any of the places that have any record, alike
    uniform,   ///< it may be anywhere in the ward: what hardly any real violence does
};

/// How zones are tested.
struct SignificanceOptions {
    NullModel null = NullModel::all_crime;
    unsigned replicates = 99;    ///< draws for each test; 0 tests nothing
    std::uint64_t seed = 1;      ///< of the draws, with the ward's code
    geo::Metres radius_min{150}; ///< of the zones, and so of the windows
    geo::Metres radius_max{200};
    unsigned threads = 1;              ///< changes nothing but the time
    geo::Progress* progress = nullptr; ///< counts wards whose zones were tested
};

/// How sure it is that a zone holds more than its ward's baseline explains.
struct Significance {
    std::optional<double> p_value; ///< (0, 1]; nothing where it was not tested
    std::optional<double> q_value; ///< the same with regard to all zones of the force (q_values)
};

/// The null model that a table allows: all_crime becomes `locations` where no other crime is known.
NullModel usable(NullModel null, const IncidentTable& table);

/// Tests the zones of each ward against the ward's baseline (scan_zones), by counts, whatever the
/// weights. Labels zones; they were chosen before.
///
/// result[i] is of discs[i]. Does not depend on the order of the table nor on the threads; wards
/// are tested in parallel, each with draws of its own. Discs of a ward are tested together.
std::vector<Significance> test_zones(std::span<const Ward> wards, const IncidentTable& table,
                                     std::span<const ChosenDisc> discs,
                                     const SignificanceOptions& options);

} // namespace cluster
