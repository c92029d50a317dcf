#include "cli/worth_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cli {

namespace {

/// Times the certificate's minutes from which on visits can be left to chance.
constexpr double ample = 1.5;

std::string value_line(const CheckedPlan& plan) {
    const schedule::PlanQuality& quality = plan.quality;
    const std::string where = fmt::format(
        "risk where and when visited is {:.2f} times the mean of the zones' hours on shift",
        quality.worth.lift);
    const std::optional<double> share = quality.share();
    const auto aim = static_cast<double>(plan.problem.rule.plan_gap.count());
    const bool short_of_aim = std::any_of(plan.outlooks.begin(), plan.outlooks.end(),
                                          [&](const auto& o) { return o.max_gap_h > aim; });
    return share ? fmt::format("The plan holds at least {:.1f} % of what any plan that keeps the "
                               "rule could{}; {}\n",
                               100 * std::min(*share, 1.0),
                               short_of_aim ? fmt::format(", with absences beyond the {} h it aims "
                                                          "at made few first",
                                                          plan.problem.rule.plan_gap.count())
                                            : "",
                               where)
                 : fmt::format("Of the plan: {}\n", where);
}

std::string chance_line(const schedule::PlanQuality& quality) {
    std::string text = fmt::format("The likeliest hour of a zone holds {:.0f} % of its visits, "
                                   "which spread like {:.1f} hours that are all as likely",
                                   100 * quality.predictability.likeliest_hour,
                                   std::exp2(quality.predictability.zone_entropy));
    if (quality.chance) {
        text += fmt::format("; chance costs {:.0f} % of the value and {:.0f} % of that risk",
                            100 * std::max(quality.chance->value, 0.0),
                            100 * std::max(quality.chance->lift, 0.0));
    }
    return text + "\n";
}

/// Where the tightest window leaves little more than the rule needs.
std::string thin_line(const CheckedPlan& plan) {
    const auto needed = static_cast<double>(plan.certificate.needed.count());
    const auto available = static_cast<double>(plan.certificate.available.count());
    if (!(needed > 0) || !(available > 0) || available >= ample * needed) {
        return "";
    }
    const auto units = static_cast<double>(plan.problem.units.size());
    return fmt::format(
        "Too little is left for chance: the units have {:.2f} times the minutes that "
        "the rule needs at least; {:.1f} times, about {:.0f} such units, would do\n",
        available / needed, ample, std::ceil(units * ample * needed / available));
}

} // namespace

std::string worth_text(const CheckedPlan& plan) {
    if (plan.plan.visits.empty()) {
        return "";
    }
    const std::string least = fmt::format("{:.0f}", 100 * plan.quality.least_load);
    const std::string most = fmt::format("{:.0f}", 100 * plan.quality.most_load);
    return value_line(plan) + chance_line(plan.quality) + thin_line(plan) +
           fmt::format("{} minutes go on ways; visits and ways fill {} % of the units' minutes\n",
                       plan.quality.travel.count(), least == most ? least : least + "-" + most);
}

} // namespace cli
