// oracle_gap --incidents FILE --wards FILE [option of `patrolzones zones`]...: how far the zones of
// each ward are from the best ones known, as a Markdown table. One ward at a time, as if it were
// alone in the force.

#include "cli/parse.hpp"
#include "cli/steps.hpp"
#include "geo/error.hpp"
#include "tests/oracle/gap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace {

struct Column {
    std::string name;
    cluster::Effort effort = cluster::Effort::normal;
};

std::vector<Column> columns() {
    return {{"fast", cluster::Effort::fast},
            {"normal", cluster::Effort::normal},
            {"thorough", cluster::Effort::thorough}};
}

std::string percent(double share) {
    return fmt::format("{:.2f} %", 100 * std::max(0.0, share) + 0.0);
}

void print_table(const std::vector<std::string>& names, const std::vector<std::size_t>& sites,
                 const std::vector<std::vector<oracle::Gap>>& gaps) {
    std::cout << "| ward | sites | candidates | best known | bound above it |";
    for (const Column& column : columns()) {
        std::cout << " " << column.name << " |";
    }
    std::cout << "\n|---|--:|--:|--:|--:|--:|--:|--:|\n";
    std::vector<double> sums(columns().size());
    std::vector<double> worst(columns().size());
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const oracle::Gap& any = gaps[i].front();
        std::cout << fmt::format(
            "| {} | {} | {} | {:.3f} | {} |", names[i], sites[i], any.candidates, any.oracle,
            any.proven() ? "proven" : percent((any.bound - any.oracle) / any.oracle));
        for (std::size_t k = 0; k < gaps[i].size(); ++k) {
            const double share = gaps[i][k].share();
            std::cout << fmt::format(" {} |", percent(share));
            sums[k] += share;
            worst[k] = std::max(worst[k], share);
        }
        std::cout << "\n" << std::flush;
    }
    for (const auto& [name, values] : {std::pair{"mean", &sums}, std::pair{"worst", &worst}}) {
        std::cout << fmt::format("| **{}** | | | | |", name);
        const double parts =
            values == &sums ? static_cast<double>(std::max<std::size_t>(1, gaps.size())) : 1;
        for (const double value : *values) {
            std::cout << fmt::format(" {} |", percent(value / parts));
        }
        std::cout << "\n";
    }
}

void run(const std::vector<std::string>& words) {
    const cli::Parsed parsed = cli::parse(words);
    if (const auto* text = std::get_if<std::string>(&parsed)) {
        std::cout << *text;
        return;
    }
    const cli::Settings& settings = std::get<cli::Call>(parsed).settings;
    const geo::TimeZone time_zone(settings.time_zone);
    cli::Stopwatch watch;
    cli::Evidence evidence = cli::read_evidence(settings, time_zone, watch);
    cli::weigh_incidents(settings, time_zone, evidence);
    const auto& wards = evidence.wards.wards;
    const auto ranking =
        cluster::rank_wards(wards, evidence.incidents.table.incidents, settings.hotspots.rank_by);
    const auto top = cluster::top_wards(ranking, settings.hotspots.top_wards);
    const auto sites =
        cluster::forecast_sites(evidence.incidents.table, wards.size(), settings.hotspots.forecast);
    std::vector<cluster::SelectionOptions> options;
    for (const Column& column : columns()) {
        options.push_back(settings.hotspots.selection);
        options.back().effort = column.effort;
        options.back().max_zones.reset();
    }
    std::vector<std::string> names;
    std::vector<std::size_t> counts;
    for (const cluster::RankedWard& ward : top) {
        names.push_back(wards[ward.ward].name);
        counts.push_back(sites[ward.ward].size());
    }
    print_table(names, counts, oracle::gaps(wards, top, sites, options));
}

} // namespace

int main(int count, char** arguments) {
    std::vector<std::string> words{"zones"};
    words.insert(words.end(), arguments + 1, arguments + count);
    try {
        run(words);
    } catch (const std::exception& error) {
        std::cerr << "oracle_gap: " << error.what() << "\n";
        return 1;
    }
}
