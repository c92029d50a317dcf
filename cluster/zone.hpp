#pragma once

#include "cluster/incident.hpp"
#include "cluster/poisson_interval.hpp"
#include "cluster/ward.hpp"
#include "geo/id.hpp"

#include <optional>
#include <string>

namespace cluster {

/// The name of a zone that plans, rosters and attendances refer to: stable, never reused.
using ZoneId = geo::Id<struct ZoneIdKind>;

/// A closed disc on the grid: a point exactly on the rim is inside.
struct Disc {
    geo::GridPoint centre;
    geo::Metres radius;

    bool holds(const geo::GridPoint& place) const { return geo::within(place, centre, radius); }
    friend bool operator==(const Disc&, const Disc&) = default;
};

/// Whether a zone's incidents become more or fewer.
enum class Trend { rising, steady, falling };

/// What speaks for a zone, counted again from the incidents inside the published circle.
struct Evidence {
    std::uint32_t incidents = 0;           ///< of any ward
    std::optional<CountInterval> interval; ///< 95 %, of what `incidents` is a sample of
    double weight = 0;                     ///< their weights
    double ward_share = 0; ///< the ward's own weight inside / the ward's weight, 0 to 1
    std::optional<double>
        pai; ///< prediction accuracy index within the ward, area clipped to the ward
    std::optional<double>
        p_value; ///< against the baseline, (0, 1]; nothing where it was not tested
    std::optional<double> q_value; ///< the same among all zones of the force, (0, 1]
    std::optional<std::string>
        peak;                   ///< "Fri-Sat 21:00-02:00"; nothing where times do not support one
    std::optional<Trend> trend; ///< nothing where the incidents are too few to say
    std::optional<std::string> offences; ///< the commonest, "Robbery 41 %, Rape 12 %"
};

/// A patrol zone.
struct Zone {
    ZoneId id;
    std::string name;
    WardCode ward_code;
    std::string ward_name;
    unsigned rank = 0;      ///< over the whole force, by weight, then id; from 1
    unsigned ward_rank = 0; ///< within the ward; from 1
    Disc disc;
    Evidence evidence;
    std::string why; ///< one sentence for an officer, made of facts
};

} // namespace cluster
