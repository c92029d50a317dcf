#pragma once

#include "geo/metres.hpp"
#include "io/report_data.hpp"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace io {

/// A zone on a sketch.
struct SketchStop {
    geo::LonLat centre;
    geo::Metres radius;
    std::string label; ///< "1", or "2, 7" where it is visited twice
};

/// What a sketch shows.
struct SketchContent {
    std::span<const ReportWard> wards;
    std::set<std::string> named;     ///< codes of those whose name is written
    std::vector<SketchStop> stops;   ///< each zone once
    std::vector<geo::LonLat> way;    ///< places in the order they are gone to, the base first
    std::optional<geo::LonLat> base; ///< where the unit starts
    double height = 300;             ///< of the drawing, whose width is 720
};

/// A drawing for a patrol sheet, as an SVG element: wards as outlines, zones as numbered circles,
/// the way between them as a dashed line as the crow flies, true north up with an arrow, and a
/// scale bar. Flat and true to scale to 0.5 % over 50 km. The same content gives the same bytes.
std::string sketch_svg(const SketchContent& content);

} // namespace io
