#pragma once

#include "geo/time_zone.hpp"
#include "samples/county/map.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace county {

/// What a row of the export is, and with it what a reader has to make of it.
enum class Kind {
    plain, ///< serious violence with nothing wrong
    not_serious,
    second_offence, ///< a further offence of an incident that has a row already
    // Left out.
    no_coordinates,
    zero_coordinates,
    swapped_axes,
    lonlat_in_grid,
    outside_county,
    no_date,
    future_date,
    to_before_from,
    duplicate,
    cancelled,
    unreadable_easting,
    unreadable_date,
    // Used, with a doubt or after cleaning.
    rounded,
    headquarters,
    old_ward_name,
    thousands_separator,
};

/// `swapped-axes`: the name of a kind in rows.csv.
std::string_view name(Kind kind);

/// A row of the police export, every field as it is written.
struct Row {
    std::string reference;
    std::string ho_class;
    std::string offence;
    std::string from_date;
    std::string from_time;
    std::string to_date;
    std::string to_time;
    std::string easting;
    std::string northing;
    std::string ward;
    std::string location;
    std::string domestic;
    std::string location_type;
    std::string status;
    // What is not written.
    Kind kind = Kind::plain;
    geo::WallTime from{}; ///< when it began; rows are in this order
    Spot spot;            ///< where its street has it
    std::size_t street = 0;
};

/// The first day of the export and the day after its last: three years, 2023-11-01 to 2026-10-31.
geo::Day first_day();
geo::Day day_after();

/// Three years of recorded violence and other crime in `county`, in order of time, each defect a
/// fixed number of times.
std::vector<Row> make_rows(const County& county, std::uint64_t seed);

/// `14/06/2024`.
std::string date_text(geo::Day day);

} // namespace county
