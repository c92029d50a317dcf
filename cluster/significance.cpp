// The null models turn a ward into places with cases and a baseline; the scan does the rest.
//
// all_crime: each recorded crime, violence among it, is one unit of baseline, so that violence that
// merely follows people and shops is explained by them; which of the crimes are the violent ones is
// left to chance. locations: each distinct place is one unit, and may hold any number of cases.
// uniform: a grid of points stands for the ward's area, fine enough for the smallest window to hold
// some eighty of them.

#include "cluster/significance.hpp"

#include "cluster/by_ward.hpp"
#include "cluster/false_discovery.hpp"
#include "cluster/scan_statistic.hpp"
#include "geo/parallel.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace cluster {

namespace {

/// A stream for each ward, whichever wards there are beside it (FNV-1a of its code).
Chance::Stream stream_of(const WardCode& code) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : code.text()) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    return {hash};
}

/// Where the rows of a grid cross the edges of a ward: for each row its eastings, ascending, so
/// that the ward lies between the first and the second, the third and the fourth, and so on.
std::vector<std::vector<double>> rows_across(const geo::Polygon& shape, std::int64_t first,
                                             std::int64_t step) {
    const std::int64_t top = shape.bounds().high.northing_mm();
    std::vector<std::vector<double>> rows(
        top < first ? 0 : static_cast<std::size_t>((top - first) / step) + 1);
    for (const auto& [a, b] : shape.edges()) {
        const auto& [south, north] = std::minmax(a, b);
        const std::int64_t from = south.northing_mm();
        const std::int64_t height = north.northing_mm() - from;
        // A row through a corner meets the edge above it only.
        for (std::int64_t row = std::max<std::int64_t>(0, (from - first + step - 1) / step);
             first + row * step < from + height; ++row) {
            const double part =
                static_cast<double>(first + row * step - from) / static_cast<double>(height);
            rows[static_cast<std::size_t>(row)].push_back(
                static_cast<double>(south.easting_mm()) +
                part * static_cast<double>(north.easting_mm() - south.easting_mm()));
        }
    }
    for (std::vector<double>& row : rows) {
        std::sort(row.begin(), row.end());
    }
    return rows;
}

/// Points all over the ward, each for an equal part of it.
std::vector<ScanPlace> area_points(const geo::Polygon& shape, geo::Metres radius_min) {
    constexpr double most_points = 40000;
    const std::int64_t step = geo::whole_millimetres(geo::Metres(
        std::max(radius_min.value() / 5, std::sqrt(shape.area().value() / most_points))));
    const geo::GridPoint low = shape.bounds().low;
    const std::int64_t first_east = low.easting_mm() + step / 2;
    std::int64_t northing = low.northing_mm() + step / 2;
    std::vector<ScanPlace> points;
    for (const std::vector<double>& row : rows_across(shape, northing, step)) {
        for (std::size_t i = 0; i + 1 < row.size(); i += 2) {
            const double columns =
                std::ceil((row[i] - static_cast<double>(first_east)) / static_cast<double>(step));
            for (std::int64_t east = first_east + static_cast<std::int64_t>(columns) * step;
                 static_cast<double>(east) <= row[i + 1]; east += step) {
                points.push_back(
                    {.place = geo::GridPoint::at_millimetres(east, northing), .baseline = 1});
            }
        }
        northing += step;
    }
    return points;
}

std::vector<ScanPlace> distinct(std::vector<ScanPlace> places) {
    std::sort(places.begin(), places.end(),
              [](const ScanPlace& a, const ScanPlace& b) { return a.place < b.place; });
    std::vector<ScanPlace> kept;
    for (const ScanPlace& p : places) {
        if (kept.empty() || kept.back().place != p.place) {
            kept.push_back(p);
        } else {
            kept.back().cases += p.cases;
        }
    }
    return kept;
}

/// What the tests of all wards look at.
struct Force {
    std::span<const Ward> wards;
    const IncidentTable& table;
    ByWard incidents;
    ByWard other_crime;
    NullModel null;
};

std::vector<ScanPlace> places_of(const Force& force, WardIndex ward, geo::Metres radius_min) {
    const std::uint32_t each = force.null == NullModel::uniform ? 0 : 1;
    std::vector<ScanPlace> places;
    for (const std::uint32_t i : force.incidents.of(ward)) {
        places.push_back({force.table.incidents[i].place, 1, each});
    }
    if (force.null == NullModel::uniform) {
        const std::vector<ScanPlace> points = area_points(force.wards[ward].shape, radius_min);
        places.insert(places.end(), points.begin(), points.end());
        return places;
    }
    for (const std::uint32_t i : force.other_crime.of(ward)) {
        places.push_back({force.table.baseline[i].place, 0, each});
    }
    return force.null == NullModel::locations ? distinct(std::move(places)) : places;
}

} // namespace

NullModel usable(NullModel null, const IncidentTable& table) {
    return null == NullModel::all_crime && table.baseline.empty() ? NullModel::locations : null;
}

std::vector<Significance> test_zones(std::span<const Ward> wards, const IncidentTable& table,
                                     std::span<const ChosenDisc> discs,
                                     const SignificanceOptions& options) {
    std::vector<Significance> result(discs.size());
    if (options.replicates == 0) {
        return result;
    }
    const Force force{wards, table, ByWard(wards.size(), std::span(table.incidents)),
                      ByWard(wards.size(), std::span(table.baseline)), usable(options.null, table)};
    std::map<WardIndex, std::vector<std::size_t>> by_ward;
    for (std::size_t i = 0; i < discs.size(); ++i) {
        by_ward[discs[i].ward].push_back(i);
    }
    const std::vector<std::pair<WardIndex, std::vector<std::size_t>>> work(by_ward.begin(),
                                                                           by_ward.end());
    std::vector<std::optional<double>> p_values(discs.size());
    geo::expect(options.progress, work.size());
    geo::parallel_for(work.size(), options.threads, [&](std::size_t k) {
        const WardIndex ward = work[k].first;
        std::vector<Disc> zones;
        for (const std::size_t i : work[k].second) {
            zones.push_back(discs[i].disc);
        }
        const std::vector<ZoneTest> tests = scan_zones(
            places_of(force, ward, options.radius_min), zones,
            {.radius_min = options.radius_min,
             .radius_max = options.radius_max,
             .spread = force.null == NullModel::all_crime ? Spread::labels : Spread::draws,
             .replicates = options.replicates,
             .seed = options.seed,
             .stream = stream_of(wards[ward].code)});
        for (std::size_t z = 0; z < zones.size(); ++z) {
            p_values[work[k].second[z]] = tests[z].p_value;
        }
        geo::advance(options.progress, 1);
    });
    const std::vector<std::optional<double>> q = q_values(p_values);
    for (std::size_t i = 0; i < discs.size(); ++i) {
        result[i] = {p_values[i], q[i]};
    }
    return result;
}

} // namespace cluster
