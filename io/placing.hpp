#pragma once

#include "cluster/incident.hpp"
#include "geo/polygon.hpp"
#include "geo/projection.hpp"
#include "io/ward_reader.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace io {

/// How coordinates must be read so that they mean a place in a ward, where they do not as they
/// stand.
enum class AxesFault : std::uint8_t {
    none,
    swapped,         ///< x and y stand in each other's columns
    lon_lat_in_grid, ///< longitude and latitude where easting and northing should be
    grid_in_lon_lat, ///< easting and northing where longitude and latitude should be
};

/// How far the place of a pair of coordinates was found.
enum class Found : std::uint8_t { nowhere, outside_wards, in_ward };

/// What one distinct pair of coordinates means.
struct Spot {
    geo::GridPoint place;        ///< as given, or as meant where there is a fault; unless nowhere
    cluster::WardIndex ward = 0; ///< the ward that holds `place`, if one does
    Found found = Found::nowhere;
    AxesFault fault = AxesFault::none;
    bool rounded = false;  ///< to 100 m, or to three decimals of a degree
    bool excluded = false; ///< `place` lies in an excluded place; set by the caller

    std::optional<geo::GridPoint> known_place() const {
        return found == Found::nowhere ? std::nullopt : std::optional(place);
    }
};

struct PlacedSpots {
    std::vector<Spot> spots; ///< in the order of the points
    geo::ProjectionFacts projection;
};

/// Where and how points are placed.
struct PlacingOptions {
    std::string crs; ///< of the points
    const ReadWards& wards;
    const geo::PolygonIndex& index; ///< made by `index_wards(wards)`
    unsigned threads = 1;           ///< changes the time taken, nothing else
};

/// Projects distinct coordinates and finds their wards, each once.
///
/// Coordinates outside all wards are tried with their axes swapped and, where their size allows, as
/// degrees instead of metres and the other way round; the first reading that falls in a ward names
/// the fault. Some microseconds a point. \throws geo::Error (input) if `crs` is unknown.
PlacedSpots place_spots(std::span<const geo::SourcePoint> points, const PlacingOptions& options);

} // namespace io
