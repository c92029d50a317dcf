#include "io/part_reader.hpp"

#include "geo/error.hpp"
#include "io/gdal.hpp"
#include "io/header_text.hpp"
#include "io/interner.hpp"
#include "io/layer_choice.hpp"
#include "io/number_text.hpp"
#include "io/quote_check.hpp"

#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace io {

namespace {

using geo::Error;
using geo::ErrorKind;

/// How many rows are looked at ahead where the names of columns do not say what the coordinates
/// are.
constexpr int rows_ahead = 200;

bool fits_degrees(const geo::SourcePoint& point) {
    return std::abs(point.x) <= 180 && std::abs(point.y) <= 90;
}

/// Decides for each distinct text once whether it matches a list of patterns.
class TextMatcher {
  public:
    using Match = bool (*)(std::string_view text, const std::vector<std::string>& patterns);

    explicit TextMatcher(std::vector<std::string> patterns, Match match = matches_any)
        : patterns_(std::move(patterns)), match_(match) {}

    bool matches(std::string_view text) {
        if (patterns_.empty() || text.empty()) {
            return false;
        }
        const auto known = seen_.find(text);
        if (known != seen_.end()) {
            return known->second;
        }
        return seen_.emplace(std::string(text), match_(text, patterns_)).first->second;
    }

  private:
    std::vector<std::string> patterns_;
    Match match_;
    std::unordered_map<std::string, bool, TextHash, std::equal_to<>> seen_;
};

std::vector<std::string> both(std::vector<std::string> some,
                              const std::vector<std::string>& others) {
    some.insert(some.end(), others.begin(), others.end());
    return some;
}

/// "N/A", "-" and "000" stand for no reference: one that many rows share would make one incident of
/// them.
bool is_reference(std::string_view text) {
    return text.find_first_of("123456789") != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// One layer of an open dataset, row by row.
class Table {
  public:
    explicit Table(const SourcePart& part) : dataset_(open_vector(part.dataset)) {
        layer_ = static_cast<OGRLayerH>(choose_layer(dataset_, part.layer, "the incidents"));
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
        for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
            OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
            names_.push_back(utf8_text(OGR_Fld_GetNameRef(field)));
            types_.push_back(OGR_Fld_GetType(field));
        }
        driver_ = GDALGetDriverShortName(GDALGetDatasetDriver(dataset_.get()));
    }

    const std::vector<std::string>& names() const { return names_; }

    FeatureHandle next() { return FeatureHandle(OGR_L_GetNextFeature(layer_)); }
    void rewind() { OGR_L_ResetReading(layer_); }

    bool is_csv() const { return driver_ == "CSV"; }

    /// The line of a text file, whose first row is its header; the row of a sheet; else the
    /// position of the row in the table.
    std::uint64_t line(void* feature, std::uint64_t position) const {
        const bool has_rows = is_csv() || driver_ == "XLSX" || driver_ == "ODS";
        const GIntBig id = OGR_F_GetFID(static_cast<OGRFeatureH>(feature));
        return has_rows && id >= 0 ? static_cast<std::uint64_t>(id) + (is_csv() ? 1 : 0) : position;
    }

    OGRwkbGeometryType geometry_type() const { return wkbFlatten(OGR_L_GetGeomType(layer_)); }

    std::optional<std::string> crs() const { return layer_crs(layer_); }

    bool is_number(std::size_t column) const { return types_[column] == OFTReal; }
    bool is_text(std::size_t column) const { return types_[column] == OFTString; }

    /// Leaves out what is not needed: a tenth of the time to read a wide table.
    void read_only(const std::vector<std::size_t>& columns, bool with_geometry) {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
        std::vector<const char*> ignored{"OGR_STYLE"};
        if (!with_geometry) {
            ignored.push_back("OGR_GEOMETRY");
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            const bool needed = std::find(columns.begin(), columns.end(), i) != columns.end();
            // GDAL knows columns by name here, so a name that stands twice must be read.
            if (!needed && std::count(names_.begin(), names_.end(), names_[i]) == 1) {
                ignored.push_back(
                    OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, static_cast<int>(i))));
            }
        }
        ignored.push_back(nullptr);
        OGR_L_SetIgnoredFields(layer_, ignored.data());
    }

  private:
    DatasetHandle dataset_;
    OGRLayerH layer_ = nullptr;
    std::vector<std::string> names_;
    std::vector<OGRFieldType> types_;
    std::string driver_;
};

