#pragma once

#include "geo/point.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace geo {

/// A pair of coordinates as a file gives them, in the file's own CRS and in the order x (east), y
/// (north).
struct SourcePoint {
    double x = 0;
    double y = 0;
};

/// What was done to bring coordinates to the grid, for the manifest.
struct ProjectionFacts {
    std::string from;                 ///< CRS of the input, "EPSG:4326" or its name
    std::string to;                   ///< analysis CRS
    std::string operation;            ///< PROJ's description of the steps
    std::optional<double> accuracy_m; ///< stated accuracy, if PROJ knows one
};

/// A transformation between one CRS and the analysis grid, both ways. x is always the easting or
/// longitude.
///
/// Not for use from two threads at once: make one per thread.
class Projection {
  public:
    /// \param source,target anything PROJ reads: "EPSG:4326", WKT, PROJJSON, a PROJ string.
    /// \param area where it will be used (lon/lat degrees, west south east north), so that PROJ
    /// picks the best operation. \throws Error (input) if either is unknown or nothing leads from
    /// one to the other.
    Projection(const std::string& source, const std::string& target,
               std::optional<std::array<double, 4>> area = std::nullopt);
    ~Projection();
    Projection(Projection&&) noexcept;
    Projection& operator=(Projection&&) noexcept;

    /// Each point on the grid, or nothing where PROJ fails or the result is not a place (PROJ
    /// reports swapped axes as success with garbage, so the result is range-checked). Same length
    /// and order as `points`.
    std::vector<std::optional<GridPoint>> to_grid(std::span<const SourcePoint> points) const;
    /// The way back.
    SourcePoint from_grid(const GridPoint& point) const;

    const ProjectionFacts& facts() const { return facts_; }

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    ProjectionFacts facts_;
};

/// What the choice of an analysis CRS needs to know about one.
struct CrsTraits {
    std::string text; ///< shortest name: "EPSG:27700" where it has a code, else WKT
    std::string name; ///< "OSGB36 / British National Grid"
    bool projected = false;
    bool in_metres = false; ///< both axes in metres
};

/// \throws Error (input) if PROJ does not know the CRS.
CrsTraits crs_traits(const std::string& crs);

/// The CRS to analyse in, for wards that span `area` (lon/lat degrees: west, south, east, north).
///
/// EPSG:27700 if the wards lie in Great Britain; else the wards' own CRS if it is projected, in
/// metres, and true to scale within 0.1 % at the corners and the middle of the area; else the UTM
/// zone of the middle.
std::string choose_analysis_crs(const std::string& wards_crs, const std::array<double, 4>& area);

/// Refuses an analysis CRS that lengths cannot be taken in: it must be projected, in metres, and
/// true to scale within 0.1 % over the area. \throws Error (usage) that says which of these it is
/// not.
void require_metric_grid(const std::string& crs, const std::array<double, 4>& area);

} // namespace geo
