#include "io/exclusion_reader.hpp"

#include "geo/error.hpp"
#include "geo/projection.hpp"
#include "io/field_mapping.hpp"
#include "io/gdal.hpp"
#include "io/grid_shape.hpp"
#include "io/header_text.hpp"
#include "io/layer_choice.hpp"
#include "io/number_text.hpp"
#include "io/source.hpp"

#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace io {

namespace {

using geo::Error;
using geo::ErrorKind;
using geo::Metres;
using geo::SourcePoint;

constexpr Metres radius_of_points{50};
constexpr double largest_radius = 5000;

bool overlap(const geo::Box& a, const geo::Box& b) {
    return a.low.easting_mm() <= b.high.easting_mm() && b.low.easting_mm() <= a.high.easting_mm() &&
           a.low.northing_mm() <= b.high.northing_mm() &&
           b.low.northing_mm() <= a.high.northing_mm();
}

/// A row before it is brought to the grid.
struct RawPlace {
    std::uint64_t line = 0;
    std::optional<SourcePoint> point; ///< from columns
    GeometryHandle shape;             ///< else
    std::optional<Metres> radius;     ///< its own
};

class LayerReader {
  public:
    LayerReader(const SourcePart& part, const ExclusionOptions& options, const ReadWards& wards)
        : options_(options), wards_(wards), dataset_(open_vector(part.dataset)),
          layer_(choose_layer(dataset_, part.layer, "the excluded places")),
          is_csv_(std::string_view(GDALGetDriverShortName(GDALGetDatasetDriver(dataset_.get()))) ==
                  "CSV") {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
        for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
            columns_.push_back(utf8_text(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
        }
        mapping_ = map_fields(columns_, {},
                              wards.analysis_crs == "EPSG:27700" ? CoordinatePreference::grid
                                                                 : CoordinatePreference::lon_lat);
        radius_ = radius_column();
    }

    std::vector<ExcludedPlace> read() {
        read_rows();
        if (raw_.empty()) {
            throw Error(ErrorKind::input, "there are no places in it; check the file");
        }
        const geo::Projection projection(crs(), wards_.analysis_crs, wards_.area);
        std::vector<ExcludedPlace> places;
        for (const RawPlace& raw : raw_) {
            geo::within(place_name(raw.line), [&] { add_on_grid(places, raw, projection); });
        }
        return places;
    }

  private:
    std::string place_name(std::uint64_t line) const {
        return fmt::format("{} {}", is_csv_ ? "line" : "feature", line);
    }

    std::optional<std::size_t> radius_column() const {
        constexpr std::array<std::string_view, 7> names{
            "radius", "radiusm", "radiusmetres", "radiusinmetres", "buffer", "bufferm", "reach"};
        for (const std::string_view name : names) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                if (plain_name(columns_[i]) == name) {
                    return i;
                }
            }
        }
        return std::nullopt;
    }

    void read_rows() {
        std::uint64_t position = 0;
        while (const FeatureHandle feature{OGR_L_GetNextFeature(layer_)}) {
            ++position;
            const GIntBig id = OGR_F_GetFID(feature.get());
            const std::uint64_t line =
                is_csv_ && id >= 0 ? static_cast<std::uint64_t>(id) + 1 : position;
            geo::within(place_name(line), [&] { take(feature.get(), line); });
        }
        if (!errors_.failure().empty()) {
            throw Error(ErrorKind::input, "reading broke off; the file is damaged or cut short");
        }
    }

    void take(void* feature, std::uint64_t line) {
        RawPlace raw{.line = line, .point = {}, .shape = nullptr, .radius = own_radius(feature)};
        if (OGRGeometryH shape = OGR_F_GetGeometryRef(feature); shape != nullptr) {
            raw.shape.reset(OGR_G_GetLinearGeometry(shape, 0, nullptr));
            OGR_G_FlattenTo2D(raw.shape.get());
        } else if (mapping_.coordinates != CoordinateKind::none) {
            raw.point = SourcePoint{coordinate(feature, Field::x), coordinate(feature, Field::y)};
        } else if (OGR_L_GetGeomType(layer_) == wkbNone) {
            throw Error(ErrorKind::input,
                        fmt::format("no coordinates recognised among the columns {}; call them x "
                                    "and y, easting and northing, or longitude and latitude",
                                    listed_header(columns_)));
        } else {
            throw Error(ErrorKind::input, "there is no point and no polygon; draw it or remove it");
        }
        raw_.push_back(std::move(raw));
    }

    std::string text(void* feature, std::size_t column) const {
        return utf8_text(OGR_F_GetFieldAsString(feature, static_cast<int>(column)));
    }

    double coordinate(void* feature, Field field) const {
        const std::size_t column = mapping_[field].value();
        const std::string written = text(feature, column);
        const auto value = read_number(written);
        if (!value) {
            throw Error(ErrorKind::input,
                        fmt::format("{}: '{}' is no coordinate; write a number or remove the line",
                                    columns_[column], written));
        }
        return *value;
    }

