#pragma once

#include "geo/metres.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace cluster {

/// What zones hold and cover in a test, or in several added up.
struct Tally {
    double held = 0;               ///< n: test incidents of the top wards inside the zones
    double incidents = 0;          ///< N: test incidents of the top wards
    double best_held = 0;          ///< n*: held by the zones of hindsight
    double training_held = 0;      ///< training incidents of the top wards inside the zones
    double training_incidents = 0; ///< of the top wards
    geo::SquareMetres covered;     ///< a: of the top wards, by the zones
    geo::SquareMetres area;        ///< A: of the top wards
    geo::SquareMetres kept;        ///< by these zones and those of the origin before
    geo::SquareMetres ever;        ///< by these zones or those of the origin before

    Tally& operator+=(const Tally& other);
};

/// How good zones are, by one number.
enum class Measure {
    hit_rate, ///< n/N
    pai,      ///< prediction accuracy index (n/N)/(a/A) (Chainey, Tompson & Uhlig 2008)
    pei,      ///< prediction efficiency index n/n* (Hunt 2016)
    rri,      ///< recapture rate index: PAI in test / PAI in training (Levine 2008)
    jaccard,  ///< area kept / area ever covered, of consecutive zone sets
};
inline constexpr std::array all_measures{Measure::hit_rate, Measure::pai, Measure::pei,
                                         Measure::rri, Measure::jaccard};

/// The name in files: "hit_rate".
std::string_view code(Measure measure);

/// The measure, or nothing where it would divide by nothing.
std::optional<double> value_of(Measure measure, const Tally& tally);

} // namespace cluster
