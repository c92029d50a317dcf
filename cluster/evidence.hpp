#pragma once

#include "cluster/incident.hpp"
#include "cluster/ward.hpp"
#include "cluster/weight.hpp"
#include "cluster/zone.hpp"

#include <span>
#include <vector>

namespace cluster {

/// What a ward holds in all.
struct WardTotal {
    std::uint32_t incidents = 0;
    Weight weight;
};

/// The total of each ward, by index; wards without incidents have zeros.
std::vector<WardTotal> ward_totals(std::size_t wards, std::span<const Incident> incidents);

/// What a disc holds of its own ward.
struct OwnShare {
    double incidents = 0; ///< of the ward's incidents, 0 to 1
    double weight = 0;    ///< of the ward's weight, 0 to 1
    double area = 0;      ///< of the ward's area, 0 to 1: the part of the disc inside the ward
};

OwnShare own_share(const Ward& ward, WardIndex number, const WardTotal& total, const Disc& disc,
                   std::span<const Incident> inside);

/// The prediction accuracy index (n/N)/(a/A) within the ward (Chainey, Tompson & Uhlig 2008), whose
/// ceiling is A/a; nothing where the disc shares no area with the ward.
std::optional<double> prediction_accuracy_index(const OwnShare& share);

} // namespace cluster
