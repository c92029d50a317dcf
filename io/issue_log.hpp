#pragma once

#include "geo/point.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// Why a row was left out or doubted. The first group is in the order of precedence: the first that
/// matches is given.
enum class Reason : std::uint8_t {
    not_serious,
    domestic,
    location_type,
    outside_window,
    no_coordinates,
    zero_coordinates,
    axes_swapped,
    outside_area,
    excluded_place,
    no_date,
    future_date,
    to_before_from,
    duplicate,
    same_incident,
    cancelled,
    unreadable,
    // doubts: the row is used
    rounded_coordinates,
    stacked_point,
    ward_disagrees,
};

enum class Action : std::uint8_t { left_out, used };

/// The code as it stands in issues.csv: "not-serious".
std::string_view code(Reason reason);
/// What the code means, for people: "the offence is not in the definition of serious violence".
std::string_view meaning(Reason reason);
/// "left out" or "used".
std::string_view code(Action action);
/// Whether rows with this reason are left out.
Action action(Reason reason);

/// One line of issues.csv. Holds no reference, address, free text or value.
struct Issue {
    std::uint32_t file = 0; ///< index into the list of incident files read
    std::uint64_t line = 0; ///< line in the file, the header being line 1; feature id where there
                            ///< are no lines; 0: the file as a whole
    std::string column;     ///< the column at fault, or ""
    Reason reason = Reason::unreadable;
    std::uint64_t rows = 1;
    std::optional<geo::GridPoint> place; ///< for the issues layer on request; never in issues.csv
};

} // namespace io