    std::optional<Metres> own_radius(void* feature) const {
        const std::string written = radius_ ? text(feature, *radius_) : "";
        if (is_blank_text(written)) {
            return std::nullopt;
        }
        const auto value = read_number(written);
        if (!value || *value < 0 || *value > largest_radius) {
            throw Error(ErrorKind::input,
                        fmt::format("{}: '{}' is no radius; write metres from 0 to {:.0f}",
                                    columns_[*radius_], written, largest_radius));
        }
        return Metres(*value);
    }

    std::string crs() const {
        if (options_.crs) {
            return *options_.crs;
        }
        const bool from_columns = raw_.front().point.has_value();
        if (!from_columns) {
            if (const auto own = layer_crs(layer_)) {
                return *own;
            }
        }
        const bool degrees = from_columns ? mapping_.coordinates == CoordinateKind::lon_lat ||
                                                (mapping_.coordinates == CoordinateKind::unnamed &&
                                                 all_fit_degrees())
                                          : all_fit_degrees();
        return degrees ? "EPSG:4326" : wards_.analysis_crs;
    }

    bool all_fit_degrees() const {
        return std::all_of(raw_.begin(), raw_.end(), [](const RawPlace& raw) {
            if (raw.point) {
                return std::abs(raw.point->x) <= 180 && std::abs(raw.point->y) <= 90;
            }
            OGREnvelope box;
            OGR_G_GetEnvelope(raw.shape.get(), &box);
            return box.MinX >= -180 && box.MaxX <= 180 && box.MinY >= -90 && box.MaxY <= 90;
        });
    }

    void add_on_grid(std::vector<ExcludedPlace>& places, const RawPlace& raw,
                     const geo::Projection& projection) const {
        const std::optional<Metres> radius = raw.radius ? raw.radius : options_.radius;
        if (raw.point) {
            add_points(places, {*raw.point}, radius, projection);
        } else if (is_polygonal(raw.shape.get())) {
            if (!bring_to_grid(raw.shape.get(), projection)) {
                refuse_place(projection);
            }
            places.push_back({polygon_of(raw.shape.get()), radius.value_or(Metres(0))});
        } else {
            add_points(places, points_of(raw.shape.get()), radius, projection);
        }
    }

    static void add_points(std::vector<ExcludedPlace>& places,
                           const std::vector<SourcePoint>& points, std::optional<Metres> radius,
                           const geo::Projection& projection) {
        for (const auto& place : projection.to_grid(points)) {
            if (!place) {
                refuse_place(projection);
            }
            places.push_back({*place, radius.value_or(radius_of_points)});
        }
    }

    [[noreturn]] static void refuse_place(const geo::Projection& projection) {
        throw Error(ErrorKind::input,
                    fmt::format("it has no place on the grid if its coordinates are {}; name "
                                "their CRS with --exclude-crs",
                                projection.facts().from));
    }

    static std::vector<SourcePoint> points_of(OGRGeometryH shape) {
        const auto type = wkbFlatten(OGR_G_GetGeometryType(shape));
        if (OGR_G_IsEmpty(shape) != 0 || (type != wkbPoint && type != wkbMultiPoint)) {
            throw Error(ErrorKind::input,
                        "it is neither a point nor a polygon; draw it as one of them");
        }
        if (type == wkbPoint) {
            return {{OGR_G_GetX(shape, 0), OGR_G_GetY(shape, 0)}};
        }
        std::vector<SourcePoint> points;
        for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) {
            OGRGeometryH point = OGR_G_GetGeometryRef(shape, i);
            points.push_back({OGR_G_GetX(point, 0), OGR_G_GetY(point, 0)});
        }
        return points;
    }

    const GdalErrors errors_;
    const ExclusionOptions& options_;
    const ReadWards& wards_;
    DatasetHandle dataset_;
    void* layer_ = nullptr;
    bool is_csv_ = false;
    std::vector<std::string> columns_;
    FieldMapping mapping_;
    std::optional<std::size_t> radius_;
    std::vector<RawPlace> raw_;
};

bool reaches_a_ward(const ExcludedPlace& place, const ReadWards& wards) {
    const geo::Box box = box_of(place);
    return std::any_of(wards.wards.begin(), wards.wards.end(), [&](const cluster::Ward& ward) {
        return overlap(box, ward.shape.bounds());
    });
}

} // namespace

ReadExclusions read_exclusions(const ExclusionOptions& options, const ReadWards& wards) {
    ReadExclusions result;
    if (options.paths.empty()) {
        return result;
    }
    for (const SourcePart& part : find_sources(options.paths).parts) {
        std::vector<ExcludedPlace> places =
            geo::within(part.name, [&] { return LayerReader(part, options, wards).read(); });
        if (std::none_of(places.begin(), places.end(), [&](const ExcludedPlace& place) {
                return reaches_a_ward(place, wards);
            })) {
            result.warnings.push_back(fmt::format(
                "{}: no place of it lies near the wards, so it leaves nothing out; check its "
                "coordinates and --exclude-crs",
                part.name));
        }
        std::move(places.begin(), places.end(), std::back_inserter(result.places));
    }
    return result;
}

} // namespace io
