#pragma once

#include "geo/time_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// The columns of an incident file, as configured under `[incidents]`; those left out are
/// recognised by their names.
struct IncidentColumns {
    std::optional<std::string> x;   ///< easting or longitude
    std::optional<std::string> y;   ///< northing or latitude
    std::optional<std::string> crs; ///< of the coordinates, not a column: "EPSG:27700"
    geo::DateOrder date_order = geo::DateOrder::day_first; ///< of dates such as 03/04/2024
    std::optional<std::string> from;                       ///< start, date with or without time
    std::optional<std::string> from_date;                  ///< start, where date and time are apart
    std::optional<std::string> from_time;
    std::optional<std::string> to; ///< end, date with or without time
    std::optional<std::string> to_date;
    std::optional<std::string> to_time;
    std::optional<std::string> offence;
    std::optional<std::string>
        location; ///< text that may name a zone: configure it only if it may be published
    std::optional<std::string> weight;
    std::optional<std::string> reference;
    std::optional<std::string> status;
    std::optional<std::string> ward; ///< code or name, compared with the polygons
    std::optional<std::string> domestic;
    std::optional<std::string> location_type;
};

/// What a column can serve for.
enum class Field : std::uint8_t {
    x,
    y,
    from,
    from_time,
    to,
    to_time,
    offence,
    location,
    weight,
    reference,
    status,
    ward,
    domestic,
    location_type,
};
inline constexpr std::size_t field_count = 14;

/// The configuration key of a field: "from_time".
std::string_view key(Field field);

/// What the coordinate columns hold, as far as their names say.
enum class CoordinateKind {
    none,    ///< no coordinate columns
    lon_lat, ///< longitude and latitude
    grid,    ///< easting and northing
    unnamed, ///< "X" and "Y", or configured: the values tell
};

/// Which column serves for what in one table.
struct FieldMapping {
    std::array<std::optional<std::size_t>, field_count>
        column; ///< position of the column, by Field
    CoordinateKind coordinates = CoordinateKind::none;
    bool data_police_uk = false; ///< the table has the columns of a data.police.uk street file

    std::optional<std::size_t> operator[](Field field) const {
        return column[static_cast<std::size_t>(field)];
    }
};

/// Which pair of columns wins where a table has both.
enum class CoordinatePreference { grid, lon_lat };

/// Finds the column for each field: the configured one, else by name, ignoring letter case and
/// punctuation.
///
/// `location` and `weight` are never recognised by name (an address must not slip out), except in
/// data.police.uk files, whose locations are public. \throws geo::Error (usage) if a configured
/// column is not in the table, naming the nearest that is.
FieldMapping map_fields(std::span<const std::string> columns, const IncidentColumns& configured,
                        CoordinatePreference preference);

/// A column name reduced to its lower-case letters and digits: "Committed From (Date)" is
/// "committedfromdate".
std::string plain_name(std::string_view column);

} // namespace io
