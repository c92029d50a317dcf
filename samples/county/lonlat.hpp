#pragma once

#include "samples/county/map.hpp"

#include <string>

namespace county {

/// Longitude and latitude in degrees with six decimals, as data.police.uk writes them.
struct LonLatText {
    std::string longitude;
    std::string latitude;
};

/// A spot of the county in WGS84.
///
/// A cubic fitted to PROJ's own answer (the Helmert transformation of EPSG:27700) over the county's
/// 26 x 20 km, within 1 mm of it: the sample's bytes must not change with PROJ's version or its
/// grids.
LonLatText lonlat_text(Spot spot);

} // namespace county
