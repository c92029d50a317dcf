// Which of tonight's zones is which of the zones in force: the assignment of most agreement (see
// assignment.cpp), agreement being the mean of the Jaccard shares (Jaccard 1912) of incident weight
// and of area. Weight says what a zone is for, area where it is; the area decides where few
// incidents lie. Splits and mergers are read off afterwards from who holds a fair share of whose
// weight.
#include "cluster/zone_matching.hpp"

#include "cluster/assignment.hpp"
#include "cluster/disc_contents.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace cluster {

namespace {

double area(const Disc& disc) {
    return std::numbers::pi * (disc.radius * disc.radius).value();
}

/// The area of both: two segments, each what the chord cuts off its disc.
double shared_area(const Disc& a, const Disc& b) {
    const double apart = geo::distance(a.centre, b.centre).value();
    const double r = a.radius.value();
    const double s = b.radius.value();
    if (apart >= r + s) {
        return 0;
    }
    if (apart <= std::abs(r - s)) {
        return std::min(area(a), area(b));
    }
    const auto segment = [apart](double own, double other) {
        const double to_chord = (apart * apart + own * own - other * other) / (2 * apart);
        const double half = std::acos(std::clamp(to_chord / own, -1.0, 1.0));
        return own * own * (half - std::sin(2 * half) / 2);
    };
    return segment(r, s) + segment(s, r);
}

Weight weight_of(std::span<const std::uint32_t> inside, std::span<const Incident> incidents) {
    Weight sum;
    for (const std::uint32_t i : inside) {
        sum += Weight::of(incidents[i].weight);
    }
    return sum;
}

/// What every disc holds, and any two of them together.
class Contents {
  public:
    Contents(std::span<const Disc> discs, std::span<const Incident> incidents, unsigned threads)
        : incidents_(incidents), inside_(incidents_inside(discs, incidents, {.threads = threads})) {
        for (std::vector<std::uint32_t>& inside : inside_) {
            std::sort(inside.begin(), inside.end());
            weights_.push_back(weight_of(inside, incidents));
        }
    }

    Weight of(std::size_t disc) const { return weights_[disc]; }
    Weight of_both(std::size_t disc, const Contents& others, std::size_t other) const {
        std::vector<std::uint32_t> both;
        std::set_intersection(inside_[disc].begin(), inside_[disc].end(),
                              others.inside_[other].begin(), others.inside_[other].end(),
                              std::back_inserter(both));
        return weight_of(both, incidents_);
    }

  private:
    std::span<const Incident> incidents_;
    std::vector<std::vector<std::uint32_t>> inside_; ///< positions, ascending
    std::vector<Weight> weights_;
};

/// A zone in force and a candidate that overlap.
struct Pair {
    Weight shared;        ///< inside both
    double agreement = 0; ///< 0 to 1
};

double jaccard(double both, double a, double b) {
    const double either = a + b - both;
    return either > 0 ? both / either : 0;
}

std::vector<std::vector<Pair>> pairs_of(std::span<const Disc> zones, std::span<const Disc> others,
                                        const Contents& held, const Contents& held_by_others) {
    std::vector<std::vector<Pair>> pairs(zones.size(), std::vector<Pair>(others.size()));
    for (std::size_t z = 0; z < zones.size(); ++z) {
        for (std::size_t c = 0; c < others.size(); ++c) {
            const double both = shared_area(zones[z], others[c]);
            if (both <= 0) {
                continue;
            }
            Pair& pair = pairs[z][c];
            pair.shared = held.of_both(z, held_by_others, c);
            const double by_area = jaccard(both, area(zones[z]), area(others[c]));
            const bool empty = (held.of(z) + held_by_others.of(c)).millionths() == 0;
            pair.agreement = empty ? by_area
                                   : (jaccard(pair.shared.value(), held.of(z).value(),
                                              held_by_others.of(c).value()) +
                                      by_area) /
                                         2;
        }
    }
    return pairs;
}

std::vector<std::vector<PossiblePair>> possible_pairs(const std::vector<std::vector<Pair>>& pairs,
                                                      std::span<const Disc> zones,
                                                      std::span<const Disc> candidates,
                                                      geo::Metres gate) {
    constexpr double steps = 1e9; // agreement as a whole number
    std::vector<std::vector<PossiblePair>> possible(zones.size());
    for (std::size_t z = 0; z < zones.size(); ++z) {
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            if (pairs[z][c].agreement > 0 &&
                geo::distance(zones[z].centre, candidates[c].centre) <= gate) {
                possible[z].push_back({c, {{std::llround(pairs[z][c].agreement * steps)}}});
            }
        }
    }
    return possible;
}

/// The candidates that hold a fair share of the zone's weight, most first, by order among equals.
std::vector<std::size_t> heirs_of(const std::vector<Pair>& pairs, Weight held, double fair_share) {
    std::vector<std::size_t> heirs;
    for (std::size_t c = 0; c < pairs.size(); ++c) {
        if (pairs[c].shared.millionths() > 0 &&
            pairs[c].shared.value() >= fair_share * held.value()) {
            heirs.push_back(c);
        }
    }
    std::stable_sort(heirs.begin(), heirs.end(), [&](std::size_t a, std::size_t b) {
        return pairs[a].shared > pairs[b].shared;
    });
    return heirs;
}

Fate fate_of(const ZoneMatch& match, const Disc& zone, std::span<const Disc> candidates,
             geo::Metres same_place) {
    if (match.heirs.size() > 1) {
        return Fate::split;
    }
    if (!match.candidate) {
        return match.heirs.empty() ? Fate::gone : Fate::merged;
    }
    const Disc& now = candidates[*match.candidate];
    const geo::Metres grown(std::abs((now.radius - zone.radius).value()));
    return match.moved <= same_place && grown <= same_place ? Fate::kept : Fate::drifted;
}

} // namespace

std::string_view word(Fate fate) {
    constexpr std::array<std::string_view, 5> words{"kept", "drifted", "split", "merged", "gone"};
    return words[static_cast<std::size_t>(fate)];
}

Matching match_zones(std::span<const Disc> in_force, std::span<const Disc> candidates,
                     std::span<const Incident> incidents, const MatchOptions& options) {
    const Contents held(in_force, incidents, options.threads);
    const Contents held_by_candidates(candidates, incidents, options.threads);
    const auto pairs = pairs_of(in_force, candidates, held, held_by_candidates);
    const auto assigned = best_assignment(possible_pairs(pairs, in_force, candidates, options.gate),
                                          candidates.size());
    Matching matching{.zones = std::vector<ZoneMatch>(in_force.size()),
                      .of_candidate = std::vector<std::optional<std::size_t>>(candidates.size())};
    for (std::size_t z = 0; z < in_force.size(); ++z) {
        ZoneMatch& match = matching.zones[z];
        match.candidate = assigned[z];
        match.heirs = heirs_of(pairs[z], held.of(z), options.fair_share);
        if (match.candidate) {
            matching.of_candidate[*match.candidate] = z;
            match.moved = geo::distance(in_force[z].centre, candidates[*match.candidate].centre);
        }
        match.fate = fate_of(match, in_force[z], candidates, options.same_place);
    }
    return matching;
}

} // namespace cluster
