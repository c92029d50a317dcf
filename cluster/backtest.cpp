// Rolling-origin evaluation (Tashman 2000): the zones of every origin are made from the past alone
// and scored on the future, by the measures of cluster/accuracy.

#include "cluster/backtest.hpp"

#include "cluster/neighbour_index.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <numeric>

namespace cluster {

namespace {

Role role_of(const Incident& incident, const Origin& origin) {
    if (lies_in(incident.when, origin.training)) {
        return Role::training;
    }
    return lies_in(incident.when, origin.test) ? Role::test : Role::none;
}

/// For every site, which zone sets of an origin hold it.
std::vector<std::uint64_t> sets_holding(const OriginZones& made, const NeighbourIndex& sites) {
    std::vector<std::uint64_t> holding(sites.sites().size());
    unsigned bit = 0;
    for (const auto& sets : made.sets) {
        for (const ZoneSet& set : sets) {
            for (const std::uint32_t site : sites_in(set, sites)) {
                holding[site] |= std::uint64_t{1} << bit;
            }
            ++bit;
        }
    }
    return holding;
}

std::vector<WardIndex> wards_of_any(const std::vector<OriginZones>& made) {
    std::vector<WardIndex> wards;
    for (const OriginZones& origin : made) {
        wards.insert(wards.end(), origin.wards.begin(), origin.wards.end());
    }
    std::sort(wards.begin(), wards.end());
    wards.erase(std::unique(wards.begin(), wards.end()), wards.end());
    return wards;
}

/// Which part each incident has in each origin.
class Casting {
  public:
    Casting(std::span<const Incident> incidents, const std::vector<Origin>& origins,
            const std::vector<OriginZones>& made, std::size_t ward_count)
        : origins_(origins), sites_(sites_of(incidents)) {
        const NeighbourIndex index(sites_);
        for (const OriginZones& origin : made) {
            holding_.push_back(sets_holding(origin, index));
            top_.emplace_back(ward_count);
            for (const WardIndex ward : origin.wards) {
                top_.back()[ward] = 1;
            }
        }
    }

    std::vector<Part> parts_of(const Incident& incident) const {
        const auto site =
            std::lower_bound(sites_.begin(), sites_.end(), incident.place,
                             [](const Site& s, const geo::GridPoint& p) { return s.place < p; });
        const auto number = static_cast<std::size_t>(site - sites_.begin());
        std::vector<Part> parts(origins_.size());
        for (std::size_t o = 0; o < origins_.size(); ++o) {
            if (top_[o][incident.ward] != 0) {
                parts[o].role = role_of(incident, origins_[o]);
                parts[o].inside = parts[o].role == Role::none ? 0 : holding_[o][number];
            }
        }
        return parts;
    }

  private:
    const std::vector<Origin>& origins_;
    std::vector<Site> sites_;
    std::vector<std::vector<std::uint64_t>> holding_; ///< by origin and site
    std::vector<std::vector<char>> top_;              ///< by origin and ward
};

/// All incidents that are trained or tested on in a top ward of some origin.
Cast cast_of(std::span<const Incident> incidents, const std::vector<Origin>& origins,
             const std::vector<OriginZones>& made, std::size_t ward_count) {
    const Casting casting(incidents, origins, made, ward_count);
    Cast cast(origins.size());
    for (const Incident& incident : incidents) {
        const std::vector<Part> parts = casting.parts_of(incident);
        if (std::any_of(parts.begin(), parts.end(),
                        [](const Part& part) { return part.role != Role::none; })) {
            cast.add(parts);
        }
    }
    return cast;
}

/// The areas of all zone sets in all the wards that any origin has zones in.
class Areas {
  public:
    Areas(std::span<const Ward> wards, const std::vector<OriginZones>& made, unsigned threads)
        : wards_(wards), made_(made), which_(wards_of_any(made)),
          covered_(made.size() * all_methods.size()), changes_(covered_.size()) {
        geo::parallel_for(covered_.size(), threads,
                          [&](std::size_t i) { covered_[i] = mean_covered(sets(i)); });
        geo::parallel_for(covered_.size(), threads, [&](std::size_t i) {
            if (i >= all_methods.size() && sets(i).size() == 1 &&
                sets(i - all_methods.size()).size() == 1) {
                changes_[i] = changes(i);
            }
        });
    }

    std::size_t wards() const { return which_.size(); }
    /// Entry `i` stands for method i % methods at origin i / methods, here and below.
    geo::SquareMetres covered(std::size_t i) const {
        const auto& top = made_[i / all_methods.size()].wards;
        geo::SquareMetres sum;
        for (std::size_t w = 0; w < which_.size(); ++w) {
            if (std::find(top.begin(), top.end(), which_[w]) != top.end()) {
                sum = sum + covered_[i][w];
            }
        }
        return sum;
    }
    geo::SquareMetres of_top_wards(std::size_t origin) const {
        geo::SquareMetres sum;
        for (const WardIndex ward : made_[origin].wards) {
            sum = sum + wards_[ward].shape.area();
        }
        return sum;
    }
    /// Against the origin before; empty where there is nothing to compare.
    const std::vector<WardAreas>& by_ward(std::size_t i) const { return changes_[i]; }

  private:
    using ByWard = std::vector<geo::SquareMetres>;

    const std::vector<ZoneSet>& sets(std::size_t i) const {
        return made_[i / all_methods.size()].sets.at(i % all_methods.size());
    }

