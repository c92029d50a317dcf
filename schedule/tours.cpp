#include "schedule/tours.hpp"

#include <algorithm>
#include <numeric>

namespace schedule {

namespace {

using Trip = std::vector<std::size_t>;

void visit_nearest_first(Trip& trip, const Ways& ways) {
    for (auto next = trip.begin(); next != trip.end() && next + 1 != trip.end(); ++next) {
        const auto nearest =
            std::min_element(next + 1, trip.end(), [&](std::size_t a, std::size_t b) {
                return ways[*next][a] < ways[*next][b];
            });
        std::iter_swap(next + 1, nearest);
    }
}

/// One pass of 2-opt over the closed trip; whether anything got shorter.
bool uncross(Trip& trip, const Ways& ways) {
    bool shorter = false;
    for (std::size_t i = 0; i + 2 < trip.size(); ++i) {
        for (std::size_t j = i + 2; j < trip.size(); ++j) {
            const std::size_t after = j + 1 < trip.size() ? j + 1 : 0;
            if (after == i) {
                continue;
            }
            const Minute now = ways[trip[i]][trip[i + 1]] + ways[trip[j]][trip[after]];
            const Minute then = ways[trip[i]][trip[j]] + ways[trip[i + 1]][trip[after]];
            if (then < now) {
                std::reverse(trip.begin() + static_cast<std::ptrdiff_t>(i + 1),
                             trip.begin() + static_cast<std::ptrdiff_t>(j + 1));
                shorter = true;
            }
        }
    }
    return shorter;
}

std::vector<Trip> cut_at(const Trip& trip, const Ways& ways, const TourLimits& limits) {
    std::vector<Trip> tours;
    Minute spent = 0;
    for (const std::size_t stop : trip) {
        const Minute more = tours.empty() ? 0 : ways[tours.back().back()][stop] + limits.visit;
        if (tours.empty() || spent + more > limits.longest ||
            tours.back().size() >= limits.most_stops) {
            tours.push_back({stop});
            spent = limits.visit;
        } else {
            tours.back().push_back(stop);
            spent += more;
        }
    }
    return tours;
}

} // namespace

std::vector<std::size_t> round_trip(const Ways& ways) {
    constexpr int most_passes = 50;
    Trip trip(ways.size());
    std::iota(trip.begin(), trip.end(), std::size_t{0});
    visit_nearest_first(trip, ways);
    for (int pass = 0; pass < most_passes && uncross(trip, ways); ++pass) {
    }
    return trip;
}

std::vector<Trip> cut_into_tours(const Trip& trip, const Ways& ways, const TourLimits& limits) {
    // Where the round is opened decides how well the cuts fall: try every stop.
    Trip rotated = trip;
    Trip best = trip;
    std::size_t fewest = trip.size() + 1;
    for (std::size_t i = 0; i < trip.size(); ++i) {
        const std::size_t tours = cut_at(rotated, ways, limits).size();
        if (tours < fewest) {
            fewest = tours;
            best = rotated;
        }
        std::rotate(rotated.begin(), rotated.begin() + 1, rotated.end());
    }
    TourLimits shorter = limits;
    Minute low = limits.visit;
    Minute high = std::max(limits.longest, limits.visit);
    while (low < high) {
        shorter.longest = (low + high) / 2;
        if (cut_at(best, ways, shorter).size() <= fewest) {
            high = shorter.longest;
        } else {
            low = shorter.longest + 1;
        }
    }
    shorter.longest = high;
    return cut_at(best, ways, shorter);
}

} // namespace schedule
