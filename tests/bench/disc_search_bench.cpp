// The best disc in a ward of 4 x 4 km: branch and bound beside the plain sweep, on clustered
// incidents that stand at places of their own and on incidents snapped to 400 points. The goals: at
// 30,000 at least 100 times faster than the sweep, at 300,000 about two seconds.

#include "cluster/angular_sweep.hpp"
#include "cluster/disc_search.hpp"
#include "samples/county/random.hpp"

#include <benchmark/benchmark.h>

#include <vector>

namespace {

constexpr int side = 4'000'000; // millimetres

geo::GridPoint place_near(const geo::GridPoint& middle, int spread, county::Random& random) {
    return geo::GridPoint::at_millimetres(
        middle.easting_mm() + random.between(-spread, spread) + random.between(-spread, spread),
        middle.northing_mm() + random.between(-spread, spread) + random.between(-spread, spread));
}

geo::GridPoint anywhere(county::Random& random) {
    return geo::GridPoint::at_millimetres(random.between(0, side), random.between(0, side));
}

std::vector<cluster::Incident> clustered(std::size_t count) {
    county::Random random(7);
    std::vector<geo::GridPoint> middles(12);
    for (geo::GridPoint& middle : middles) {
        middle = anywhere(random);
    }
    std::vector<cluster::Incident> incidents(count);
    for (cluster::Incident& incident : incidents) {
        incident.place = random.in_hundred(60)
                             ? place_near(middles[random.below(12)], 300'000, random)
                             : anywhere(random);
    }
    return incidents;
}

std::vector<cluster::Incident> snapped(std::size_t count) {
    const std::vector<cluster::Incident> points = clustered(400);
    county::Random random(8);
    std::vector<cluster::Incident> incidents(count);
    for (cluster::Incident& incident : incidents) {
        incident.place = points[random.below(400)].place;
    }
    return incidents;
}

geo::Polygon ward() {
    return geo::Polygon::from_wkt(
        "POLYGON ((-1000 -1000, 5000 -1000, 5000 5000, -1000 5000, -1000 -1000))");
}

void search(benchmark::State& state, const std::vector<cluster::Incident>& incidents) {
    for (auto _ : state) {
        const cluster::DiscSearch search(cluster::sites_of(incidents), ward());
        benchmark::DoNotOptimize(search.best({}, {}));
    }
}

void disc_search_clustered(benchmark::State& state) {
    search(state, clustered(static_cast<std::size_t>(state.range(0))));
}

void disc_search_snapped(benchmark::State& state) {
    search(state, snapped(static_cast<std::size_t>(state.range(0))));
}

void plain_sweep_clustered(benchmark::State& state) {
    const auto incidents = clustered(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            cluster::heaviest_disc(cluster::sites_of(incidents), geo::Metres(200)));
    }
}

BENCHMARK(disc_search_clustered)
    ->Arg(1'000)
    ->Arg(3'000)
    ->Arg(30'000)
    ->Arg(300'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(disc_search_snapped)->Arg(30'000)->Arg(300'000)->Unit(benchmark::kMillisecond);
BENCHMARK(plain_sweep_clustered)
    ->Arg(1'000)
    ->Arg(3'000)
    ->Arg(30'000)
    ->Unit(benchmark::kMillisecond);

} // namespace
