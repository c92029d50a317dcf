#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace county {

/// A place in whole metres of EPSG:27700.
struct Spot {
    int easting = 0;
    int northing = 0;

    friend bool operator==(const Spot&, const Spot&) = default;
};

struct Ward {
    std::string code; ///< "X05000001": X stands for no nation
    std::string name;
    std::string town; ///< empty in the country
    Spot middle;
    std::vector<Spot> ring; ///< counter-clockwise, the first corner again at the end
};

enum class StreetKind { nightlife, shopping, residential, rural };

/// A street: the few points that every incident on it is snapped to.
struct Street {
    std::string name;
    std::size_t ward = 0;
    StreetKind kind = StreetKind::residential;
    unsigned weight = 0; ///< share of the county's incidents
    std::vector<Spot> points;
    std::vector<unsigned> point_weights; ///< one a point
};

/// Ambershire: an island in the Irish Sea that no map shows, so that nobody lives where its crimes
/// happen.
struct County {
    std::vector<Ward>
        wards; ///< by code; together they cover the land, neighbours share their corners
    std::vector<Street> streets;
    Spot headquarters; ///< where a police system puts what it cannot place
};

/// The county of a seed; equal seeds give equal counties on every machine.
///
/// Land is a lattice of 250 m cells, each given to the nearest ward's middle; the lattice's corners
/// are moved at random, the same way for every ward that shares them.
County make_map(std::uint64_t seed);

/// Whether the spot lies in the ward and further than 3 m from its edge, so that no rounding moves
/// it across.
bool well_inside(const Ward& ward, Spot spot);

} // namespace county
