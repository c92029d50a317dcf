#include "geo/projection.hpp"

#include "geo/error.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace geo {

namespace {

struct ContextDeleter {
    void operator()(PJ_CONTEXT* c) const { proj_context_destroy(c); }
};
struct PjDeleter {
    void operator()(PJ* p) const { proj_destroy(p); }
};
struct AreaDeleter {
    void operator()(PJ_AREA* a) const { proj_area_destroy(a); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Pj = std::unique_ptr<PJ, PjDeleter>;

Context quiet_context() {
    Context context(proj_context_create());
    proj_log_level(context.get(), PJ_LOG_NONE);
    proj_context_use_proj4_init_rules(context.get(), 0);
    return context;
}

Pj known_crs(PJ_CONTEXT* context, const std::string& crs) {
    Pj pj(proj_create(context, crs.c_str()));
    if (!pj || proj_is_crs(pj.get()) == 0) {
        throw Error(ErrorKind::input, "'" + crs.substr(0, 60) +
                                          "' is no coordinate reference system that PROJ knows; "
                                          "name one such as EPSG:27700 or EPSG:4326");
    }
    return pj;
}

std::string short_name(const PJ* crs) {
    const char* authority = proj_get_id_auth_name(crs, 0);
    const char* code = proj_get_id_code(crs, 0);
    if (authority != nullptr && code != nullptr) {
        return fmt::format("{}:{}", authority, code);
    }
    const char* name = proj_get_name(crs);
    return name != nullptr ? name : "unnamed";
}

/// How far a round trip may end from where it began: 1 m on a grid, 1e-5 degrees (about 1 m)
/// otherwise.
bool came_back(const PJ_COORD& there, const SourcePoint& start, double tolerance) {
    return std::abs(there.xy.x - start.x) <= tolerance &&
           std::abs(there.xy.y - start.y) <= tolerance;
}

} // namespace

struct Projection::Parts {
    Context context = quiet_context();
    Pj pj;
    double tolerance = 1;

    /// PROJ's last used operation, which is known only after a point went through.
    void describe(ProjectionFacts& facts) const {
        if (facts.from == facts.to) {
            facts.operation = "none needed";
            facts.accuracy_m = 0;
            return;
        }
        const Pj used(proj_trans_get_last_used_operation(pj.get()));
        const PJ_PROJ_INFO info = proj_pj_info(used ? used.get() : pj.get());
        facts.operation = info.description == nullptr ? "" : info.description;
        if (info.accuracy >= 0) {
            facts.accuracy_m = info.accuracy;
        }
    }
};

Projection::Projection(const std::string& source, const std::string& target,
                       std::optional<std::array<double, 4>> area)
    : parts_(std::make_unique<Parts>()) {
    PJ_CONTEXT* context = parts_->context.get();
    const Pj from = known_crs(context, source);
    const Pj to = known_crs(context, target);
    facts_.from = short_name(from.get());
    facts_.to = short_name(to.get());
    parts_->tolerance = crs_traits(source).in_metres ? 1.0 : 1e-5;

    std::unique_ptr<PJ_AREA, AreaDeleter> bounds;
    if (area) {
        bounds.reset(proj_area_create());
        proj_area_set_bbox(bounds.get(), (*area)[0], (*area)[1], (*area)[2], (*area)[3]);
    }
    const Pj raw(
        proj_create_crs_to_crs_from_pj(context, from.get(), to.get(), bounds.get(), nullptr));
    if (raw) {
        parts_->pj.reset(proj_normalize_for_visualization(context, raw.get()));
    }
    if (!parts_->pj) {
        throw Error(ErrorKind::input,
                    fmt::format("no transformation leads from {} to {}; give another crs",
                                facts_.from, facts_.to));
    }
    if (area) {
        // Send the middle of the area through, so that the operation PROJ picks there is the one
        // described.
        const Pj lon_lat = known_crs(context, "EPSG:4326");
        const Pj probe(
            proj_create_crs_to_crs_from_pj(context, lon_lat.get(), from.get(), nullptr, nullptr));
        const Pj normal(probe ? proj_normalize_for_visualization(context, probe.get()) : nullptr);
        PJ_COORD middle =
            proj_coord(((*area)[0] + (*area)[2]) / 2, ((*area)[1] + (*area)[3]) / 2, 0, 0);
        middle = normal ? proj_trans(normal.get(), PJ_FWD, middle) : middle;
        proj_trans(parts_->pj.get(), PJ_FWD, middle);
    }
    parts_->describe(facts_);
}

Projection::~Projection() = default;
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;

std::vector<std::optional<GridPoint>>
Projection::to_grid(std::span<const SourcePoint> points) const {
    // No place on Earth has grid coordinates beyond this, in any projection with metres.
    constexpr double grid_limit = 1e8;
    std::vector<std::optional<GridPoint>> result(points.size());
    PJ* pj = parts_->pj.get();
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y)) {
            continue;
        }
        proj_errno_reset(pj);
        const PJ_COORD there = proj_trans(pj, PJ_FWD, proj_coord(points[i].x, points[i].y, 0, 0));
        if (!(std::abs(there.xy.x) < grid_limit) || !(std::abs(there.xy.y) < grid_limit)) {
            continue;
        }
        if (!came_back(proj_trans(pj, PJ_INV, there), points[i], parts_->tolerance)) {
            continue;
        }
        result[i] = GridPoint::at(Metres(there.xy.x), Metres(there.xy.y));
    }
    return result;
}

