// The percentile bootstrap (Efron 1979; Davison & Hinkley 1997, section 5.3). Incidents are grouped
// by what they mean to every origin and method, so that a resample is drawn incident by incident
// and added up kind by kind.

#include "cluster/bootstrap.hpp"

#include "cluster/chance.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cluster {

namespace {

/// A cast laid out for adding up.
struct Kinds {
    std::vector<Part> parts;            ///< kind by kind, in each origin by origin
    std::vector<std::uint32_t> counts;  ///< of each kind
    std::vector<std::uint32_t> kind_of; ///< of each incident, ascending

    explicit Kinds(const Cast& cast) {
        for (const auto& [of_origins, count] : cast.kinds()) {
            parts.insert(parts.end(), of_origins.begin(), of_origins.end());
            kind_of.insert(kind_of.end(), count, static_cast<std::uint32_t>(counts.size()));
            counts.push_back(count);
        }
    }
};

/// How often each kind of incident, and each ward, was drawn.
struct Drawn {
    std::vector<std::uint32_t> kinds;
    std::vector<std::uint32_t> wards;
};

Drawn resample(const Contest& contest, const Kinds& kinds, Chance chance) {
    Drawn drawn{std::vector<std::uint32_t>(kinds.counts.size()),
                std::vector<std::uint32_t>(contest.wards)};
    const auto count = static_cast<std::uint32_t>(kinds.kind_of.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        ++drawn.kinds[kinds.kind_of[chance.below(count)]];
    }
    const auto wards = static_cast<std::uint32_t>(contest.wards);
    for (std::uint32_t i = 0; i < wards; ++i) {
        ++drawn.wards[chance.below(wards)];
    }
    return drawn;
}

/// The part of an entry's zone sets that hold what is in `inside`.
double share_inside(const Entry& entry, std::uint64_t inside) {
    const std::uint64_t own = ((std::uint64_t{1} << entry.sets) - 1) << entry.first_set;
    return static_cast<double>(std::popcount(inside & own)) / entry.sets;
}

/// Adds what `times` incidents of one part mean to the methods of one origin.
void add_kind(const Part& part, double times, std::span<const Entry> entries,
              std::span<Tally> tallies) {
    for (std::size_t m = 0; m < entries.size(); ++m) {
        if (entries[m].sets == 0) {
            continue;
        }
        Tally& tally = tallies[m];
        const double held = times * share_inside(entries[m], part.inside);
        (part.role == Role::test ? tally.held : tally.training_held) += held;
        (part.role == Role::test ? tally.incidents : tally.training_incidents) += times;
    }
}

void add_areas(const Entry& entry, std::span<const std::uint32_t> times, Tally& tally) {
    tally.covered = entry.covered;
    tally.area = entry.area;
    double kept = 0;
    double ever = 0;
    for (std::size_t w = 0; w < entry.by_ward.size(); ++w) {
        kept += times[w] * entry.by_ward[w].kept.value();
        ever += times[w] * entry.by_ward[w].ever.value();
    }
    tally.kept = geo::SquareMetres(kept);
    tally.ever = geo::SquareMetres(ever);
}

void add_best(const Contest& contest, std::span<const Entry> entries, std::span<Tally> tallies) {
    for (std::size_t m = 0; m < entries.size(); ++m) {
        if (entries[m].sets > 0) {
            tallies[m].best_held = tallies[contest.hindsight].held;
        }
    }
}

std::vector<Tally> added_up(const Contest& contest, const Kinds& kinds, const Drawn& drawn) {
    const std::size_t methods = contest.methods;
    const std::size_t origins = contest.cast.origins();
    std::vector<Tally> all((origins + 1) * methods);
    for (std::size_t o = 0; o < origins; ++o) {
        const auto entries = std::span(contest.entries).subspan(o * methods, methods);
        const auto tallies = std::span(all).subspan(o * methods, methods);
        for (std::size_t kind = 0; kind < drawn.kinds.size(); ++kind) {
            const Part& part = kinds.parts[kind * origins + o];
            if (drawn.kinds[kind] > 0 && part.role != Role::none) {
                add_kind(part, drawn.kinds[kind], entries, tallies);
            }
        }
        add_best(contest, entries, tallies);
        for (std::size_t m = 0; m < methods; ++m) {
            if (entries[m].sets > 0) {
                add_areas(entries[m], drawn.wards, tallies[m]);
            }
            all[origins * methods + m] += tallies[m];
        }
    }
    return all;
}

using Values = std::array<std::optional<double>, all_measures.size()>;

std::vector<Values> values_of(const std::vector<Tally>& tallies) {
    std::vector<Values> values(tallies.size());
    for (std::size_t t = 0; t < tallies.size(); ++t) {
        for (std::size_t k = 0; k < all_measures.size(); ++k) {
            values[t][k] = value_of(all_measures[k], tallies[t]);
        }
    }
    return values;
}

/// Value number ceil(share * count) in ascending order, counted from 1.
double percentile(const std::vector<double>& ascending, double share) {
    const double number = std::ceil(share * static_cast<double>(ascending.size()) - 1e-9);
    return ascending[static_cast<std::size_t>(std::max(1.0, number)) - 1];
}

std::optional<Estimate> estimate(std::optional<double> value, std::vector<double> resampled) {
    if (!value || resampled.empty()) {
        return std::nullopt;
    }
    std::sort(resampled.begin(), resampled.end());
    return Estimate{*value, percentile(resampled, 0.025), percentile(resampled, 0.975)};
}

} // namespace

std::vector<Tally> tallies(const Contest& contest) {
    const Kinds kinds(contest.cast);
    return added_up(contest, kinds, {kinds.counts, std::vector<std::uint32_t>(contest.wards, 1)});
}

std::vector<Estimates> estimates(const Contest& contest, const BootstrapOptions& options) {
    const Kinds kinds(contest.cast);
    std::vector<std::vector<Values>> resampled(options.resamples);
    geo::parallel_for(options.resamples, options.threads, [&](std::size_t r) {
        const Drawn drawn = resample(contest, kinds, Chance(options.seed, {.number = r}));
        resampled[r] = values_of(added_up(contest, kinds, drawn));
    });
    const std::vector<Values> observed = values_of(tallies(contest));
    std::vector<Estimates> result(observed.size());
    for (std::size_t t = 0; t < observed.size(); ++t) {
        for (std::size_t k = 0; k < all_measures.size(); ++k) {
            std::vector<double> draws;
            for (const std::vector<Values>& values : resampled) {
                if (values[t][k]) {
                    draws.push_back(*values[t][k]);
                }
            }
            result[t][k] = estimate(observed[t][k], std::move(draws));
        }
    }
    return result;
}

} // namespace cluster
