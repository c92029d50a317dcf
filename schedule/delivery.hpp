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
};

/// What became of a planned visit.
struct Delivery {
    enum class State {
        delivered, ///< attended for long enough
        brief,     ///< attended, but for too short a time to count
        missed     ///< not attended
    };

    State state = State::missed;
    std::optional<std::size_t> attendance; ///< index of the attendance; nothing if missed
    std::chrono::seconds late{0}; ///< from the planned to the real start; negative if early
    bool other_unit = false;      ///< another unit than planned was there, both being known
};

/// What became of each visit: one attendance stands for one visit at most.
///
/// A visit and an attendance of its zone match if the attendance names it, or none of them and
/// began within `within` of its start (both ends included). Of all pairs the best is taken first,
/// and so on: named before not, counting (`counts`) before brief, the planned unit before others,
/// the nearer start, the earlier visit, the earlier attendance. Background presence matches only
/// where the rule counts it. One delivery for each visit, in their order. Time O((n + m) log (n +
/// m) + pairs) for n visits and m attendances.
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
