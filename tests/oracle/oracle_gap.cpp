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

void print_header() {
    std::cout << "| ward | sites | candidates | best known | bound above it |";
    for (const Column& column : columns()) {
        std::cout << " " << column.name << " |";
    }
    std::cout << "\n|---|--:|--:|--:|--:|--:|--:|--:|\n";
}

void print_row(const std::string& name, std::size_t sites, const std::vector<oracle::Gap>& gaps) {
    const oracle::Gap& any = gaps.front();
    const std::string bound =
        any.proven() ? "proven" : percent((any.bound - any.oracle) / any.oracle);
    std::cout << fmt::format("| {} | {} | {} | {:.3f} | {} |", name, sites, any.candidates,
                             any.oracle, bound);
    for (const oracle::Gap& gap : gaps) {
        std::cout << fmt::format(" {} |", percent(gap.share()));
    }
    std::cout << "\n" << std::flush;
}

void print_sums(const std::vector<std::vector<oracle::Gap>>& gaps) {
    std::string means = "| **mean** | | | | |";
    std::string worsts = "| **worst** | | | | |";
    for (std::size_t k = 0; k < columns().size() && !gaps.empty(); ++k) {
        double sum = 0;
        double worst = 0;
        for (const std::vector<oracle::Gap>& of_ward : gaps) {
            sum += of_ward[k].share();
            worst = std::max(worst, of_ward[k].share());
        }
        means += fmt::format(" {} |", percent(sum / static_cast<double>(gaps.size())));
        worsts += fmt::format(" {} |", percent(worst));
    }
    std::cout << means << "\n" << worsts << "\n";
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
    print_header();
    std::vector<std::vector<oracle::Gap>> gaps;
    for (const cluster::RankedWard& ward : top) {
        gaps.push_back(oracle::gaps(wards, {&ward, 1}, sites, options).front());
        print_row(wards[ward.ward].name, sites[ward.ward].size(), gaps.back());
    }
    print_sums(gaps);
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
