#include "io/field_mapping.hpp"

#include "geo/error.hpp"
#include "io/header_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace io {

namespace {

using Names = std::span<const std::string_view>;

// In order of preference. Names are as `plain_name` makes them.
constexpr std::array<std::string_view, 41> from_names{"committedfrom",
                                                      "committedfromdate",
                                                      "committedfromdatetime",
                                                      "datecommittedfrom",
                                                      "committeddatefrom",
                                                      "firstcommitted",
                                                      "firstcommitteddate",
                                                      "firstcommittedon",
                                                      "datefrom",
                                                      "fromdate",
                                                      "datetimefrom",
                                                      "fromdatetime",
                                                      "occurredfrom",
                                                      "occurredfromdate",
                                                      "occurrencefrom",
                                                      "offencedatefrom",
                                                      "offencefromdate",
                                                      "offencestartdate",
                                                      "earliestdate",
                                                      "earliestcommitted",
                                                      "startdate",
                                                      "startdatetime",
                                                      "from",
                                                      "start",
                                                      "occurred",
                                                      "occurredon",
                                                      "occurredat",
                                                      "occurreddate",
                                                      "occurrencedate",
                                                      "incidentdate",
                                                      "incidentdatetime",
                                                      "offencedate",
                                                      "datecommitted",
                                                      "committeddate",
                                                      "committed",
                                                      "dateofoffence",
                                                      "crimedate",
                                                      "datetime",
                                                      "date",
                                                      "timestamp",
                                                      "month"};
constexpr std::array<std::string_view, 17> from_time_names{"committedfromtime",
                                                           "timecommittedfrom",
                                                           "committedtimefrom",
                                                           "firstcommittedtime",
                                                           "timefrom",
                                                           "fromtime",
                                                           "occurredfromtime",
                                                           "offencetimefrom",
                                                           "earliesttime",
                                                           "starttime",
                                                           "occurredtime",
                                                           "occurrencetime",
                                                           "incidenttime",
                                                           "offencetime",
                                                           "committedtime",
                                                           "crimetime",
                                                           "time"};
constexpr std::array<std::string_view, 18> to_names{"committedto",
                                                    "committedtodate",
                                                    "committedtodatetime",
                                                    "datecommittedto",
                                                    "committeddateto",
                                                    "lastcommitted",
                                                    "lastcommitteddate",
                                                    "lastcommittedon",
                                                    "dateto",
                                                    "todate",
                                                    "datetimeto",
                                                    "todatetime",
                                                    "occurredto",
                                                    "occurredtodate",
                                                    "latestdate",
                                                    "enddate",
                                                    "to",
                                                    "end"};
constexpr std::array<std::string_view, 10> to_time_names{
    "committedtotime", "timecommittedto", "committedtimeto", "lastcommittedtime", "timeto",
    "totime",          "occurredtotime",  "offencetimeto",   "latesttime",        "endtime"};
constexpr std::array<std::string_view, 26> offence_names{"crimetype",
                                                         "hoclass",
                                                         "hoclasscode",
                                                         "homeofficeclass",
                                                         "homeofficeclasscode",
                                                         "hocode",
                                                         "homeofficecode",
                                                         "classcode",
                                                         "offenceclass",
                                                         "offenceclasscode",
                                                         "offencecode",
                                                         "hooffencecode",
                                                         "crimeclass",
                                                         "crimecode",
                                                         "offence",
                                                         "offencetype",
                                                         "offencecategory",
                                                         "crimecategory",
                                                         "offencedescription",
                                                         "crimeclassification",
                                                         "primarytype",
                                                         "offense",
                                                         "offensecode",
                                                         "offensetype",
                                                         "offensecategory",
                                                         "offensedescription"};
constexpr std::array<std::string_view, 24> reference_names{"crimeid",
                                                           "crimenumber",
                                                           "crimeno",
                                                           "crimeref",
                                                           "crimerefno",
                                                           "crimereference",
                                                           "crimereferencenumber",
                                                           "crn",
                                                           "urn",
                                                           "occurrencenumber",
                                                           "occurrenceno",
                                                           "investigationnumber",
                                                           "incidentnumber",
                                                           "incidentno",
                                                           "incidentid",
                                                           "incidentref",
                                                           "incidentreference",
                                                           "recordnumber",
                                                           "casenumber",
                                                           "reportnumber",
                                                           "referencenumber",
                                                           "referenceno",
                                                           "reference",
                                                           "ref"};
constexpr std::array<std::string_view, 6> status_names{"status",         "crimestatus",
                                                       "recordstatus",   "occurrencestatus",
                                                       "incidentstatus", "validationstatus"};
constexpr std::array<std::string_view, 7> ward_names{
    "wardcode",          "wardname",          "ward",    "electoralward",
    "electoralwardcode", "electoralwardname", "wardtext"};
constexpr std::array<std::string_view, 11> domestic_names{"domestic",
                                                          "domesticabuse",
                                                          "domesticviolence",
                                                          "domesticmarker",
                                                          "domesticflag",
                                                          "domesticabusemarker",
                                                          "domesticabuseflag",
                                                          "domesticindicator",
                                                          "damarker",
                                                          "dvmarker",
                                                          "dvflag"};
constexpr std::array<std::string_view, 7> location_type_names{
    "locationtype", "premisestype", "premisetype", "premisesuse",
    "placetype",    "venuetype",    "scenetype"};
constexpr std::array<std::string_view, 5> police_uk_names{"crimeid", "month", "longitude",
                                                          "latitude", "crimetype"};

struct CoordinateNames {
    std::string_view x;
    std::string_view y;
    CoordinateKind kind;
};

/// Whole names come first; each also serves as the end of a longer name ("Crime Location Easting").
constexpr std::array<CoordinateNames, 17> coordinate_names{{
    {"easting", "northing", CoordinateKind::grid},
    {"eastings", "northings", CoordinateKind::grid},
    {"gride", "gridn", CoordinateKind::grid},
    {"gridrefe", "gridrefn", CoordinateKind::grid},
    {"gridreferencee", "gridreferencen", CoordinateKind::grid},
    {"osgride", "osgridn", CoordinateKind::grid},
    {"longitude", "latitude", CoordinateKind::lon_lat},
    {"long", "lat", CoordinateKind::lon_lat},
    {"lng", "lat", CoordinateKind::lon_lat},
    {"lon", "lat", CoordinateKind::lon_lat},
    {"longitudewgs84", "latitudewgs84", CoordinateKind::lon_lat},
    {"x", "y", CoordinateKind::unnamed},
    {"xcoord", "ycoord", CoordinateKind::unnamed},
    {"xcoordinate", "ycoordinate", CoordinateKind::unnamed},
    {"coordx", "coordy", CoordinateKind::unnamed},
    {"pointx", "pointy", CoordinateKind::unnamed},
    {"xcoordinates", "ycoordinates", CoordinateKind::unnamed},
}};

/// Endings shorter than this are taken for accidents ("index", "along").
constexpr std::size_t shortest_ending = 6;

struct FoundCoordinates {
    std::size_t x = 0;
    std::size_t y = 0;
    CoordinateKind kind = CoordinateKind::none;
};

class Recogniser {
  public:
    explicit Recogniser(std::span<const std::string> columns) {
        plain_.reserve(columns.size());
        for (const std::string& column : columns) {
            plain_.push_back(plain_name(column));
        }
    }