SourcePoint Projection::from_grid(const GridPoint& point) const {
    const PJ_COORD back =
        proj_trans(parts_->pj.get(), PJ_INV,
                   proj_coord(point.easting().value(), point.northing().value(), 0, 0));
    return {back.xy.x, back.xy.y};
}

CrsTraits crs_traits(const std::string& crs) {
    const Context context = quiet_context();
    Pj pj = known_crs(context.get(), crs);
    if (proj_get_type(pj.get()) == PJ_TYPE_COMPOUND_CRS) {
        pj.reset(proj_crs_get_sub_crs(context.get(), pj.get(), 0));
    }
    if (proj_get_type(pj.get()) == PJ_TYPE_BOUND_CRS) {
        pj.reset(proj_get_source_crs(context.get(), pj.get()));
    }
    CrsTraits traits;
    const char* name = proj_get_name(pj.get());
    traits.name = name != nullptr ? name : "unnamed";
    const bool has_code = proj_get_id_code(pj.get(), 0) != nullptr;
    traits.text = has_code ? short_name(pj.get()) : crs;
    traits.projected = proj_get_type(pj.get()) == PJ_TYPE_PROJECTED_CRS;
    const Pj system(proj_crs_get_coordinate_system(context.get(), pj.get()));
    traits.in_metres = traits.projected && system != nullptr;
    for (int axis = 0; traits.in_metres && axis < 2; ++axis) {
        double to_metres = 0;
        proj_cs_get_axis_info(context.get(), system.get(), axis, nullptr, nullptr, nullptr,
                              &to_metres, nullptr, nullptr, nullptr);
        traits.in_metres = to_metres == 1.0;
    }
    return traits;
}

namespace {

using LonLatArea = std::array<double, 4>;

LonLat middle_of(const LonLatArea& area) {
    return {(area[0] + area[2]) / 2, (area[1] + area[3]) / 2};
}

/// Great Britain and the Isle of Man against Ireland and France, by coasts: the area's middle must
/// lie between the western and eastern bounds of its latitude. Good to the width of the North
/// Channel and the Strait of Dover.
bool in_great_britain(const LonLatArea& area) {
    const bool in_reach = area[0] >= -9.1 && area[2] <= 2.1 && area[1] >= 49.7 && area[3] <= 61.1;
    const auto [longitude, latitude] = middle_of(area);
    const double west = latitude < 50.7   ? -6.5
                        : latitude < 53.5 ? -5.5
                        : latitude < 55.2 ? -5.3
                        : latitude < 55.5 ? -5.95
                                          : -8.8;
    const double east = latitude < 51.0 ? 1.05 : 1.8;
    return in_reach && latitude >= 49.85 && longitude >= west && longitude <= east;
}

bool true_to_scale(const std::string& crs, const LonLatArea& area) {
    constexpr double allowed = 0.001;
    const Context context = quiet_context();
    const Pj pj = known_crs(context.get(), crs);
    const LonLat middle = middle_of(area);
    const std::array<LonLat, 5> probes{
        {{area[0], area[1]}, {area[0], area[3]}, {area[2], area[1]}, {area[2], area[3]}, middle}};
    return std::all_of(probes.begin(), probes.end(), [&](const LonLat& at) {
        const PJ_FACTORS f = proj_factors(
            pj.get(), proj_coord(proj_torad(at.longitude), proj_torad(at.latitude), 0, 0));
        return proj_errno(pj.get()) == 0 && std::abs(f.meridional_scale - 1) <= allowed &&
               std::abs(f.parallel_scale - 1) <= allowed;
    });
}

std::string utm_zone(const LonLat& at) {
    const int zone = std::clamp(static_cast<int>(std::floor((at.longitude + 180) / 6)) + 1, 1, 60);
    return fmt::format("EPSG:{}{:02}", at.latitude >= 0 ? 326 : 327, zone);
}

} // namespace

std::string choose_analysis_crs(const std::string& wards_crs, const std::array<double, 4>& area) {
    if (in_great_britain(area)) {
        return "EPSG:27700";
    }
    const CrsTraits traits = crs_traits(wards_crs);
    if (traits.projected && traits.in_metres && true_to_scale(wards_crs, area)) {
        return traits.text;
    }
    return utm_zone(middle_of(area));
}

void require_metric_grid(const std::string& crs, const std::array<double, 4>& area) {
    const CrsTraits traits = crs_traits(crs);
    const auto refuse = [&](const char* fault) {
        throw Error(ErrorKind::usage,
                    fmt::format("analysis_crs {} ({}) {}; leave it out, or name a projected CRS in "
                                "metres such as {}",
                                crs, traits.name, fault, choose_analysis_crs("EPSG:4326", area)));
    };
    if (!traits.projected) {
        refuse("is not projected");
    }
    if (!traits.in_metres) {
        refuse("is not in metres");
    }
    if (!true_to_scale(crs, area)) {
        refuse("stretches lengths here by more than 0.1 %");
    }
}

} // namespace geo