/// Where the coordinates of a row come from.
enum class CoordinateSource { columns, geometry };

struct RowPlace {
    PlaceText state = PlaceText::missing;
    geo::SourcePoint point;
    Field column = Field::x;
};

RowPlace checked(const geo::SourcePoint& point) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) {
        return {PlaceText::unreadable, {}, Field::x};
    }
    return {point.x == 0 && point.y == 0 ? PlaceText::zero : PlaceText::given, point, Field::x};
}

/// A point, or the only point of a collection of points.
RowPlace place_of_geometry(OGRGeometryH geometry) {
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
        return {};
    }
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbMultiPoint &&
        OGR_G_GetGeometryCount(geometry) == 1) {
        geometry = OGR_G_GetGeometryRef(geometry, 0);
    }
    if (wkbFlatten(OGR_G_GetGeometryType(geometry)) != wkbPoint) {
        return {PlaceText::unreadable, {}, Field::x};
    }
    return checked({OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0)});
}

RowPlace place_of_texts(std::string_view x_text, std::string_view y_text) {
    const bool no_x = is_blank_text(x_text);
    if (no_x || is_blank_text(y_text)) {
        return {PlaceText::missing, {}, no_x ? Field::x : Field::y};
    }
    const auto x = read_number(x_text);
    const auto y = read_number(y_text);
    if (!x || !y) {
        return {PlaceText::unreadable, {}, x ? Field::y : Field::x};
    }
    return checked({*x, *y});
}

class PartReader {
  public:
    PartReader(const SourcePart& part, const PartOptions& options)
        : options_(options), dataset_name_(part.dataset), table_(part),
          mapping_(map_fields(table_.names(), options.columns,
                              options.analysis_crs == "EPSG:27700"
                                  ? CoordinatePreference::grid
                                  : CoordinatePreference::lon_lat)),
          source_(choose_source()), definition_(choose_definition()), lookup_(definition_),
          weights_(choose_weights()), cancelled_(definition_.status_left_out),
          domestic_(both(definition_.domestic_left_out, options.filters.domestic)),
          indoors_(both(definition_.location_types_left_out, options.filters.location_types)),
          patrol_generated_(definition_.patrol_generated, matches_offence) {
        require_dates();
        require_filters();
        facts_.crs = choose_crs();
        facts_.definition = &definition_;
        facts_.data_police_uk = mapping_.data_police_uk;
        name_columns();
    }

    PartRows read() {
        if (table_.is_csv()) {
            const std::vector<std::string> quotes = check_quotes(dataset_name_);
            facts_.warnings.insert(facts_.warnings.end(), quotes.begin(), quotes.end());
        }
        table_.read_only(needed_columns(), source_ == CoordinateSource::geometry);
        for (FeatureHandle feature = table_.next(); feature; feature = table_.next()) {
            take(feature.get());
        }
        if (!errors_.failure().empty()) {
            throw Error(ErrorKind::input,
                        fmt::format("reading broke off after {} rows, so the file is damaged or "
                                    "cut short; export or download it again",
                                    facts_.rows_read));
        }
        part_.facts = std::move(facts_);
        part_.spots = spots_.release();
        part_.locations = locations_.texts();
        part_.wards = wards_.texts();
        return std::move(part_);
    }

  private:
    /// A cell as text, good until the same field is asked for again. GDAL writes the text of a
    /// number or a date into one place for the whole feature, so those are copied.
    std::string_view text(void* feature, Field field) {
        const auto column = mapping_[field];
        if (!column) {
            return {};
        }
        const char* cell =
            OGR_F_GetFieldAsString(static_cast<OGRFeatureH>(feature), static_cast<int>(*column));
        if (table_.is_text(*column)) {
            return cell;
        }
        std::string& copy = copies_[static_cast<std::size_t>(field)];
        copy = cell;
        return copy;
    }