    std::optional<std::size_t> position(std::string_view name) const {
        const auto at = std::find(plain_.begin(), plain_.end(), name);
        return at == plain_.end() ? std::nullopt
                                  : std::optional(static_cast<std::size_t>(at - plain_.begin()));
    }

    std::optional<std::size_t> first_of(Names names) const {
        for (const std::string_view name : names) {
            if (const auto at = position(name)) {
                return at;
            }
        }
        return std::nullopt;
    }

    bool has_all(Names names) const {
        return std::all_of(names.begin(), names.end(),
                           [&](auto name) { return position(name).has_value(); });
    }

    /// `WD23CD`, `wd21nm` and their like, the code before the name.
    std::optional<std::size_t> ward_of_the_statistics_office() const {
        for (const std::string_view end : {"cd", "nm"}) {
            for (std::size_t i = 0; i < plain_.size(); ++i) {
                const std::string& name = plain_[i];
                const bool years = name.size() == 6 && name.starts_with("wd") &&
                                   is_digit(name[2]) && is_digit(name[3]);
                if (years && name.ends_with(end)) {
                    return i;
                }
            }
        }
        return std::nullopt;
    }

    std::optional<FoundCoordinates> coordinates(CoordinatePreference preference) const {
        const auto first = preference == CoordinatePreference::grid ? CoordinateKind::grid
                                                                    : CoordinateKind::lon_lat;
        const auto second = preference == CoordinatePreference::grid ? CoordinateKind::lon_lat
                                                                     : CoordinateKind::grid;
        for (const CoordinateKind kind : {first, second, CoordinateKind::unnamed}) {
            for (const CoordinateNames& names : coordinate_names) {
                if (names.kind != kind) {
                    continue;
                }
                if (const auto pair = pair_of(names)) {
                    return pair;
                }
            }
        }
        return std::nullopt;
    }

    const std::string& plain(std::size_t column) const { return plain_[column]; }

  private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::optional<FoundCoordinates> pair_of(const CoordinateNames& names) const {
        const auto x = position(names.x);
        const auto y = position(names.y);
        if (x && y) {
            return FoundCoordinates{*x, *y, names.kind};
        }
        for (std::size_t i = 0; i < plain_.size() && names.x.size() >= shortest_ending; ++i) {
            if (plain_[i].size() > names.x.size() && plain_[i].ends_with(names.x)) {
                const std::string start = plain_[i].substr(0, plain_[i].size() - names.x.size());
                if (const auto partner = position(start + std::string(names.y))) {
                    return FoundCoordinates{i, *partner, names.kind};
                }
            }
        }
        return std::nullopt;
    }

