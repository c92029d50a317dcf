#include "cli/collapse_guard.hpp"

#include <fmt/format.h>

#include <array>

namespace cli {

namespace {

double share_left_out(const io::RunCounts& counts) {
    return counts.rows_read == 0
               ? 0
               : static_cast<double>(counts.rows_left_out) / static_cast<double>(counts.rows_read);
}

struct Measure {
    std::string_view name;
    double last = 0;
    double tonight = 0;
};

} // namespace

std::optional<std::string> collapse(const std::optional<io::RunCounts>& last,
                                    const io::RunCounts& tonight, geo::Instant now,
                                    const GuardOptions& options) {
    if (options.max_age_days && tonight.newest) {
        const auto age = std::chrono::floor<std::chrono::days>(now - *tonight.newest).count();
        if (age > static_cast<long>(*options.max_age_days)) {
            return fmt::format("the newest incident is {} days old, {} are allowed", age,
                               *options.max_age_days);
        }
    }
    if (!last) {
        return std::nullopt;
    }
    const std::array measures{Measure{"incidents", static_cast<double>(last->rows_used),
                                      static_cast<double>(tonight.rows_used)},
                              Measure{"wards with incidents", static_cast<double>(last->wards),
                                      static_cast<double>(tonight.wards)},
                              Measure{"their weight", last->weight, tonight.weight}};
    for (const Measure& measure : measures) {
        if (measure.tonight < (1 - options.max_drop) * measure.last) {
            return fmt::format("{} fell from {:.6g} to {:.6g}, by more than {:.0f} %", measure.name,
                               measure.last, measure.tonight, 100 * options.max_drop);
        }
    }
    constexpr double one_in_a_hundred = 0.01;
    const double before = share_left_out(*last);
    const double after = share_left_out(tonight);
    if (after > 2 * before && after > before + one_in_a_hundred) {
        return fmt::format("the share of rows left out went from {:.1f} % to {:.1f} %",
                           100 * before, 100 * after);
    }
    return std::nullopt;
}

} // namespace cli
