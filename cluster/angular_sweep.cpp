#include "cluster/angular_sweep.hpp"

#include "cluster/neighbour_index.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cluster {

namespace {

struct Turn {
    double angle = 0;
    bool leaves = false; ///< entering sorts before leaving at the same angle: the rim is inside
    Weight weight;
};

/// The turns of one neighbour around `site`: its disc covers the angles from `from` to `to`, maybe
/// across the end of the circle, in which case it is inside at the start and enters again.
void add_turns(std::vector<Turn>& turns, Weight& at_start, double from, double to, Weight weight) {
    const auto whole = [](double angle) {
        const double turn = 2 * std::numbers::pi;
        const double positive = std::fmod(angle, turn);
        return positive < 0 ? positive + turn : positive;
    };
    const double enter = whole(from);
    const double leave = whole(to);
    if (enter > leave) {
        at_start += weight;
    }
    turns.push_back({enter, false, weight});
    turns.push_back({leave, true, weight});
}

Weight heaviest_through(const NeighbourIndex& index, std::uint32_t site, geo::Metres radius) {
    const std::span<const Site> sites = index.sites();
    const geo::GridPoint& centre = sites[site].place;
    constexpr double touch = 1e-10; // radians
    std::vector<Turn> turns;
    Weight running = sites[site].weight;
    for (const std::uint32_t other : index.within(centre, 2 * radius)) {
        if (other == site) {
            continue;
        }
        const double dx = (sites[other].place.easting() - centre.easting()).value();
        const double dy = (sites[other].place.northing() - centre.northing()).value();
        const double half_chord = std::min(1.0, std::hypot(dx, dy) / (2 * radius.value()));
        const double middle = std::atan2(dy, dx);
        const double spread = std::acos(half_chord) + touch;
        add_turns(turns, running, middle - spread, middle + spread, sites[other].weight);
    }
    std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
        return a.angle != b.angle ? a.angle < b.angle : a.leaves < b.leaves;
    });
    Weight most = running;
    for (const Turn& turn : turns) {
        if (turn.leaves) {
            running -= turn.weight;
        } else {
            running += turn.weight;
            most = std::max(most, running);
        }
    }
    return most;
}

} // namespace

Weight heaviest_disc(std::span<const Site> sites, geo::Metres radius) {
    const NeighbourIndex index(sites);
    Weight most;
    for (std::uint32_t i = 0; i < sites.size(); ++i) {
        most = std::max(most, heaviest_through(index, i, radius));
    }
    return most;
}

} // namespace cluster