    ByWard mean_covered(const std::vector<ZoneSet>& sets) const {
        ByWard mean(which_.size());
        for (const ZoneSet& set : sets) {
            const ByWard areas = areas_covered(wards_, which_, shapes_of(set));
            for (std::size_t w = 0; w < which_.size(); ++w) {
                mean[w] = mean[w] +
                          geo::SquareMetres(areas[w].value() / static_cast<double>(sets.size()));
            }
        }
        return mean;
    }

    std::vector<WardAreas> changes(std::size_t i) const {
        const std::size_t before = i - all_methods.size();
        const ZoneSet either = united(sets(before).front(), sets(i).front());
        const ByWard ever = areas_covered(wards_, which_, shapes_of(either));
        std::vector<WardAreas> areas;
        for (std::size_t w = 0; w < which_.size(); ++w) {
            const double kept =
                covered_[before][w].value() + covered_[i][w].value() - ever[w].value();
            areas.push_back({geo::SquareMetres(std::max(0.0, kept)), ever[w]});
        }
        return areas;
    }

    std::span<const Ward> wards_;
    const std::vector<OriginZones>& made_;
    std::vector<WardIndex> which_;
    std::vector<ByWard> covered_;
    std::vector<std::vector<WardAreas>> changes_;
};

std::vector<Entry> entries_of(const std::vector<OriginZones>& made, const Areas& areas) {
    std::vector<Entry> entries;
    for (std::size_t o = 0; o < made.size(); ++o) {
        unsigned first = 0;
        for (std::size_t m = 0; m < all_methods.size(); ++m) {
            const std::size_t i = entries.size();
            const auto sets = static_cast<unsigned>(made[o].sets.at(m).size());
            entries.push_back({.first_set = first,
                               .sets = sets,
                               .covered = areas.covered(i),
                               .area = areas.of_top_wards(o),
                               .by_ward = areas.by_ward(i)});
            first += sets;
        }
    }
    return entries;
}

Contest contest_of(std::span<const Ward> wards, const IncidentTable& raw,
                   const BacktestOptions& options, const std::vector<OriginZones>& made) {
    const Areas areas(wards, made, options.making.hotspots.selection.threads);
    return {.cast = cast_of(raw.incidents, options.origins, made, wards.size()),
            .methods = all_methods.size(),
            .hindsight = static_cast<std::size_t>(
                std::find(all_methods.begin(), all_methods.end(), Method::hindsight) -
                all_methods.begin()),
            .entries = entries_of(made, areas),
            .wards = areas.wards()};
}

std::size_t zones_in(const std::vector<ZoneSet>& sets) {
    return sets.empty() ? 0 : sets.front().discs.size() + sets.front().cells.size();
}

OriginScore pooled_frame(const std::vector<OriginScore>& origins) {
    OriginScore pooled;
    if (!origins.empty()) {
        pooled.origin = {{origins.front().origin.training.from, origins.back().origin.training.to},
                         {origins.front().origin.test.from, origins.back().origin.test.to}};
    }
    for (const OriginScore& origin : origins) {
        pooled.wards += origin.wards;
    }
    return pooled;
}

/// The scores of one row of the contest: an origin, or all together.
class Scores {
  public:
    Scores(const Contest& contest, const BootstrapOptions& options)
        : methods_(contest.methods), sums_(tallies(contest)),
          estimates_(estimates(contest, options)) {}

    MethodScore of(std::size_t row, std::size_t method) const {
        const std::size_t i = row * methods_ + method;
        return {.method = all_methods.at(method), .tally = sums_[i], .estimates = estimates_[i]};
    }

  private:
    std::size_t methods_;
    std::vector<Tally> sums_;
    std::vector<Estimates> estimates_;
};

OriginScore score_of(const Scores& scores, std::size_t row, const Origin& origin,
                     const OriginZones& made) {
    OriginScore result{origin, made.wards.size(), {}};
    for (std::size_t m = 0; m < all_methods.size(); ++m) {
        if (!made.sets.at(m).empty()) {
            result.methods.push_back(scores.of(row, m));
            result.methods.back().zones = zones_in(made.sets.at(m));
            result.methods.back().sets = made.sets.at(m);
        }
    }
    return result;
}

OriginScore pooled_score(const Scores& scores, const std::vector<OriginScore>& origins) {
    OriginScore pooled = pooled_frame(origins);
    for (std::size_t m = 0; m < all_methods.size(); ++m) {
        MethodScore score = scores.of(origins.size(), m);
        std::size_t scored = 0;
        for (const OriginScore& origin : origins) {
            for (const MethodScore& one : origin.methods) {
                if (one.method == score.method) {
                    score.zones += one.zones;
                    ++scored;
                }
            }
        }
        if (scored == origins.size()) {
            pooled.methods.push_back(std::move(score));
        }
    }
    return pooled;
}

} // namespace

Backtest run_backtest(std::span<const Ward> wards, const IncidentTable& raw,
                      const BacktestOptions& options) {
    std::vector<OriginZones> made;
    for (const Origin& origin : options.origins) {
        made.push_back(make_zones(wards, raw, origin, options.making));
    }
    const Scores scores(contest_of(wards, raw, options, made),
                        {.resamples = options.resamples,
                         .seed = options.making.seed,
                         .threads = options.making.hotspots.selection.threads});
    Backtest result;
    for (std::size_t o = 0; o < made.size(); ++o) {
        result.origins.push_back(score_of(scores, o, options.origins[o], made[o]));
    }
    result.pooled = pooled_score(scores, result.origins);
    return result;
}

} // namespace cluster