    RowPlace place(void* feature) {
        if (source_ == CoordinateSource::geometry) {
            return place_of_geometry(OGR_F_GetGeometryRef(static_cast<OGRFeatureH>(feature)));
        }
        return place_of_texts(text(feature, Field::x), text(feature, Field::y));
    }

    CoordinateSource choose_source() {
        if (!options_.columns.x && has_points()) {
            return CoordinateSource::geometry;
        }
        if (mapping_.coordinates == CoordinateKind::none) {
            throw Error(
                ErrorKind::input,
                fmt::format(
                    "no coordinates recognised among the columns {}; name them with x and y "
                    "under [incidents]",
                    listed_header(table_.names())));
        }
        return CoordinateSource::columns;
    }

    bool has_points() {
        const OGRwkbGeometryType type = table_.geometry_type();
        if (type == wkbPoint || type == wkbMultiPoint) {
            return true;
        }
        bool points = false;
        if (type == wkbUnknown) {
            look_ahead([&](void* feature) {
                OGRGeometryH geometry = OGR_F_GetGeometryRef(static_cast<OGRFeatureH>(feature));
                points = points || place_of_geometry(geometry).state == PlaceText::given;
            });
        }
        return points;
    }

    template <typename Look>
    void look_ahead(const Look& look) {
        for (int i = 0; i < rows_ahead; ++i) {
            const FeatureHandle feature = table_.next();
            if (!feature) {
                break;
            }
            look(feature.get());
        }
        table_.rewind();
    }

    /// Whether all coordinates of the first rows could be degrees.
    bool look_like_degrees() {
        bool any = false;
        bool all = true;
        look_ahead([&](void* feature) {
            const RowPlace found = place(feature);
            if (found.state == PlaceText::given) {
                any = true;
                all = all && fits_degrees(found.point);
            }
        });
        return any && all;
    }

    const OffenceDefinition& choose_definition() {
        if (!mapping_[Field::offence] && options_.definition) {
            throw Error(
                ErrorKind::usage,
                fmt::format("there is no offence column among {} for the definition '{}'; name it "
                            "with offence under [incidents], or leave --definition out if every "
                            "row is serious violence",
                            listed_header(table_.names()), options_.definition->name));
        }
        if (!mapping_[Field::offence]) {
            facts_.warnings.emplace_back(
                "there is no offence column, so every row counts as serious violence; name the "
                "column with offence under [incidents] if there is one");
            return any_offence_definition();
        }
        if (options_.definition) {
            return *options_.definition;
        }
        if (mapping_.data_police_uk) {
            return data_police_uk_definition();
        }
        throw Error(
            ErrorKind::usage,
            fmt::format("nothing says which offences in column '{}' are serious violence; name a "
                        "file with definition under [incidents], such as "
                        "samples/definitions/lvrn.toml",
                        table_.names()[*mapping_[Field::offence]]));
    }

    /// By OffenceLookup::Match::written; empty where every row weighs 1.
    std::vector<double> choose_weights() const {
        if (!options_.weights) {
            return weights_of(definition_);
        }
        if (!mapping_[Field::offence]) {
            throw Error(ErrorKind::usage,
                        fmt::format("there is no offence column for the weights of {}; name it "
                                    "with offence under [incidents], or leave --weights out",
                                    options_.weights->path));
        }
        return weights_of(definition_, *options_.weights);
    }

    /// A filter that silently does nothing would be worse than none.
    void require_filters() {
        const auto require = [&](Field field, std::string_view option,
                                 const std::vector<std::string>& asked,
                                 const std::vector<std::string>& defined) {
            if (mapping_[field]) {
                return;
            }
            const std::string remedy = fmt::format("name it with {} under [incidents]", key(field));
            if (!asked.empty()) {
                throw Error(ErrorKind::usage,
                            fmt::format("{} needs a column that is not among {}; {}, or leave the "
                                        "option out",
                                        option, listed_header(table_.names()), remedy));
            }
            if (!defined.empty()) {
                facts_.warnings.push_back(fmt::format(
                    "the definition leaves rows out by {}, but there is no such column, so it "
                    "leaves out none; {}",
                    key(field), remedy));
            }
        };
        require(Field::domestic, "--leave-out-domestic", options_.filters.domestic,
                definition_.domestic_left_out);
        require(Field::location_type, "--leave-out-location-types", options_.filters.location_types,
                definition_.location_types_left_out);
    }

