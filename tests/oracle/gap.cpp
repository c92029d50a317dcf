// How good the selection is, by an outside judge: candidates laid over the ward without the search,
// the objective written down again from docs/methods/zones.md, and GLPK to choose among them.

#include "tests/oracle/gap.hpp"

#include <algorithm>
#include <numeric>

namespace oracle {

namespace {

using cluster::Disc;
using cluster::FoundDisc;
using cluster::SelectionOptions;
using cluster::Site;

std::vector<Disc> discs_of(std::span<const cluster::ChosenDisc> chosen) {
    std::vector<Disc> discs;
    std::transform(chosen.begin(), chosen.end(), std::back_inserter(discs),
                   [](const cluster::ChosenDisc& disc) { return disc.disc; });
    return discs;
}

/// The value of discs together: a site on two rims that touch counts once.
double value_together(std::span<const Disc> discs, std::span<const Site> sites,
                      const cluster::DiscChoice& choice) {
    cluster::Weight weight;
    for (const Site& site : sites) {
        const bool inside = std::any_of(discs.begin(), discs.end(),
                                        [&](const Disc& disc) { return disc.holds(site.place); });
        weight += inside ? site.weight : cluster::Weight();
    }
    double value = weight.value();
    for (const Disc& disc : discs) {
        value += alone(disc, {}, choice).value; // the price of its area
    }
    return value;
}

bool is_near(const geo::Box& box, const geo::GridPoint& place, std::int64_t reach) {
    return place.easting_mm() >= box.low.easting_mm() - reach &&
           place.easting_mm() <= box.high.easting_mm() + reach &&
           place.northing_mm() >= box.low.northing_mm() - reach &&
           place.northing_mm() <= box.high.northing_mm() + reach;
}

std::vector<std::size_t> positions(std::size_t first, std::size_t count) {
    std::vector<std::size_t> result(count);
    std::iota(result.begin(), result.end(), first);
    return result;
}

} // namespace

std::vector<Site> with_surroundings(std::span<const cluster::Ward> wards,
                                    const std::vector<std::vector<Site>>& sites,
                                    cluster::WardIndex ward, geo::Metres reach) {
    std::vector<Site> result = sites[ward];
    const geo::Box box = wards[ward].shape.bounds();
    for (std::size_t other = 0; other < sites.size(); ++other) {
        for (const Site& site : sites[other]) {
            if (other != ward && is_near(box, site.place, geo::whole_millimetres(reach))) {
                result.push_back({site.place, cluster::Weight(), site.incidents});
            }
        }
    }
    return result;
}

cluster::DiscChoice stated_choice(const cluster::Ward& ward, std::span<const Site> own,
                                  const SelectionOptions& options) {
    cluster::DiscChoice choice{.radius_min = options.radius_min,
                               .radius_max = options.radius_max,
                               .separation = options.separation,
                               .min_incidents = options.min_incidents};
    if (options.objective == cluster::Objective::balanced) {
        double weight = 0;
        for (const Site& site : own) {
            weight += site.weight.value();
        }
        choice.cost_per_square_metre = 2 * weight / ward.shape.area().value();
    } else if (options.objective == cluster::Objective::capture) {
        choice.radius_min = options.radius_max;
    } else {
        choice.radius_max = options.radius_min;
    }
    return choice;
}

Known best_known(const cluster::Ward& ward, std::span<const Site> sites,
                 const cluster::DiscChoice& choice, const PackingRules& rules,
                 std::span<const std::vector<Disc>> known) {
    std::vector<FoundDisc> all = candidates(ward, sites, choice, {});
    std::vector<std::size_t> best;
    double value = 0;
    std::vector<Disc> around;
    for (const std::vector<Disc>& discs : known) {
        double together = 0;
        const std::size_t first = all.size();
        for (const Disc& disc : discs) {
            all.push_back(alone(disc, sites, choice));
            together += all.back().value;
        }
        around.insert(around.end(), discs.begin(), discs.end());
        if (together > value) {
            value = together;
            best = positions(first, discs.size());
        }
    }
    Known result;
    for (unsigned round = 0; round < 4; ++round) {
        const auto finer = candidates_around(around, ward, sites, choice, {});
        all.insert(all.end(), finer.begin(), finer.end());
        const Packing packing = best_packing(all, rules, best);
        const bool improved = packing.value > result.value + 1e-9;
        result = {packing.value, packing.bound, all.size()};
        best = packing.chosen;
        if (!improved) {
            break;
        }
        around.clear();
        for (const std::size_t i : best) {
            around.push_back(all[i].disc);
        }
    }
    return result;
}

std::vector<std::vector<Gap>> gaps(std::span<const cluster::Ward> wards,
                                   std::span<const cluster::RankedWard> of_wards,
                                   const std::vector<std::vector<Site>>& sites,
                                   std::span<const SelectionOptions> options) {
    std::vector<std::vector<Gap>> result(of_wards.size());
    for (std::size_t i = 0; i < of_wards.size(); ++i) {
        const cluster::WardIndex number = of_wards[i].ward;
        const cluster::Ward& ward = wards[number];
        const auto choice = stated_choice(ward, sites[number], options.front());
        const auto around = with_surroundings(wards, sites, number, options.front().radius_max);
        std::vector<std::vector<Disc>> ours;
        for (const SelectionOptions& each : options) {
            ours.push_back(
                discs_of(cluster::choose_discs(wards, of_wards.subspan(i, 1), sites, each)));
            result[i].push_back({.ours = value_together(ours.back(), around, choice)});
        }
        const Known known =
            best_known(ward, around, choice,
                       {options.front().zones_per_ward, options.front().separation}, ours);
        for (Gap& gap : result[i]) {
            gap.oracle = known.value;
            gap.bound = known.bound;
            gap.candidates = known.candidates;
        }
    }
    return result;
}

} // namespace oracle
