#include "io/ward_reader.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/field_mapping.hpp"
#include "io/gdal.hpp"
#include "io/grid_shape.hpp"
#include "io/layer_choice.hpp"
#include "io/source.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace io {

namespace {

using geo::Error;
using geo::ErrorKind;
using geo::SourcePoint;

/// A ward as it stands in the file, before it is brought to the grid.
struct RawWard {
    std::string name;
    GeometryHandle shape;
};
using RawWards = std::map<std::string, RawWard>; // by code, so in the order of the codes

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// `wd23cd` for the end "cd", in any vintage.
bool is_vintage(const std::string& plain, std::string_view end) {
    return plain.size() == 6 && plain.starts_with("wd") && is_digit(plain[2]) &&
           is_digit(plain[3]) && plain.ends_with(end);
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "'" : ", '") + name + "'";
    }
    return text;
}

/// "BSC" or "BUC" as a word of its own: the statistics office's marks for boundaries generalised to
/// 200 m and 500 m.
bool is_generalised(std::string_view text) {
    std::string word;
    for (const char c : std::string(text) + " ") {
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (letter) {
            word += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        } else {
            if (word == "BSC" || word == "BUC") {
                return true;
            }
            word.clear();
        }
    }
    return false;
}

/// The smallest lon/lat box around a box in `crs`, to the precision of a grid of points over it.
std::array<double, 4> lon_lat_area(const std::string& crs, const OGREnvelope& box) {
    std::array<double, 4> area{180, 90, -180, -90};
    const auto widen = [&](double longitude, double latitude) {
        area = {std::min(area[0], longitude), std::min(area[1], latitude),
                std::max(area[2], longitude), std::max(area[3], latitude)};
    };
    if (!geo::crs_traits(crs).projected) {
        widen(box.MinX, box.MinY);
        widen(box.MaxX, box.MaxY);
        return area;
    }
    const geo::Projection projection("EPSG:4326", crs);
    constexpr int steps = 4;
    for (int i = 0; i <= steps; ++i) {
        for (int j = 0; j <= steps; ++j) {
            const double x = box.MinX + (box.MaxX - box.MinX) * i / steps;
            const double y = box.MinY + (box.MaxY - box.MinY) * j / steps;
            const SourcePoint back =
                projection.from_grid(geo::GridPoint::at(geo::Metres(x), geo::Metres(y)));
            widen(back.x, back.y);
        }
    }
    return area;
}

