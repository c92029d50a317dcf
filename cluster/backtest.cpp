// Rolling-origin evaluation (Tashman 2000): the zones of every origin are made from the past alone
// and scored on the future, by the measures of cluster/accuracy.

#include "cluster/backtest.hpp"

#include "cluster/baselines.hpp"
#include "cluster/neighbour_index.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <numeric>

namespace cluster {

namespace {

bool lies_in(const geo::TimeSpan& when, const geo::TimeSpan& span) {
    return when.from >= span.from && when.to <= span.to;
}

Role role_of(const Incident& incident, const Origin& origin) {
    if (lies_in(incident.when, origin.training)) {
        return Role::training;
    }
    return lies_in(incident.when, origin.test) ? Role::test : Role::none;
}

/// What an origin has made: the wards and the zone sets of each method, in the order of
/// all_methods.
struct Made {
    std::vector<WardIndex> wards;
    std::array<std::vector<ZoneSet>, all_methods.size()> sets;
    std::array<std::vector<geo::Polygon>, all_methods.size()> shapes; ///< of the only set
    std::array<geo::SquareMetres, all_methods.size()> covered;
    geo::SquareMetres area;
};

IncidentTable training_table(const IncidentTable& raw, const BacktestOptions& options,
                             const geo::TimeSpan& span) {
    IncidentTable table = part_of(raw, span);
    Weighting weighting = options.weighting;
    weighting.recency.as_of = span.to;
    weigh(table.incidents, weighting);
    return table;
}

class OriginMaker {
  public:
    OriginMaker(std::span<const Ward> wards, const IncidentTable& raw,
                const BacktestOptions& options, const Origin& origin)
        : wards_(wards), raw_(raw), options_(options), origin_(origin), hotspots_(options.hotspots),
          training_(training_table(raw, options, origin.training)) {
        hotspots_.forecast.recency = options.weighting.recency;
        hotspots_.forecast.recency.as_of = origin.training.to;
    }

    Made make() {
        const Hotspots found = find_hotspots(wards_, training_, hotspots_);
        quotas_ = quotas_of(found.top(), found.discs);
        Made made;
        for (const RankedWard& ward : found.top()) {
            made.wards.push_back(ward.ward);
            made.area = made.area + wards_[ward.ward].shape.area();
        }
        hotspots_.selection.threads = 1; // methods run side by side from here
        geo::parallel_for(all_methods.size(), options_.hotspots.selection.threads,
                          [&](std::size_t m) {
                              made.sets[m] = all_methods[m] == Method::zones
                                                 ? std::vector{ZoneSet{.discs = found.discs}}
                                                 : sets_of(all_methods[m]);
                              measure(made, m);
                          });
        return made;
    }

  private:
    std::vector<ZoneSet> sets_of(Method method) const {
        switch (method) {
        case Method::zones:
            break;
        case Method::grid_150:
            return {heaviest_cells(ground_of(training_, {}), geo::Metres(150))};
        case Method::grid_300:
            return {heaviest_cells(ground_of(training_, {}), geo::Metres(300))};
        case Method::hindsight:
            return {optimal_discs(ground_of(part_of(raw_, origin_.test), {}), hotspots_.selection)};
        }
        return {};
    }

    Ground ground_of(const IncidentTable& table, const ForecastOptions& forecast) const {
        return {.wards = wards_,
                .quotas = quotas_,
                .sites = forecast_sites(table, wards_.size(), forecast),
                .separation = hotspots_.selection.separation};
    }

    void measure(Made& made, std::size_t method) const {
        double covered = 0;
        for (const ZoneSet& set : made.sets[method]) {
            made.shapes[method] = shapes_of(set);
            for (const geo::SquareMetres area :
                 areas_covered(wards_, made.wards, made.shapes[method])) {
                covered += area.value();
            }
        }
        const auto sets = static_cast<double>(made.sets[method].size());
        made.covered[method] = geo::SquareMetres(sets > 0 ? covered / sets : 0);
    }

