#pragma once

#include "cluster/incident.hpp"
#include "geo/time_text.hpp"
#include "geo/time_zone.hpp"
#include "io/field_mapping.hpp"

#include <cstdint>
#include <string_view>

namespace io {

/// How far the times of a row got.
enum class DateText : std::uint8_t { given, missing, reversed, unreadable };

/// The texts of a row's time columns; "" where there is no such column.
struct TimeTexts {
    std::string_view from;
    std::string_view from_time;
    std::string_view to;
    std::string_view to_time;
};

/// When a row says it happened.
struct RowTime {
    DateText state = DateText::missing;
    geo::TimeSpan
        when; ///< where `state` is given or reversed; then `from` is the start that was read
    cluster::TimePrecision precision = cluster::TimePrecision::span;
    Field column = Field::from; ///< the column at fault where `state` is not given
};

/// Puts a row's time together.
///
/// From and to make [from, to), at least a minute; an end that names a day or month runs to the end
/// of it. A start alone is a minute, its day or its month; so is an end alone. A time without a
/// date is no date.
RowTime read_row_time(const TimeTexts& texts, const geo::TimeZone& zone,
                      geo::DateOrder order = geo::DateOrder::day_first);

} // namespace io
