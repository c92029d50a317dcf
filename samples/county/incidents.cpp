#include "samples/county/incidents.hpp"

#include "samples/county/lonlat.hpp"
#include "samples/county/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>

namespace county {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr unsigned serious_incidents = 8'400;
constexpr unsigned other_crimes = 3'000;

// When each kind of street is violent: duty days (06:00 to 05:59), Monday first, and the hours
// after 06:00.
struct Rhythm {
    std::array<unsigned, 7> weekdays;
    std::array<unsigned, 24> hours;
};

const Rhythm& rhythm(StreetKind kind) {
    static const Rhythm nightlife{
        {3, 3, 4, 6, 18, 22, 7},
        {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 3, 5, 8, 12, 18, 24, 26, 22, 16, 9, 4, 1}};
    static const Rhythm shopping{
        {8, 8, 8, 9, 11, 14, 6},
        {0, 1, 3, 5, 7, 9, 11, 12, 14, 18, 17, 13, 9, 6, 4, 3, 2, 1, 1, 0, 0, 0, 0, 0}};
    static const Rhythm homes{{9, 8, 8, 9, 11, 13, 12}, {1, 2,  2,  2,  2,  3,  4, 4, 5, 7, 8, 8,
                                                         9, 10, 11, 11, 11, 10, 8, 5, 3, 2, 1, 1}};
    switch (kind) {
    case StreetKind::nightlife:
        return nightlife;
    case StreetKind::shopping:
        return shopping;
    case StreetKind::residential:
    case StreetKind::rural:
        break;
    }
    return homes;
}

constexpr std::array<unsigned, 12> seasons{8, 8, 9, 9, 10, 11, 12, 11, 10, 10, 9, 11};

struct Offence {
    const char* ho_class;
    const char* name;
    std::array<unsigned, 3> weights; // on nightlife, shopping, other streets
};

// Gravest first: a second offence of an incident is a lesser one.
constexpr std::array<Offence, 11> serious_offences{
    {{"1", "Murder", {1, 0, 2}},
     {"4.1", "Manslaughter", {1, 0, 1}},
     {"2", "Attempted murder", {2, 0, 2}},
     {"19C", "Rape of a female aged 16 and over", {18, 0, 30}},
     {"5D", "Assault with intent to cause serious harm", {110, 20, 80}},
     {"5E", "Endangering life", {8, 0, 14}},
     {"34A", "Robbery of business property", {2, 50, 6}},
     {"34B", "Robbery of personal property", {70, 300, 60}},
     {"8S", "Assault with injury on an emergency worker", {40, 10, 20}},
     {"8P", "Racially or religiously aggravated assault with injury", {20, 20, 12}},
     {"8N", "Assault with injury", {600, 200, 480}}}};

constexpr std::array<Offence, 7> other_offences{
    {{"105A", "Assault without injury", {60, 30, 60}},
     {"9A", "Public fear alarm or distress", {40, 30, 20}},
     {"46", "Theft from shops", {2, 160, 4}},
     {"58B", "Criminal damage to a building", {10, 10, 40}},
     {"39", "Theft from the person", {20, 30, 2}},
     {"92D", "Possession of controlled drugs", {30, 20, 20}},
     {"45", "Theft from a vehicle", {4, 10, 40}}}};

constexpr std::array<const char*, 4> statuses{"Undetected", "Charged", "Under investigation",
                                              "Cautioned"};
constexpr std::array<unsigned, 4> status_weights{70, 18, 9, 3};

std::size_t column(StreetKind kind) {
    return kind == StreetKind::nightlife ? 0 : kind == StreetKind::shopping ? 1 : 2;
}

template <typename Table>
std::size_t pick_offence(const Table& table, StreetKind kind, Random& random) {
    std::array<unsigned, std::tuple_size_v<Table>> weights{};
    std::transform(table.begin(), table.end(), weights.begin(),
                   [&](const Offence& offence) { return offence.weights.at(column(kind)); });
    return random.pick(weights);
}

geo::WallTime pick_start(StreetKind kind, Random& random) {
    const Rhythm& beat = rhythm(kind);
    const auto span = static_cast<unsigned>((day_after() - first_day()).count());
    for (;;) {
        const geo::Day day = first_day() + days(random.below(span));
        const std::chrono::year_month_day date(day);
        const bool kept = random.below(22) < beat.weekdays.at(geo::iso_weekday(day) - 1) &&
                          random.below(12) < seasons.at(unsigned{date.month()} - 1);
        if (!kept) {
            continue;
        }
        const auto hour = 6 + static_cast<int>(random.pick(beat.hours));
        const unsigned minute = random.in_hundred(70) ? 5 * random.below(12) : random.below(60);
        const geo::WallTime start = geo::WallTime(day) + hours(hour) + minutes(minute);
        if (start < geo::WallTime(day_after())) {
            return start;
        }
    }
}

std::string clock_text(geo::WallTime time) {
    const auto minute = std::chrono::floor<minutes>(time - std::chrono::floor<days>(time)).count();
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

// Nothing (no end known), a fight of minutes, hours not watched, or days away from home.
std::optional<minutes> pick_length(StreetKind kind, Random& random) {
    const bool at_home = column(kind) == 2;
    const unsigned roll = random.below(100);
    if (roll < 15) {
        return std::nullopt;
    }
    if (roll < (at_home ? 70U : 88U)) {
        return minutes(5 * random.below(7));
    }
    if (roll < 98) {
        return minutes(30 + 15 * static_cast<int>(random.below(36)));
    }
    return minutes(24 * 60 + static_cast<int>(random.below(4 * 24 * 60)));
}

void write_times(Row& row, std::optional<minutes> length) {
    row.from_date = date_text(std::chrono::floor<days>(row.from));
    row.from_time = clock_text(row.from);
    if (length) {
        const geo::WallTime to = row.from + *length;
        row.to_date = date_text(std::chrono::floor<days>(to));
        row.to_time = clock_text(to);
    }
}

std::string shouted(const std::string& text) {
    std::string loud;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool accent = text[i] == '\xC3'; // e acute in UTF-8; its capital is 0x20 lower
        loud += text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
        if (accent) {
            loud += static_cast<char>(text[++i] - 0x20);
        }
    }
    return loud;
}

const char* location_type(StreetKind kind, bool domestic, Random& random) {
    if (domestic) {
        return "Dwelling";
    }
    switch (kind) {
    case StreetKind::nightlife:
        return random.in_hundred(35) ? "Licensed premises" : "Street";
    case StreetKind::shopping:
        return random.in_hundred(40) ? "Shop" : "Street";
    case StreetKind::residential:
    case StreetKind::rural:
        break;
    }
    return random.in_hundred(30) ? "Dwelling" : "Street";
}

Row row_on(const County& county, std::size_t street_index, Random& random) {
    const Street& street = county.streets[street_index];
    const Ward& ward = county.wards[street.ward];
    Row row;
    row.street = street_index;
    row.spot = street.points[random.pick(street.point_weights)];
    row.from = pick_start(street.kind, random);
    write_times(row, pick_length(street.kind, random));
    row.easting = fmt::format("{}", row.spot.easting);
    row.northing = fmt::format("{}", row.spot.northing);
    row.ward = ward.name;
    row.location = shouted(street.name + (ward.town.empty() ? "" : ", " + ward.town));
    const bool domestic = column(street.kind) == 2 && random.in_hundred(35);
    row.domestic = domestic ? "Y" : "N";
    row.location_type = location_type(street.kind, domestic, random);
    row.status = statuses.at(random.pick(status_weights));
    return row;
}

// The written forms of one class that meet in real exports: 8N, 8n, 008N; 4.1, 4/1.
std::string written_form(std::string ho_class, Random& random) {
    const unsigned roll = random.below(100);
    if (ho_class == "4.1" && roll < 60) {
        return "4/1";
    }
    if (roll < 3) {
        for (char& c : ho_class) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    } else if (roll < 6 && ho_class.size() < 4) {
        ho_class.insert(0, 4 - ho_class.size(), '0');
    }
    return ho_class;
}

void set_offence(Row& row, const Offence& offence, Random& random) {
    row.ho_class = written_form(offence.ho_class, random);
    row.offence = offence.name;
}

/// Rows of one incident: most have one offence, some two or three.
std::vector<Row> incident(const County& county, std::size_t street, Random& random) {
    Row row = row_on(county, street, random);
    const StreetKind kind = county.streets[street].kind;
    const std::size_t gravest = pick_offence(serious_offences, kind, random);
    set_offence(row, serious_offences.at(gravest), random);
    std::vector<Row> rows{row};
    const unsigned more = random.in_hundred(6) ? (random.in_hundred(10) ? 2 : 1) : 0;
    constexpr std::array<std::size_t, 3> lesser{7, 8, 10};
    for (const std::size_t offence : lesser) {
        if (rows.size() <= more && offence > gravest) {
            set_offence(row, serious_offences.at(offence), random);
            row.kind = Kind::second_offence;
            rows.push_back(row);
        }
    }
    return rows;
}

std::vector<std::vector<Row>> make_incidents(const County& county, Random& random) {
    std::vector<unsigned> violent(county.streets.size());
    std::transform(county.streets.begin(), county.streets.end(), violent.begin(),
                   [](const Street& street) { return street.weight; });
    std::vector<unsigned> other(violent.size());
    std::transform(violent.begin(), violent.end(), other.begin(),
                   [](unsigned weight) { return weight / 2 + 20; });
    std::vector<std::vector<Row>> incidents;
    for (unsigned i = 0; i < serious_incidents; ++i) {
        incidents.push_back(incident(county, random.pick(violent), random));
    }
    for (unsigned i = 0; i < other_crimes; ++i) {
        const std::size_t street = random.pick(other);
        Row row = row_on(county, street, random);
        const StreetKind kind = county.streets[street].kind;
        set_offence(row, other_offences.at(pick_offence(other_offences, kind, random)), random);
        row.kind = Kind::not_serious;
        incidents.push_back({row});
    }
    std::stable_sort(incidents.begin(), incidents.end(),
                     [](const auto& a, const auto& b) { return a[0].from < b[0].from; });
    return incidents;
}

std::vector<Row> referenced_rows(const std::vector<std::vector<Row>>& incidents) {
    std::vector<Row> rows;
    std::map<int, unsigned> numbers;
    for (const auto& incident : incidents) {
        const std::chrono::year_month_day date(std::chrono::floor<days>(incident[0].from));
        const int year = static_cast<int>(date.year());
        const std::string reference = fmt::format("AM/{:05}/{:02}", ++numbers[year], year % 100);
        for (Row row : incident) {
            row.reference = reference;
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

using Spoil = std::function<bool(Row&, const County&, Random&)>;

struct Defect {
    Kind kind;
    unsigned rows;
    Spoil spoil; // does it to the row; false where the row does not lend itself
};

void place_at(Row& row, Spot spot) {
    row.easting = fmt::format("{}", spot.easting);
    row.northing = fmt::format("{}", spot.northing);
}

bool round_place(Row& row, const County& county, Random& /*random*/) {
    const Spot rounded{(row.spot.easting + 50) / 100 * 100, (row.spot.northing + 50) / 100 * 100};
    if (!well_inside(county.wards[county.streets[row.street].ward], rounded)) {
        return false;
    }
    place_at(row, rounded);
    return true;
}

bool send_to_headquarters(Row& row, const County& county, Random& /*random*/) {
    place_at(row, county.headquarters);
    row.ward.clear();
    row.location = "POLICE HEADQUARTERS";
    return true;
}

bool rename_ward(Row& row, const County& county, Random& /*random*/) {
    const Ward& ward = county.wards[county.streets[row.street].ward];
    row.ward = ward.town.empty() ? ward.name + " (old)" : ward.town + " Outer";
    return true;
}

std::string with_separator(int number) {
    return fmt::format("{},{:03}", number / 1'000, number % 1'000);
}

std::vector<Defect> place_defects() {
    return {
        {Kind::no_coordinates, 120,
         [](Row& row, const County&, Random&) {
             return row.easting.clear(), row.northing.clear(), true;
         }},
        {Kind::zero_coordinates, 40,
         [](Row& row, const County&, Random&) {
             return place_at(row, {0, 0}), true;
         }},
        {Kind::swapped_axes, 30,
         [](Row& row, const County&, Random&) {
             return std::swap(row.easting, row.northing), true;
         }},
        {Kind::lonlat_in_grid, 25,
         [](Row& row, const County&, Random&) {
             const LonLatText text = lonlat_text(row.spot);
             row.easting = text.longitude;
             row.northing = text.latitude;
             return true;
         }},
        {Kind::outside_county, 45,
         [](Row& row, const County&, Random& random) {
             return place_at(row, {row.spot.easting + 40'000 + random.between(0, 9'000),
                                   row.spot.northing - 30'000}),
                    true;
         }},
        {Kind::unreadable_easting, 7,
         [](Row& row, const County&, Random&) { return row.easting = "n/k", true; }},
        {Kind::rounded, 200, round_place},
        {Kind::headquarters, 150, send_to_headquarters},
        {Kind::old_ward_name, 150, rename_ward},
        {Kind::thousands_separator, 100,
         [](Row& row, const County&, Random&) {
             row.easting = with_separator(row.spot.easting);
             row.northing = with_separator(row.spot.northing);
             return true;
         }},
    };
}

std::vector<Defect> time_defects() {
    return {
        {Kind::no_date, 20,
         [](Row& row, const County&, Random&) {
             row.from_date.clear();
             row.from_time.clear();
             row.to_date.clear();
             row.to_time.clear();
             return true;
         }},
        {Kind::future_date, 15,
         [](Row& row, const County&, Random&) {
             row.from_date.replace(6, 4, "2062"); // 2026 mistyped
             row.to_date.clear();
             row.to_time.clear();
             return row.from_date.substr(0, 5) != "29/02";
         }},
        {Kind::to_before_from, 20,
         [](Row& row, const County&, Random& random) {
             const int hours_back = random.between(2, 400);
             write_times(row, minutes(-60 * hours_back));
             return row.from - hours(hours_back) >= geo::WallTime(first_day());
         }},
        {Kind::unreadable_date, 5,
         [](Row& row, const County&, Random&) {
             return row.from_date.replace(0, 5, "31/02"), true;
         }},
        {Kind::cancelled, 60,
         [](Row& row, const County&, Random& random) {
             row.status = random.in_hundred(60) ? "Cancelled" : "No crime";
             return true;
         }},
    };
}

std::vector<std::size_t> lone_serious_rows(const std::vector<Row>& rows) {
    std::vector<std::size_t> lone;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool has_second = i + 1 < rows.size() && rows[i + 1].kind == Kind::second_offence;
        if (rows[i].kind == Kind::plain && !has_second) {
            lone.push_back(i);
        }
    }
    return lone;
}

std::vector<Row> spoilt(std::vector<Row> rows, const County& county, Random& random) {
    const std::vector<std::size_t> lone = random.shuffled(lone_serious_rows(rows));
    auto next = lone.begin();
    std::vector<Defect> defects = place_defects();
    for (Defect& defect : time_defects()) {
        defects.push_back(std::move(defect));
    }
    for (const Defect& defect : defects) {
        for (unsigned done = 0; done < defect.rows;) {
            Row& row = rows.at(*next++);
            Row changed = row;
            if (defect.spoil(changed, county, random)) {
                row = std::move(changed);
                row.kind = defect.kind;
                ++done;
            }
        }
    }
    return rows;
}

// The same row once more, right after the first.
std::vector<Row> with_duplicates(const std::vector<Row>& rows, Random& random) {
    constexpr std::size_t wanted = 80;
    std::vector<std::size_t> twice = random.shuffled(lone_serious_rows(rows));
    twice.resize(wanted);
    std::sort(twice.begin(), twice.end());
    std::vector<Row> all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        all.push_back(rows[i]);
        if (std::binary_search(twice.begin(), twice.end(), i)) {
            all.push_back(rows[i]);
            all.back().kind = Kind::duplicate;
        }
    }
    return all;
}

} // namespace

std::string_view name(Kind kind) {
    constexpr std::array<std::string_view, 19> names{"plain",
                                                     "not-serious",
                                                     "second-offence",
                                                     "no-coordinates",
                                                     "zero-coordinates",
                                                     "swapped-axes",
                                                     "lonlat-in-grid",
                                                     "outside-county",
                                                     "no-date",
                                                     "future-date",
                                                     "to-before-from",
                                                     "duplicate",
                                                     "cancelled",
                                                     "unreadable-easting",
                                                     "unreadable-date",
                                                     "rounded",
                                                     "headquarters",
                                                     "old-ward-name",
                                                     "thousands-separator"};
    return names.at(static_cast<std::size_t>(kind));
}

geo::Day first_day() {
    return geo::Day(std::chrono::year(2023) / 11 / 1);
}

geo::Day day_after() {
    return geo::Day(std::chrono::year(2026) / 11 / 1);
}

std::string date_text(geo::Day day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:02}/{:02}/{}", unsigned{date.day()}, unsigned{date.month()},
                       static_cast<int>(date.year()));
}

std::vector<Row> make_rows(const County& county, std::uint64_t seed) {
    Random random(seed + 1);
    const std::vector<Row> rows = referenced_rows(make_incidents(county, random));
    return with_duplicates(spoilt(rows, county, random), random);
}

} // namespace county
