// greedy_by_ward POINTS ROUNDS --incidents FILE --wards FILE [option of `patrolzones zones`]...:
// the exact greedy discs of each ward that gets zones, timed alone (index and search, one thread),
// and the points it worked on written to POINTS as ward,x,y,weight, one row a site. Prints
// ward,incidents,sites,seconds (the median of the rounds).

#include "cli/parse.hpp"
#include "cli/steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>

namespace {

using Sites = std::vector<std::vector<cluster::Site>>;

/// Seconds of one ward's discs, as if it were alone in the force.
double seconds(const std::vector<cluster::Ward>& wards, const cluster::RankedWard& ward,
               const Sites& sites, const cluster::SelectionOptions& options) {
    Sites own(sites.size());
    own[ward.ward] = sites[ward.ward];
    const auto begun = std::chrono::steady_clock::now();
    cluster::choose_discs(wards, {&ward, 1}, std::move(own), options);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double median_seconds(const std::vector<cluster::Ward>& wards, const cluster::RankedWard& ward,
                      const Sites& sites, const cluster::SelectionOptions& options,
                      unsigned rounds) {
    std::vector<double> times;
    for (unsigned i = 0; i < rounds; ++i) {
        times.push_back(seconds(wards, ward, sites, options));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void run(const std::string& points_path, unsigned rounds, const std::vector<std::string>& words) {
    const cli::Parsed parsed = cli::parse(words);
    const cli::Settings& settings = std::get<cli::Call>(parsed).settings;
    const geo::TimeZone time_zone(settings.time_zone);
    cli::Stopwatch watch;
    cli::Evidence evidence = cli::read_evidence(settings, time_zone, watch);
    cli::weigh_incidents(settings, time_zone, evidence);
    const auto& wards = evidence.wards.wards;
    const auto& table = evidence.incidents.table;
    const auto ranking = cluster::rank_wards(wards, table.incidents, settings.hotspots.rank_by);
    const Sites sites = cluster::forecast_sites(table, wards.size(), settings.hotspots.forecast);
    cluster::SelectionOptions options = settings.hotspots.selection;
    options.effort = cluster::Effort::fast;
    options.threads = 1;
    std::ofstream points(points_path);
    points << "ward,x,y,weight\n";
    std::cout << "ward,incidents,sites,seconds\n";
    for (const auto& ward : cluster::top_wards(ranking, settings.hotspots.top_wards)) {
        const std::string code = wards[ward.ward].code.text();
        for (const cluster::Site& site : sites[ward.ward]) {
            points << fmt::format("{},{:.3f},{:.3f},{:.6f}\n", code, site.place.easting().value(),
                                  site.place.northing().value(), site.weight.value());
        }
        std::cout << fmt::format("{},{},{},{:.9f}\n", code, ward.incidents, sites[ward.ward].size(),
                                 median_seconds(wards, ward, sites, options, rounds));
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::cerr << "greedy_by_ward POINTS ROUNDS [option of `patrolzones zones`]...\n";
        return 2;
    }
    std::vector<std::string> words{"zones"};
    words.insert(words.end(), arguments + 3, arguments + count);
    try {
        run(arguments[1], static_cast<unsigned>(std::stoul(arguments[2])), words);
    } catch (const std::exception& error) {
        std::cerr << "greedy_by_ward: " << error.what() << "\n";
        return 1;
    }
}