    void require_dates() const {
        if (!mapping_[Field::from] && !mapping_[Field::to]) {
            throw Error(
                ErrorKind::input,
                fmt::format("no date recognised among the columns {}; name it with from under "
                            "[incidents]",
                            listed_header(table_.names())));
        }
    }

    std::string choose_crs() {
        if (options_.columns.crs) {
            return *options_.columns.crs;
        }
        const std::string grid = options_.analysis_crs;
        if (source_ == CoordinateSource::geometry) {
            if (const auto own = table_.crs()) {
                return *own;
            }
            std::string assumed = look_like_degrees() ? "EPSG:4326" : grid;
            facts_.warnings.push_back(fmt::format(
                "the layer names no CRS, so {} is assumed; set crs under [incidents] if "
                "that is wrong",
                assumed));
            return assumed;
        }
        const bool degrees =
            mapping_.coordinates == CoordinateKind::lon_lat ||
            (mapping_.coordinates == CoordinateKind::unnamed && look_like_degrees());
        return degrees ? "EPSG:4326" : grid;
    }

    void name_columns() {
        for (std::size_t i = 0; i < field_count; ++i) {
            if (mapping_.column[i]) {
                facts_.columns[i] = table_.names()[*mapping_.column[i]];
            }
        }
        if (source_ == CoordinateSource::geometry) {
            facts_.columns[static_cast<std::size_t>(Field::x)].clear();
            facts_.columns[static_cast<std::size_t>(Field::y)].clear();
        }
        const auto offence = mapping_[Field::offence];
        if (offence && table_.is_number(*offence)) {
            facts_.warnings.push_back(
                fmt::format("column '{}' holds numbers, so class 4.10 cannot be told from 4.1; "
                            "export it as text",
                            table_.names()[*offence]));
        }
    }

    void tell_progress() const {
        constexpr std::uint64_t many = 4096;
        if (options_.progress != nullptr && facts_.rows_read % many == 0) {
            options_.progress->add_rows(many);
            options_.progress->advance(many);
        }
    }

    std::vector<std::size_t> needed_columns() const {
        std::vector<std::size_t> needed;
        for (const auto& column : mapping_.column) {
            if (column) {
                needed.push_back(*column);
            }
        }
        return needed;
    }

    void take(void* feature) {
        ++facts_.rows_read;
        tell_progress();
        const auto offence = find_offence(feature);
        const auto left_out = offence ? filter(feature) : std::optional(&PartFacts::not_serious);
        const RowTime& time = when(feature);
        const bool outside = time.state != DateText::missing &&
                             time.state != DateText::unreadable &&
                             !options_.window.holds(time.when, time.precision);
        if (left_out) {
            ++(facts_.**left_out);
            if (!outside && time.state == DateText::given) {
                take_baseline(feature, {time.when, 0, !offence && lends(feature)});
            }
        } else if (outside) {
            ++facts_.outside_window;
        } else {
            take_serious(feature, *offence, time);
        }
    }

    std::optional<OffenceLookup::Match> find_offence(void* feature) {
        return mapping_[Field::offence] ? lookup_.find(text(feature, Field::offence))
                                        : std::optional(OffenceLookup::Match{});
    }

    using Count = std::uint64_t PartFacts::*;

    /// Where a serious row is counted that a filter leaves out; nothing if none does.
    std::optional<Count> filter(void* feature) {
        if (domestic_.matches(text(feature, Field::domestic))) {
            return &PartFacts::domestic;
        }
        if (indoors_.matches(text(feature, Field::location_type))) {
            return &PartFacts::location_type;
        }
        return std::nullopt;
    }

    /// Neighbouring rows often say the same (all rows of a data.police.uk file do), so the last
    /// answer is kept.
    const RowTime& when(void* feature) {
        const std::array<std::string_view, 4> texts{
            text(feature, Field::from), text(feature, Field::from_time), text(feature, Field::to),
            text(feature, Field::to_time)};
        if (!last_time_ || !std::equal(texts.begin(), texts.end(), last_texts_.begin())) {
            last_time_ = read_row_time({texts[0], texts[1], texts[2], texts[3]}, options_.zone,
                                       options_.columns.date_order);
            std::copy(texts.begin(), texts.end(), last_texts_.begin());
        }
        return *last_time_;
    }

