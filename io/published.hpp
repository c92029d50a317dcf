#pragma once

#include "cluster/ward.hpp"
#include "cluster/zone.hpp"
#include "schedule/outlook.hpp"
#include "schedule/rule.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace io {

// What is published, as values in which everything that an audience may not be told can be missing
// (io/disclosure.hpp). Writers take these and nothing else of zones and wards, so that none can
// write what was withheld: they write null.

/// cluster::Evidence, as far as it is told.
struct PublishedEvidence {
    std::optional<std::uint32_t> incidents;
    std::optional<cluster::CountInterval> interval;
    std::optional<double> weight;
    std::optional<double> ward_share;
    std::optional<double> pai;
    std::optional<double> p_value;
    std::optional<double> q_value;
    std::optional<std::string> peak;
    std::optional<cluster::Trend> trend;
    std::optional<std::string> offences;
};

/// A patrol zone as it is published: its evidence and, where there is a plan, what the plan means
/// for it.
struct PublishedZone {
    cluster::ZoneId id;
    std::string name;
    cluster::WardCode ward_code;
    std::string ward_name;
    unsigned rank = 0;
    unsigned ward_rank = 0;
    cluster::Disc disc;
    PublishedEvidence evidence;
    std::string why;
    std::optional<schedule::Outlook> outlook; ///< nothing where no plan was made
    schedule::Minutes visit_length{15};       ///< published with the outlook only
};

/// A ward as it is published: its place in the ranking, and what became of it.
struct PublishedWard {
    cluster::Ward ward;
    std::optional<unsigned> rank; ///< from 1
    std::optional<std::uint32_t> incidents;
    std::optional<double> weight;
    std::optional<double> per_square_kilometre;
    std::optional<bool> chosen;                 ///< whether zones were sought in it
    std::optional<std::uint32_t> zones;         ///< zones found in it
    std::optional<std::string_view> count_band; ///< of its incidents, one of count_bands
};

/// What is published of places.
struct Publication {
    std::vector<PublishedZone> zones; ///< in the order of rank
    std::vector<PublishedWard> wards; ///< in the order of the ranking, or of their codes
};

/// A zone with all that is known of it. Numbers that a zones file left empty stay empty: no zone
/// was made of no incident.
PublishedZone published(const cluster::Zone& zone);

} // namespace io
