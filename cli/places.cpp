#include "cli/places.hpp"

#include "geo/error.hpp"
#include "io/travel_reader.hpp"
#include "io/words.hpp"
#include "schedule/travel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace cli {

namespace {

using schedule::Place;

bool is_called(const Place& place, const std::string& name) {
    return io::same_word(name, place.zone.text()) || io::same_word(name, place.ward_code) ||
           io::same_word(name, place.ward_name);
}

/// A warning where none of the places has the name.
void warn_of_nothing(const std::string& option, const std::string& name,
                     const std::vector<Place>& places, std::vector<std::string>& warnings) {
    if (std::none_of(places.begin(), places.end(),
                     [&](const Place& place) { return is_called(place, name); })) {
        std::vector<std::string> known;
        for (const Place& place : places) {
            known.insert(known.end(), {place.zone.text(), place.ward_code, place.ward_name});
        }
        const std::string nearest = geo::nearest_word(name, known);
        warnings.push_back(fmt::format("--{}: '{}' is no zone and no ward with a zone{}", option,
                                       name,
                                       nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
    }
}

double expected_in(const Place& place) {
    return std::accumulate(place.risk.begin(), place.risk.end(), 0.0);
}

void wish(const WantedVisits& wanted, std::vector<Place>& places) {
    double all = 0;
    for (const Place& place : places) {
        all += expected_in(place);
    }
    for (Place& place : places) {
        const double share =
            all > 0 ? expected_in(place) * static_cast<double>(places.size()) / all : 1;
        place.wanted_a_week = wanted.a_week * (wanted.by == WantedVisits::By::weight ? share : 1);
    }
    for (const std::string& word : wanted.of_zones) {
        const std::size_t equals = word.rfind('=');
        const std::string name = word.substr(0, equals);
        for (Place& place : places) {
            if (is_called(place, name)) {
                place.wanted_a_week = io::number_of(word.substr(equals + 1)).value_or(0);
            }
        }
    }
}

/// Ends of ways that no zone and no base has.
std::string strange_ends(const std::vector<schedule::Way>& ways, const schedule::Problem& problem) {
    std::set<std::string> known;
    for (const Place& place : problem.places) {
        known.insert(place.zone.text());
    }
    for (const schedule::Unit& unit : problem.units) {
        known.insert(unit.base_name.empty() ? unit.name.text() : unit.base_name);
    }
    std::set<std::string> strange;
    for (const schedule::Way& way : ways) {
        for (const std::string& end : {way.from, way.to}) {
            if (!known.contains(end)) {
                strange.insert(end);
            }
        }
    }
    return strange.empty()
               ? ""
               : fmt::format("{} name{} no zone of the plan and no base, '{}' for one",
                             strange.size(), strange.size() == 1 ? "" : "s", *strange.begin());
}

} // namespace

ChosenPlaces choose_places(const Settings& settings, std::vector<Place> places) {
    ChosenPlaces chosen;
    for (const std::string& name : settings.leave_out_zones) {
        warn_of_nothing("leave-out-zones", name, places, chosen.warnings);
    }
    for (const std::string& word : settings.wanted.of_zones) {
        warn_of_nothing("wanted-zones", word.substr(0, word.rfind('=')), places, chosen.warnings);
    }
    std::erase_if(places, [&](const Place& place) {
        return std::any_of(settings.leave_out_zones.begin(), settings.leave_out_zones.end(),
                           [&](const std::string& name) { return is_called(place, name); });
    });
    wish(settings.wanted, places);
    chosen.places = std::move(places);
    return chosen;
}

ReadWays read_ways(const Settings& settings, const schedule::Problem& problem) {
    ReadWays read;
    if (!settings.travel) {
        return read;
    }
    read.ways = io::read_travel(*settings.travel);
    schedule::Problem with_ways = problem;
    with_ways.travel = read.ways;
    const std::size_t missing = schedule::unmeasured_ways(with_ways);
    if (missing > 0) {
        read.warnings.push_back(
            fmt::format("{}: {} way{} between zones or from a base {} not in it; the straight line "
                        "x {} at the unit's speed serves",
                        *settings.travel, missing, missing == 1 ? "" : "s",
                        missing == 1 ? "is" : "are", schedule::detour_factor));
    }
    if (const std::string strange = strange_ends(read.ways, problem); !strange.empty()) {
        read.warnings.push_back(fmt::format("{}: {}", *settings.travel, strange));
    }
    return read;
}

} // namespace cli
