#include "io/issue_log.hpp"

#include <array>

namespace io {

namespace {

struct ReasonText {
    std::string_view code;
    std::string_view meaning;
};

constexpr std::array<ReasonText, 19> texts{{
    {"not-serious", "the offence is not in the definition of serious violence"},
    {"domestic", "the domestic marker is one to be left out"},
    {"location-type", "the type of location is one to be left out"},
    {"outside-window", "the date lies outside the window"},
    {"no-coordinates", "the coordinates are empty"},
    {"zero-coordinates", "the coordinates are 0, 0"},
    {"axes-swapped",
     "the coordinates stand in each other's columns, or longitude and latitude in grid columns"},
    {"outside-area", "the place lies in none of the wards"},
    {"excluded-place", "the place lies at one of the excluded places"},
    {"no-date", "the date is empty"},
    {"future-date", "the date lies in the future"},
    {"to-before-from", "the end of the time lies before its start"},
    {"duplicate", "the same reference, offence, place and date as an earlier row"},
    {"same-incident", "another row of an incident that is already counted"},
    {"cancelled", "the status says cancelled or no crime"},
    {"unreadable", "a coordinate, date or row could not be read"},
    {"rounded-coordinates", "the coordinates are rounded to 100 m or more"},
    {"stacked-point", "improbably many incidents stand on one point"},
    {"ward-disagrees", "the ward column names another ward than the one that holds the point"},
}};

} // namespace

std::string_view code(Reason reason) {
    return texts[static_cast<std::size_t>(reason)].code;
}

std::string_view meaning(Reason reason) {
    return texts[static_cast<std::size_t>(reason)].meaning;
}

std::string_view code(Action action) {
    return action == Action::left_out ? "left out" : "used";
}

Action action(Reason reason) {
    return reason < Reason::rounded_coordinates ? Action::left_out : Action::used;
}

} // namespace io
