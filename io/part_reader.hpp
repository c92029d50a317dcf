#pragma once

#include "cluster/incident.hpp"
#include "geo/progress.hpp"
#include "geo/projection.hpp"
#include "geo/time_zone.hpp"
#include "io/field_mapping.hpp"
#include "io/offence_definition.hpp"
#include "io/row_time.hpp"
#include "io/source.hpp"
#include "io/weight_table.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// The instants that the incident window holds, half-open; without a bound it is open to that side.
struct Window {
    std::optional<geo::Instant> from;
    std::optional<geo::Instant> to;

    /// A record lies in the window if its start does; one that names a month only if its whole
    /// month does.
    bool holds(const geo::TimeSpan& when, cluster::TimePrecision precision) const;
};

/// What reading a part needs to know. Everything referred to must outlive the reading.
struct PartOptions {
    const IncidentColumns& columns;
    const std::optional<OffenceDefinition>& definition; ///< by the kind of data when left out
    const std::optional<WeightTable>& weights;          ///< in place of the definition's own
    const RowFilters& filters;                          ///< besides the definition's own
    Window window;
    const geo::TimeZone& zone;
    std::string analysis_crs;
    geo::Progress* progress = nullptr; ///< counts rows read
};

/// How far the coordinates of a row got.
enum class PlaceText : std::uint8_t { given, missing, zero, unreadable };

/// A row whose offence counts and whose date, if it can be read, lies in the window. There may be
/// tens of millions, so it is kept small: 48 bytes.
struct SeriousRow {
    geo::TimeSpan when; ///< if `date` is given or reversed
    double weight = 1;
    std::uint32_t line = 0;            ///< as Issue::line
    std::uint32_t spot = 0;            ///< index into PartRows::spots, if `place` is given
    std::uint32_t reference_start = 0; ///< in PartRows::references
    OffenceLookup::Match offence;
    cluster::TimePrecision precision = cluster::TimePrecision::span;
    PlaceText place = PlaceText::given;
    DateText date = DateText::given;
    Field place_column = Field::x;   ///< the column at fault where `place` is not given
    Field date_column = Field::from; ///< likewise for `date`
    std::optional<Field> unreadable; ///< the first column that could not be read
    bool cancelled = false;
};
static_assert(sizeof(SeriousRow) <= 48);

/// The texts of a serious row that many rows share.
struct RowTexts {
    std::optional<std::uint32_t> location; ///< index into PartRows::locations
    std::optional<std::uint32_t> ward;     ///< index into PartRows::wards
};

/// A row that is not serious but lies in the window and has a place.
struct BaselineRow {
    geo::TimeSpan when;
    std::uint32_t spot = 0; ///< index into PartRows::spots
    bool lends = true;      ///< as cluster::BaselineCrime::lends
};

/// What is known of a part besides its rows.
struct PartFacts {
    std::uint64_t rows_read = 0;
    std::uint64_t not_serious = 0;
    std::uint64_t domestic = 0;      ///< serious but for its domestic marker
    std::uint64_t location_type = 0; ///< serious but for its type of location
    std::uint64_t outside_window = 0;
    std::string crs; ///< of its coordinates
    std::array<std::string, field_count>
        columns; ///< name of the column for each Field, "" where there is none
    const OffenceDefinition* definition = nullptr;
    bool data_police_uk = false;
    std::vector<std::string> warnings;
};

/// All that one part holds, before places are looked up.
struct PartRows {
    PartFacts facts;
    std::vector<SeriousRow> rows;
    std::vector<RowTexts> texts; ///< of each of `rows`; none if the part has neither column
    std::vector<BaselineRow> baseline;
    std::vector<geo::SourcePoint> spots; ///< distinct coordinates
    std::string references;              ///< of one row after the other, end to end
    std::vector<std::string> locations;  ///< distinct
    std::vector<std::string> wards;      ///< distinct texts of the ward column

    /// The reference of rows[row]; "" if it has none.
    std::string_view reference(std::size_t row) const {
        const std::size_t start = rows[row].reference_start;
        const std::size_t end =
            row + 1 < rows.size() ? rows[row + 1].reference_start : references.size();
        return std::string_view(references).substr(start, end - start);
    }
};

/// Reads one part through GDAL, its needed columns only, row by row.
///
/// \throws geo::Error as read_incidents does, without the part's name.
PartRows read_part(const SourcePart& part, const PartOptions& options);

} // namespace io
