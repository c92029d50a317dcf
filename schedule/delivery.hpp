#pragma once

#include "schedule/attendance.hpp"
#include "schedule/plan.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace schedule {

/// How a planned visit and an attendance find each other.
struct DeliveryOptions {
    std::chrono::seconds within = std::chrono::hours(4); ///< from start to start, either way
    std::optional<geo::Instant> as_of = {}; ///< what is known ends here; long ago when left out
    /// After a visit's planned end, somebody may yet come, or what was done may yet be written
    /// down.
    std::chrono::seconds grace = std::chrono::hours(4);
};

/// What became of a planned visit.
struct Delivery {
    enum class State {
        delivered, ///< attended for long enough
        brief,     ///< attended, but for too short a time to count
        missed,    ///< not attended
        open       ///< not attended, and its grace has not passed yet
    };

    State state = State::missed;
    std::optional<std::size_t> attendance; ///< index of the attendance; nothing if missed or open
    std::chrono::seconds late{0}; ///< from the planned to the real start; negative if early
    bool other_unit = false;      ///< another unit than planned was there, both being known
};

/// What became of each visit: one attendance stands for one visit at most.
///
/// A visit and an attendance of its zone may be a pair if the attendance names the visit, or names
/// none of these and began within `within` of the visit's start (both ends included). Of all ways
/// to pair them, one that has most named pairs is taken; of these one with most visits attended for
/// long enough (`counts`); of these one with most visits attended at all; then by most of the units
/// that were planned; then by the least time from planned to real starts, summed. Exact
/// (cluster/assignment.hpp); among equals it depends on the order of visits and attendances alone.
/// Background presence stands for a visit only where the rule counts it. A visit to which nobody
/// came is open until `grace` after its end, then missed. One delivery for each visit, in their
/// order. Time O((n + m) log (n + m) + p), about, for n visits, m attendances and p possible pairs.
std::vector<Delivery> deliveries(std::span<const Visit> visits,
                                 std::span<const Attendance> attendances, const Rule& rule,
                                 const DeliveryOptions& options = {});

/// The attendances, those from positions being tasked that overlap a planned visit of their unit in
/// their zone, widened by `slack` at both ends (which are included).
///
/// Positions do not say why somebody was there; the plan does.
std::vector<Attendance> tasked_by_plan(std::vector<Attendance> attendances,
                                       std::span<const Visit> visits,
                                       std::chrono::seconds slack = std::chrono::minutes(30));

} // namespace schedule