class WardReader {
  public:
    WardReader(const WardOptions& options, const SourcePart& part)
        : options_(options), dataset_(open_vector(part.dataset)) {
        layer_ = choose_layer(options.layer ? options.layer : part.layer);
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
        for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
            columns_.push_back(utf8_text(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
        }
    }

    ReadWards read(const std::optional<std::string>& analysis_crs) {
        code_ = code_column();
        name_ = name_column();
        result_.crs = crs();
        read_features();
        if (raw_.empty()) {
            throw Error(ErrorKind::input, "there are no wards in it; check the file");
        }
        result_.area = lon_lat_area(result_.crs, box_);
        if (analysis_crs) {
            geo::require_metric_grid(*analysis_crs, result_.area);
        }
        result_.analysis_crs =
            analysis_crs ? *analysis_crs : geo::choose_analysis_crs(result_.crs, result_.area);
        take_wards();
        warn_if_generalised();
        return std::move(result_);
    }

  private:
    OGRLayerH choose_layer(const std::optional<std::string>& wanted) {
        const std::vector<std::string> layers = layer_names(dataset_);
        if (wanted) {
            OGRLayerH layer = GDALDatasetGetLayerByName(dataset_.get(), wanted->c_str());
            if (layer == nullptr) {
                throw Error(ErrorKind::input,
                            fmt::format("no layer '{}'; it has {}", *wanted, listed(layers)));
            }
            return layer;
        }
        if (layers.size() != 1) {
            throw Error(
                ErrorKind::input,
                layers.empty()
                    ? std::string("there are no layers in it; check the file")
                    : fmt::format("it has the layers {}; name the one with the wards with layer "
                                  "under [wards]",
                                  listed(layers)));
        }
        return GDALDatasetGetLayer(dataset_.get(), 0);
    }

    std::optional<std::size_t> configured_column(std::string_view setting,
                                                 const std::optional<std::string>& name) const {
        if (!name) {
            return std::nullopt;
        }
        const auto at = std::find_if(columns_.begin(), columns_.end(), [&](const auto& column) {
            return plain_name(column) == plain_name(*name);
        });
        if (at == columns_.end()) {
            throw Error(ErrorKind::usage,
                        fmt::format("wards.{}: there is no column '{}'; the columns are {}",
                                    setting, *name, listed(columns_)));
        }
        return static_cast<std::size_t>(at - columns_.begin());
    }

    std::optional<std::size_t> recognised_column(std::string_view vintage,
                                                 std::span<const std::string_view> names) const {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (is_vintage(plain_name(columns_[i]), vintage)) {
                return i;
            }
        }
        for (const std::string_view name : names) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                if (plain_name(columns_[i]) == name) {
                    return i;
                }
            }
        }
        return std::nullopt;
    }

    std::size_t code_column() const {
        constexpr std::array<std::string_view, 5> names{"wardcode", "wardcd", "wdcd", "gsscode",
                                                        "code"};
        const auto configured = configured_column("code", options_.code);
        const auto column = configured ? configured : recognised_column("cd", names);
        if (!column) {
            throw Error(
                ErrorKind::input,
                fmt::format("no ward codes recognised among the columns {}; name the column with "
                            "code under [wards]",
                            listed(columns_)));
        }
        return *column;
    }

    std::optional<std::size_t> name_column() const {
        constexpr std::array<std::string_view, 4> names{"wardname", "wardnm", "wdnm", "name"};
        const auto configured = configured_column("name", options_.name);
        return configured ? configured : recognised_column("nm", names);
    }

    std::string crs() const {
        if (options_.crs) {
            return *options_.crs;
        }
        const auto own = layer_crs(layer_);
        if (!own || OSRIsLocal(OGR_L_GetSpatialRef(layer_)) != 0) {
            throw Error(
                ErrorKind::input,
                "the layer names no coordinate reference system; set crs under [wards], such as "
                "crs = \"EPSG:27700\"");
        }
        return *own;
    }

    void read_features() {
        for (FeatureHandle feature(OGR_L_GetNextFeature(layer_)); feature;
             feature.reset(OGR_L_GetNextFeature(layer_))) {
            ++result_.rows_read;
            take(static_cast<OGRFeatureH>(feature.get()));
        }
        if (!errors_.failure().empty()) {
            throw Error(
                ErrorKind::input,
                "reading broke off, so the file is damaged or cut short; download it again");
        }
    }

    std::string text(OGRFeatureH feature, std::size_t column) const {
        return utf8_text(OGR_F_GetFieldAsString(feature, static_cast<int>(column)));
    }

    void take(OGRFeatureH feature) {
        const std::string code = text(feature, code_);
        if (code.empty()) {
            throw Error(ErrorKind::input,
                        fmt::format("feature {}: the ward has no code in column '{}'",
                                    OGR_F_GetFID(feature), columns_[code_]));
        }
        GeometryHandle shape = shape_of(feature, code);
        OGREnvelope box;
        OGR_G_GetEnvelope(shape.get(), &box);
        widen(box);
        auto [at, is_new] = raw_.try_emplace(code);
        if (is_new) {
            const std::string name = name_ ? text(feature, *name_) : std::string();
            at->second = {name.empty() ? code : name, std::move(shape)};
        } else {
            join(at->second, std::move(shape));
        }
    }

    static GeometryHandle shape_of(OGRFeatureH feature, const std::string& code) {
        OGRGeometryH own = OGR_F_GetGeometryRef(feature);
        GeometryHandle shape(own == nullptr ? nullptr : OGR_G_GetLinearGeometry(own, 0, nullptr));
        if (!is_polygonal(shape.get())) {
            throw Error(
                ErrorKind::input,
                fmt::format("ward {} is no polygon; give a layer of ward boundaries", code));
        }
        OGR_G_FlattenTo2D(shape.get());
        return shape;
    }

    /// The parts of one ward that a layer keeps as features of their own. Invalid ones cannot be
    /// united, so they are put side by side and repaired with the rest.
    static void join(RawWard& ward, GeometryHandle shape) {
        GeometryHandle united(OGR_G_Union(ward.shape.get(), shape.get()));
        if (!united) {
            united.reset(OGR_G_CreateGeometry(wkbGeometryCollection));
            OGR_G_AddGeometryDirectly(united.get(), ward.shape.release());
            OGR_G_AddGeometryDirectly(united.get(), shape.release());
        }
        ward.shape = std::move(united);
    }

    void widen(const OGREnvelope& box) {
        if (raw_.empty()) {
            box_ = box;
        }
        box_.MinX = std::min(box_.MinX, box.MinX);
        box_.MinY = std::min(box_.MinY, box.MinY);
        box_.MaxX = std::max(box_.MaxX, box.MaxX);
        box_.MaxY = std::max(box_.MaxY, box.MaxY);
    }

    void take_wards() {
        const geo::Projection projection(result_.crs, result_.analysis_crs, result_.area);
        result_.projection = projection.facts();
        std::string repaired;
        std::size_t repairs = 0;
        for (auto& [code, raw] : raw_) {
            if (result_.crs != result_.analysis_crs &&
                !bring_to_grid(raw.shape.get(), projection)) {
                throw Error(
                    ErrorKind::input,
                    "the wards' corners cannot be brought to the grid; check that crs under "
                    "[wards] is the one they were drawn in");
            }
            OGRGeometryH geometry = raw.shape.get();
            geo::Polygon shape = geo::within("ward " + code, [&] { return polygon_of(geometry); });
            if (shape.repaired()) {
                ++repairs;
                repaired += repaired.empty() ? code : ", " + code;
            }
            result_.wards.push_back({cluster::WardCode(code), raw.name, std::move(shape)});
        }
        if (repairs > 0) {
            result_.warnings.push_back(
                fmt::format("{} invalid ward {} repaired: {}", repairs,
                            repairs == 1 ? "boundary was" : "boundaries were", repaired));
        }
    }

    void warn_if_generalised() {
        bool generalised = is_generalised(OGR_L_GetName(layer_)) ||
                           is_generalised(CPLGetBasename(options_.path.c_str()));
        for (const std::string& column : columns_) {
            generalised = generalised || is_generalised(column);
        }
        if (generalised) {
            result_.warnings.emplace_back(
                "the ward boundaries are generalised (BSC or BUC) by 200 m or more, as much as a "
                "zone is wide; use the full (BFC, BFE) or 20 m (BGC) ones");
        }
    }

    const GdalErrors errors_;
    const WardOptions& options_;
    DatasetHandle dataset_;
    OGRLayerH layer_ = nullptr;
    std::vector<std::string> columns_;
    std::size_t code_ = 0;
    std::optional<std::size_t> name_;
    RawWards raw_;
    OGREnvelope box_{};
    ReadWards result_;
};

/// Wards come from one source: a file, an archive with one layer file, or a database.
SourcePart ward_source(const WardOptions& options, const Sources& sources) {
    if (sources.parts.size() != 1) {
        throw Error(ErrorKind::input,
                    fmt::format("it holds {} files; give one layer of wards", sources.parts.size()))
            .within(without_password(options.path));
    }
    return sources.parts.front();
}

} // namespace

ReadWards read_wards(const WardOptions& options, const std::optional<std::string>& analysis_crs) {
    const std::vector<std::string> paths{options.path};
    const Sources sources = find_sources(paths);
    const SourcePart part = ward_source(options, sources);
    ReadWards wards =
        geo::within(part.name, [&] { return WardReader(options, part).read(analysis_crs); });
    wards.source = sources.files.front().path;
    wards.on_disk = sources.files.front().on_disk;
    return wards;
}

geo::PolygonIndex index_wards(const ReadWards& wards) {
    std::vector<geo::Polygon> shapes;
    shapes.reserve(wards.wards.size());
    for (const cluster::Ward& ward : wards.wards) {
        shapes.push_back(ward.shape);
    }
    return geo::PolygonIndex(shapes);
}

} // namespace io
