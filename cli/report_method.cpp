#include "cli/report_method.hpp"

#include "cli/option_table.hpp"
#include "cli/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace cli {

namespace {

std::string what_counts(const Result& result) {
    const io::ReadIncidents& incidents = result.evidence->incidents;
    std::string text = fmt::format(
        "Serious violence is what the definition in force says ({}). {} incidents count: placed on "
        "the map, in a ward, within the dates. Every other row was left out for a reason that is "
        "counted below.",
        fmt::join(incidents.definitions, ", "), grouped(incidents.table.incidents.size()));
    if (incidents.definitions.empty()) {
        text = fmt::format("{} incidents count: placed on the map, in a ward, within the dates.",
                           grouped(incidents.table.incidents.size()));
    }
    if (incidents.locations_are_public) {
        text += " They come from data.police.uk, which moves every crime to one of about 750,000 "
                "map points and gives the month alone.";
    }
    return text;
}

std::string wards_ranked(const Settings& settings, const FoundZones& found) {
    const auto by = [&] {
        switch (settings.hotspots.rank_by) {
        case cluster::RankBy::weight:
            return "the weight of their incidents";
        case cluster::RankBy::count:
            return "the number of their incidents";
        case cluster::RankBy::density:
            return "their incidents to the square kilometre";
        }
        return "";
    };
    return fmt::format("Wards are ranked by {}; the first {} of {} are searched.", by(),
                       found.chosen_wards, found.ranking.size());
}

std::string recent_past(const Settings& settings) {
    std::string text;
    if (settings.half_life) {
        text += fmt::format(" What happened lately counts most: an incident counts half as much "
                            "for every {:.0f} months of its age.",
                            settings.half_life->count() / 30.4375);
    }
    if (settings.hotspots.forecast.borrowed > 0) {
        text += fmt::format(" Other recorded crime at the same places counts a little, too ({:g} "
                            "of an incident each), because violence follows it.",
                            settings.hotspots.forecast.borrowed);
    }
    return text;
}

std::string how_found(const Settings& settings, const FoundZones& found) {
    const cluster::SelectionOptions& options = settings.hotspots.selection;
    return fmt::format(
        "{} In each, the program looks for the circles of {:.0f} to {:.0f} m radius that hold most "
        "violence. It considers every centre, not only the squares of a grid. A ward gets {} {} "
        "zones, none with fewer than {} incidents, and no two zones overlap.{}",
        wards_ranked(settings, found), options.radius_min.value(), options.radius_max.value(),
        options.zone_count == cluster::ZoneCount::exactly ? "exactly" : "at most",
        options.zones_per_ward, options.min_incidents, recent_past(settings));
}

std::string evidence_text(const Result& result) {
    return fmt::format(
        "The share says how much of its ward's violence a zone holds. The prediction accuracy "
        "index (PAI) divides that share by the zone's share of the ward's area: 1 is no better "
        "than a pin in the map, and the ceiling is what it would be if the zone held all. The "
        "p-value says how often {} alone would make such a cluster somewhere in the ward; up to "
        "0.05, with all zones considered, is called clear. The 95 % interval says how far luck "
        "alone may have moved the count.",
        tested_against(result));
}

std::string how_planned(const Settings& settings) {
    const schedule::Rule& rule = settings.rule;
    return fmt::format(
        "A visit lasts {} minutes. From the end of one to the start of the next no more than {} "
        "hours may pass; the plan aims at {}. What time is left goes to the zones and hours with "
        "most violence. Days and times are drawn at random, so that nobody can wait for the patrol "
        "to leave: the seed is {}, and the same seed gives the same plan. A part of the program "
        "that shares nothing with the planner has checked every visit.",
        rule.visit.count(), rule.max_gap.count(), rule.plan_gap.count(), settings.plan.seed);
}

/// Numbers as short as they can be told.
std::string number_text(double number) {
    return fmt::format("{:.6g}", number);
}

struct ValueText {
    std::string operator()(std::monostate /*not set*/) const { return ""; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return number_text(value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::vector<std::string>& values) const {
        return fmt::format("{}", fmt::join(values, ", "));
    }
    std::string operator()(const std::vector<double>& values) const {
        std::string text;
        for (const double value : values) {
            text += (text.empty() ? "" : ", ") + number_text(value);
        }
        return text;
    }
};

bool shapes_the_result(const Option& option) {
    return option.words != Words::path && option.group != "Output";
}

/// For the force: with numbers.
std::vector<io::ReportParagraph> internal_method(const Result& result) {
    std::vector<io::ReportParagraph> method;
    if (result.evidence != nullptr) {
        method.push_back({"What counts", what_counts(result)});
    }
    if (result.found != nullptr) {
        method.push_back({"How zones were found", how_found(*result.settings, *result.found)});
        method.push_back({"What speaks for them", evidence_text(result)});
    }
    return method;
}

/// For partners: nothing that would narrow a count that is withheld.
std::vector<io::ReportParagraph> partner_method(const Result& result) {
    std::vector<io::ReportParagraph> method{
        {"What is not shown",
         "Counts under 5, and counts that would give one of them away; weights, shares and hours. "
         "How: docs/methods/disclosure.md of the program."}};
    if (result.found != nullptr) {
        const cluster::SelectionOptions& options = result.settings->hotspots.selection;
        method.push_back(
            {"How zones were found",
             fmt::format("In the wards with most serious violence the program looks for the "
                         "circles of {:.0f} to {:.0f} m radius that hold most of it. It considers "
                         "every centre, not only the squares of a grid; no two zones overlap.",
                         options.radius_min.value(), options.radius_max.value())});
        method.push_back({"What speaks for them", evidence_text(result)});
    }
    return method;
}

std::vector<io::ReportParagraph> public_method() {
    return {{"What is shown",
             "Incidents of serious violence recorded by the police, counted by ward and told in "
             "bands, so that nobody can be recognised."}};
}

} // namespace

std::vector<io::ReportParagraph> report_method(const Result& result) {
    const io::Audience audience = result.settings->audience;
    if (audience == io::Audience::everyone) {
        return public_method();
    }
    auto method =
        audience == io::Audience::internal ? internal_method(result) : partner_method(result);
    if (result.plan != nullptr) {
        method.push_back({"How the plan was made", how_planned(*result.settings)});
    }
    return method;
}

std::string tested_against(const Result& result) {
    switch (cluster::usable(result.settings->significance.null, result.evidence->incidents.table)) {
    case cluster::NullModel::all_crime:
        return "the ward's other recorded crime";
    case cluster::NullModel::locations:
        return "the number of its places with records";
    case cluster::NullModel::uniform:
        return "an even spread over the ward";
    }
    return "";
}

std::vector<io::ReportSetting> report_settings(const Result& result) {
    std::vector<io::ReportSetting> settings;
    for (const auto& [key, value] : told_options(*result.settings, result.command)) {
        const Option* option = option_by_key(key);
        std::string text = std::visit(ValueText(), value);
        if (option != nullptr && shapes_the_result(*option) && !text.empty()) {
            settings.push_back({key, std::move(text)});
        }
    }
    return settings;
}

} // namespace cli