    std::span<const Ward> wards_;
    const IncidentTable& raw_;
    const BacktestOptions& options_;
    const Origin& origin_;
    HotspotOptions hotspots_;
    IncidentTable training_;
    std::vector<WardQuota> quotas_;
};

/// For every site, which zone sets of an origin hold it.
std::vector<std::uint64_t> sets_holding(const Made& made, const NeighbourIndex& sites) {
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

std::vector<WardIndex> wards_of_any(const std::vector<Made>& made) {
    std::vector<WardIndex> wards;
    for (const Made& origin : made) {
        wards.insert(wards.end(), origin.wards.begin(), origin.wards.end());
    }
    std::sort(wards.begin(), wards.end());
    wards.erase(std::unique(wards.begin(), wards.end()), wards.end());
    return wards;
}

/// All incidents that are trained or tested on in a top ward of some origin.
Cast cast_of(const IncidentTable& raw, const std::vector<Origin>& origins,
             const std::vector<Made>& made, std::size_t ward_count) {
    const std::vector<Site> sites = sites_of(raw.incidents);
    const NeighbourIndex index(sites);
    std::vector<std::vector<std::uint64_t>> holding;
    std::vector<std::vector<char>> top;
    for (const Made& origin : made) {
        holding.push_back(sets_holding(origin, index));
        top.emplace_back(ward_count);
        for (const WardIndex ward : origin.wards) {
            top.back()[ward] = 1;
        }
    }
    Cast cast(origins.size());
    std::vector<Part> parts(origins.size());
    for (const Incident& incident : raw.incidents) {
        const auto site = static_cast<std::size_t>(
            std::lower_bound(
                sites.begin(), sites.end(), incident.place,
                [](const Site& s, const geo::GridPoint& place) { return s.place < place; }) -
            sites.begin());
        bool plays = false;
        for (std::size_t o = 0; o < origins.size(); ++o) {
            const Role role =
                top[o][incident.ward] != 0 ? role_of(incident, origins[o]) : Role::none;
            parts[o] = {role, role == Role::none ? 0 : holding[o][site]};
            plays = plays || role != Role::none;
        }
        if (plays) {
            cast.add(parts);
        }
    }
    return cast;
}

/// Areas kept and ever covered by two zone sets, ward by ward.
std::vector<WardAreas> changes(std::span<const Ward> wards, std::span<const WardIndex> which,
                               const std::vector<geo::Polygon>& before,
                               const std::vector<geo::Polygon>& now) {
    std::vector<geo::Polygon> both = before;
    both.insert(both.end(), now.begin(), now.end());
    const auto earlier = areas_covered(wards, which, before);
    const auto later = areas_covered(wards, which, now);
    const auto ever = areas_covered(wards, which, both);
    std::vector<WardAreas> areas;
    for (std::size_t w = 0; w < which.size(); ++w) {
        const double kept = earlier[w].value() + later[w].value() - ever[w].value();
        areas.push_back({geo::SquareMetres(std::max(0.0, kept)), ever[w]});
    }
    return areas;
}

std::vector<Entry> entries_of(const std::vector<Made>& made) {
    std::vector<Entry> entries;
    for (const Made& origin : made) {
        unsigned first = 0;
        for (std::size_t m = 0; m < all_methods.size(); ++m) {
            const auto sets = static_cast<unsigned>(origin.sets[m].size());
            entries.push_back({.first_set = first,
                               .sets = sets,
                               .covered = origin.covered[m],
                               .area = origin.area,
                               .by_ward = {}});
            first += sets;
        }
    }
    return entries;
}

Contest contest_of(std::span<const Ward> wards, const IncidentTable& raw,
                   const BacktestOptions& options, const std::vector<Made>& made) {
    const std::vector<WardIndex> which = wards_of_any(made);
    Contest contest{.cast = cast_of(raw, options.origins, made, wards.size()),
                    .methods = all_methods.size(),
                    .hindsight = static_cast<std::size_t>(
                        std::find(all_methods.begin(), all_methods.end(), Method::hindsight) -
                        all_methods.begin()),
                    .entries = entries_of(made),
                    .wards = which.size()};
    geo::parallel_for(
        contest.entries.size(), options.hotspots.selection.threads, [&](std::size_t i) {
            const std::size_t origin = i / contest.methods;
            const std::size_t method = i % contest.methods;
            if (origin > 0 && made[origin].sets[method].size() == 1 &&
                made[origin - 1].sets[method].size() == 1) {
                contest.entries[i].by_ward = changes(wards, which, made[origin - 1].shapes[method],
                                                     made[origin].shapes[method]);
            }
        });
    return contest;
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

/// Puts sums and intervals beside each other.
Backtest result_of(const BacktestOptions& options, const std::vector<Made>& made,
                   const Contest& contest) {
    const std::vector<Tally> sums = tallies(contest);
    const std::vector<Estimates> measures =
        estimates(contest, {.resamples = options.resamples,
                            .seed = options.seed,
                            .threads = options.hotspots.selection.threads});
    const auto score = [&](std::size_t row, std::size_t m, std::size_t zones) {
        const std::size_t i = row * contest.methods + m;
        return MethodScore{all_methods[m], zones, sums[i], measures[i]};
    };
    Backtest result;
    std::array<std::size_t, all_methods.size()> zones{};
    for (std::size_t o = 0; o < made.size(); ++o) {
        OriginScore origin{options.origins[o], made[o].wards.size(), {}};
        for (std::size_t m = 0; m < all_methods.size(); ++m) {
            if (!made[o].sets[m].empty()) {
                origin.methods.push_back(score(o, m, zones_in(made[o].sets[m])));
                zones[m] += zones_in(made[o].sets[m]);
            }
        }
        result.origins.push_back(std::move(origin));
    }
    result.pooled = pooled_frame(result.origins);
    for (std::size_t m = 0; m < all_methods.size(); ++m) {
        if (zones[m] > 0) {
            result.pooled.methods.push_back(score(made.size(), m, zones[m]));
        }
    }
    return result;
}

} // namespace

std::string_view code(Method method) {
    switch (method) {
    case Method::zones:
        return "zones";
    case Method::grid_150:
        return "grid_150";
    case Method::grid_300:
        return "grid_300";
    case Method::hindsight:
        return "hindsight";
    }
    return "";
}

IncidentTable part_of(const IncidentTable& table, const geo::TimeSpan& span) {
    IncidentTable part;
    part.offences = table.offences;
    part.locations = table.locations;
    const auto inside = [&](const auto& record) { return lies_in(record.when, span); };
    std::copy_if(table.incidents.begin(), table.incidents.end(), std::back_inserter(part.incidents),
                 inside);
    std::copy_if(table.baseline.begin(), table.baseline.end(), std::back_inserter(part.baseline),
                 inside);
    part.month_only = static_cast<std::uint32_t>(
        std::count_if(part.incidents.begin(), part.incidents.end(),
                      [](const Incident& i) { return i.precision == TimePrecision::month; }));
    return part;
}

Backtest run_backtest(std::span<const Ward> wards, const IncidentTable& raw,
                      const BacktestOptions& options) {
    std::vector<Made> made;
    for (const Origin& origin : options.origins) {
        made.push_back(OriginMaker(wards, raw, options, origin).make());
    }
    return result_of(options, made, contest_of(wards, raw, options, made));
}

} // namespace cluster