    std::vector<std::string> plain_;
};

/// Fills a mapping: what is configured first, then what the names say.
class Mapper {
  public:
    Mapper(std::span<const std::string> columns, const IncidentColumns& configured)
        : columns_(columns), configured_(configured), names_(columns) {}

    FieldMapping map(CoordinatePreference preference) {
        mapping_.data_police_uk = names_.has_all(police_uk_names);
        map_coordinates(preference);
        map_times();
        map_one(Field::offence, configured_.offence, offence_names);
        map_one(Field::reference, configured_.reference, reference_names);
        map_one(Field::status, configured_.status, status_names);
        map_one(Field::domestic, configured_.domestic, domestic_names);
        map_one(Field::location_type, configured_.location_type, location_type_names);
        map_one(Field::ward, configured_.ward, ward_names);
        if (!mapping_[Field::ward]) {
            set(Field::ward, names_.ward_of_the_statistics_office());
        }
        map_one(Field::weight, configured_.weight, {});
        map_one(Field::location, configured_.location, {});
        if (mapping_.data_police_uk && !mapping_[Field::location]) {
            set(Field::location, names_.position("location"));
        }
        return mapping_;
    }

  private:
    void set(Field field, std::optional<std::size_t> column) {
        mapping_.column[static_cast<std::size_t>(field)] = column;
    }

    /// The column that was configured; letter case and punctuation matter only where several
    /// columns would do.
    std::optional<std::size_t> configured_column(Field field,
                                                 const std::optional<std::string>& name) const {
        if (!name) {
            return std::nullopt;
        }
        const auto exact = std::find(columns_.begin(), columns_.end(), *name);
        if (exact != columns_.end()) {
            return static_cast<std::size_t>(exact - columns_.begin());
        }
        if (const auto similar = names_.position(plain_name(*name))) {
            return similar;
        }
        const std::string nearest = geo::nearest_word(*name, columns_);
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("incidents.{}: there is no column '{}'{}", key(field), *name,
                                     nearest.empty()
                                         ? "; the columns are " + listed_header(columns_)
                                         : "; did you mean '" + nearest + "'?"));
    }

    void map_one(Field field, const std::optional<std::string>& configured, Names names) {
        const auto column = configured_column(field, configured);
        set(field, column ? column : names_.first_of(names));
    }

    void map_coordinates(CoordinatePreference preference) {
        if (configured_.x.has_value() != configured_.y.has_value()) {
            throw geo::Error(geo::ErrorKind::usage,
                             "incidents.x and incidents.y go together; give both");
        }
        const auto found = configured_.x ? std::nullopt : names_.coordinates(preference);
        if (found) {
            set(Field::x, found->x);
            set(Field::y, found->y);
            mapping_.coordinates = found->kind;
        } else if (configured_.x) {
            set(Field::x, configured_column(Field::x, configured_.x));
            set(Field::y, configured_column(Field::y, configured_.y));
            mapping_.coordinates = kind_of_configured();
        }
    }

    CoordinateKind kind_of_configured() const {
        const std::string& x = names_.plain(*mapping_[Field::x]);
        const std::string& y = names_.plain(*mapping_[Field::y]);
        for (const CoordinateNames& names : coordinate_names) {
            if (x == names.x && y == names.y) {
                return names.kind;
            }
        }
        return CoordinateKind::unnamed;
    }

    void map_times() {
        map_one(Field::from, configured_.from ? configured_.from : configured_.from_date,
                from_names);
        map_one(Field::from_time, configured_.from_time, from_time_names);
        map_one(Field::to, configured_.to ? configured_.to : configured_.to_date, to_names);
        map_one(Field::to_time, configured_.to_time, to_time_names);
        // "Start time" alone holds date and time.
        for (const auto& [whole, time] :
             {std::pair(Field::from, Field::from_time), std::pair(Field::to, Field::to_time)}) {
            if (!mapping_[whole]) {
                set(whole, mapping_[time]);
                set(time, std::nullopt);
            }
        }
    }

    std::span<const std::string> columns_;
    const IncidentColumns& configured_;
    Recogniser names_;
    FieldMapping mapping_;
};

} // namespace

std::string_view key(Field field) {
    constexpr std::array<std::string_view, field_count> keys{
        "x",        "y",      "from",      "from_time", "to",   "to_time",  "offence",
        "location", "weight", "reference", "status",    "ward", "domestic", "location_type"};
    return keys[static_cast<std::size_t>(field)];
}

FieldMapping map_fields(std::span<const std::string> columns, const IncidentColumns& configured,
                        CoordinatePreference preference) {
    return Mapper(columns, configured).map(preference);
}

std::string plain_name(std::string_view column) {
    std::string plain;
    for (const char c : column) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            plain += c;
        } else if (c >= 'A' && c <= 'Z') {
            plain += static_cast<char>(c - 'A' + 'a');
        }
    }
    return plain;
}

} // namespace io
