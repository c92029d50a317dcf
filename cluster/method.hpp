#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cluster {

/// The methods of a back-test, all in the same wards, at the same number and radii of discs.
enum class Method {
    zones,        ///< ours, by the options in force
    flat_year,    ///< our optimiser on the last twelve months, all incidents alike
    last_period,  ///< our optimiser on what was known one test earlier
    incidents,    ///< discs centred on incidents
    kernel_peaks, ///< discs on the peaks of a kernel density
    dbscan,       ///< discs on the centroids of DBSCAN
    k_means,      ///< discs on the centroids of k-means
    grid_150,     ///< 150 m cells by weight: the same area in many pieces
    grid_300,     ///< 300 m cells by weight
    random,       ///< discs anywhere they are allowed: the mean of 20 draws
    hindsight,    ///< our optimiser on the test period itself: no method can know as much
};
inline constexpr std::array all_methods{
    Method::zones,        Method::flat_year, Method::last_period, Method::incidents,
    Method::kernel_peaks, Method::dbscan,    Method::k_means,     Method::grid_150,
    Method::grid_300,     Method::random,    Method::hindsight};

/// The name in files: "grid_150".
std::string_view code(Method method);

} // namespace cluster
