#pragma once

#include "geo/point.hpp"
#include "geo/time_zone.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace cluster {

/// Position of a ward in the list of wards in force. Wards are kept in the order of their codes.
using WardIndex = std::uint32_t;

/// How much a record says about when it happened.
enum class TimePrecision : std::uint8_t {
    span,  ///< from and to, or one instant
    day,   ///< the day only
    month, ///< the month only: says nothing of weekday or hour
};

/// One serious-violence incident that counts: placed on the grid, in a ward, within the window.
struct Incident {
    geo::GridPoint place;
    geo::TimeSpan when; ///< [from, to): all the record leaves open
    double weight = 1;  ///< its share of every sum of weights; positive
    WardIndex ward = 0;
    std::uint32_t location = no_text; ///< index into IncidentTable::locations, or no_text
    std::uint16_t offence = 0;        ///< index into IncidentTable::offences
    TimePrecision precision = TimePrecision::span;

    static constexpr std::uint32_t no_text = std::numeric_limits<std::uint32_t>::max();
};

/// Another recorded crime in a ward and the window, not serious violence: the baseline that
/// evidence compares with.
struct BaselineCrime {
    geo::GridPoint place;
    geo::TimeSpan when; ///< all the record leaves open
    WardIndex ward = 0;
    bool lends = true; ///< may lend strength to the forecast: patrols do not generate it
};

/// All that analysis sees of the incident files. Holds no references, addresses or free text beyond
/// the public location texts that name a zone.
struct IncidentTable {
    std::vector<Incident> incidents;     ///< in the order of the files and their rows
    std::vector<BaselineCrime> baseline; ///< likewise
    std::vector<std::string> offences;   ///< distinct offence labels
    std::vector<std::string> locations;  ///< distinct location texts
    std::uint32_t month_only = 0;        ///< incidents with month precision
};

} // namespace cluster
