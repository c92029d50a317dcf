#include "cluster/ranking.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace cluster {

namespace {

double score(const RankedWard& ward, RankBy by) {
    switch (by) {
    case RankBy::weight:
        return ward.weight;
    case RankBy::count:
        return ward.incidents;
    case RankBy::density:
        return ward.per_square_kilometre;
    }
    return ward.weight;
}

std::size_t wards_holding(std::span<const RankedWard> ranking, double share) {
    const double total =
        std::accumulate(ranking.begin(), ranking.end(), 0.0,
                        [](double sum, const RankedWard& w) { return sum + w.weight; });
    // Sums of decimal weights round: a share that is reached but for rounding is reached.
    const double wanted = share * total * (1 - 1e-12);
    double held = 0;
    std::size_t count = 0;
    while (count < ranking.size() && held < wanted) {
        held += ranking[count++].weight;
    }
    return count;
}

} // namespace

std::vector<RankedWard> rank_wards(std::span<const Ward> wards, std::span<const Incident> incidents,
                                   RankBy by) {
    std::vector<RankedWard> ranking(wards.size());
    for (std::size_t i = 0; i < wards.size(); ++i) {
        ranking[i].ward = static_cast<WardIndex>(i);
    }
    for (const Incident& incident : incidents) {
        RankedWard& ward = ranking[incident.ward];
        ++ward.incidents;
        ward.weight += incident.weight;
    }
    for (RankedWard& ward : ranking) {
        ward.per_square_kilometre =
            ward.incidents / wards[ward.ward].shape.area().square_kilometres();
    }
    std::sort(ranking.begin(), ranking.end(), [&](const RankedWard& a, const RankedWard& b) {
        const auto key = [&](const RankedWard& w) {
            return std::tuple(-score(w, by), std::cref(wards[w.ward].code));
        };
        return key(a) < key(b);
    });
    for (std::size_t i = 0; i < ranking.size(); ++i) {
        ranking[i].rank = static_cast<unsigned>(i + 1);
    }
    return ranking;
}

std::span<const RankedWard> top_wards(std::span<const RankedWard> ranking,
                                      const WardChoice& choice) {
    const auto with_incidents = static_cast<std::size_t>(std::count_if(
        ranking.begin(), ranking.end(), [](const RankedWard& w) { return w.incidents > 0; }));
    const std::size_t wanted = std::holds_alternative<unsigned>(choice)
                                   ? std::get<unsigned>(choice)
                                   : wards_holding(ranking, std::get<double>(choice));
    return ranking.first(std::min(wanted, with_incidents));
}

} // namespace cluster
