#pragma once

#include "cluster/ground.hpp"

#include <string>
#include <string_view>
#include <vector>

// Small made-up towns for tests of methods that place zones.

namespace cluster {

/// A rectangle in whole metres.
struct Plot {
    int west = 0;
    int south = 0;
    int east = 0;
    int north = 0;
};

inline geo::Polygon polygon(const Plot& plot) {
    const auto corner = [](int x, int y) { return std::to_string(x) + " " + std::to_string(y); };
    return geo::Polygon::from_wkt(
        "POLYGON((" + corner(plot.west, plot.south) + "," + corner(plot.east, plot.south) + "," +
        corner(plot.east, plot.north) + "," + corner(plot.west, plot.north) + "," +
        corner(plot.west, plot.south) + "))");
}

/// Sites drawn as a map, north up: a digit is so many incidents in the middle of its cell of 100 m,
/// anything else is none. The lower left cell begins at (0, 0).
inline std::vector<Site> drawn_sites(const std::vector<std::string_view>& rows) {
    std::vector<Site> sites;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            const char c = rows[row][column];
            if (c >= '1' && c <= '9') {
                const auto north = static_cast<double>(rows.size() - row) * 100 - 50;
                const auto east = static_cast<double>(column) * 100 + 50;
                sites.push_back({geo::GridPoint::at(geo::Metres(east), geo::Metres(north)),
                                 Weight::of(c - '0'), static_cast<std::uint32_t>(c - '0')});
            }
        }
    }
    merge_equal_places(sites);
    return sites;
}

/// One ward with a quota and sites.
struct Town {
    std::vector<Ward> wards;
    std::vector<WardQuota> quotas;
    std::vector<std::vector<Site>> sites;

    Ground ground() const { return {.wards = wards, .quotas = quotas, .sites = sites}; }
};

inline Town town(const std::vector<std::string_view>& rows, std::vector<geo::Metres> radii) {
    const int width = static_cast<int>(rows.front().size()) * 100;
    const int height = static_cast<int>(rows.size()) * 100;
    return {.wards = {{WardCode("W1"), "Town", polygon({0, 0, width, height})}},
            .quotas = {{{.ward = 0, .rank = 1}, std::move(radii)}},
            .sites = {drawn_sites(rows)}};
}

} // namespace cluster