    /// Whether a row that is not serious may lend strength. A serious one that a filter leaves out
    /// never does: no patrol reaches it.
    bool lends(void* feature) { return !patrol_generated_.matches(text(feature, Field::offence)); }

    void take_baseline(void* feature, BaselineRow row) {
        const RowPlace found = place(feature);
        if (found.state == PlaceText::given) {
            row.spot = spots_.number(found.point);
            part_.baseline.push_back(row);
        }
    }

    void take_serious(void* feature, OffenceLookup::Match offence, const RowTime& time) {
        SeriousRow row;
        row.line = static_cast<std::uint32_t>(table_.line(feature, facts_.rows_read));
        row.offence = offence;
        row.when = time.when;
        row.precision = time.precision;
        row.date = time.state;
        row.date_column = time.column;
        set_place(row, place(feature));
        if (time.state == DateText::unreadable && !row.unreadable) {
            row.unreadable = time.column;
        }
        set_weight(row, text(feature, Field::weight));
        set_texts(row, feature);
        part_.rows.push_back(row);
    }

    void set_place(SeriousRow& row, const RowPlace& found) {
        row.place = found.state;
        row.place_column = found.column;
        if (found.state == PlaceText::given) {
            row.spot = spots_.number(found.point);
        } else if (found.state == PlaceText::unreadable) {
            row.unreadable = found.column;
        }
    }

    void set_weight(SeriousRow& row, std::string_view weight) const {
        row.weight = weights_.empty() ? 1 : weights_[row.offence.written];
        if (is_blank_text(weight)) {
            return;
        }
        const auto own = read_number(weight);
        if (own && *own > 0) {
            row.weight = *own;
        } else if (!row.unreadable) {
            row.unreadable = Field::weight;
        }
    }

    void set_texts(SeriousRow& row, void* feature) {
        row.cancelled = cancelled_.matches(text(feature, Field::status));
        if (mapping_[Field::location] || mapping_[Field::ward]) {
            part_.texts.push_back(shared_texts(feature));
        }
        row.reference_start = static_cast<std::uint32_t>(part_.references.size());
        if (const auto reference = trimmed(text(feature, Field::reference));
            is_reference(reference)) {
            part_.references += reference;
        }
    }

    RowTexts shared_texts(void* feature) {
        RowTexts texts;
        if (const auto location = trimmed(text(feature, Field::location)); !location.empty()) {
            texts.location = locations_.number(location);
        }
        if (const auto ward = trimmed(text(feature, Field::ward)); !ward.empty()) {
            texts.ward = wards_.number(ward);
        }
        return texts;
    }

    const GdalErrors errors_;
    const PartOptions& options_;
    PartFacts facts_;
    PartRows part_;
    std::string dataset_name_;
    Table table_;
    std::array<std::string, field_count> copies_; ///< what `text` had to copy
    FieldMapping mapping_;
    CoordinateSource source_;
    const OffenceDefinition& definition_;
    OffenceLookup lookup_;
    std::vector<double> weights_;
    TextMatcher cancelled_;
    TextMatcher domestic_;
    TextMatcher indoors_;
    TextMatcher patrol_generated_;
    PointInterner spots_;
    TextInterner locations_;
    TextInterner wards_;
    std::array<std::string, 4> last_texts_;
    std::optional<RowTime> last_time_;
};

/// Texts leave as UTF-8. Distinct texts may become equal then, which does no harm.
void make_utf8(std::vector<std::string>& texts) {
    for (std::string& text : texts) {
        text = utf8_text(text);
    }
}

} // namespace

bool Window::holds(const geo::TimeSpan& when, cluster::TimePrecision precision) const {
    const geo::Instant last =
        precision == cluster::TimePrecision::month ? when.to - std::chrono::seconds(1) : when.from;
    return (!from || when.from >= *from) && (!to || last < *to);
}

PartRows read_part(const SourcePart& part, const PartOptions& options) {
    PartRows rows = PartReader(part, options).read();
    make_utf8(rows.locations);
    make_utf8(rows.wards);
    return rows;
}

} // namespace io
