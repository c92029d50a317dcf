#include "cluster/profile.hpp"

#include "cluster/scan_statistic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cluster {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr unsigned hours_of_week = 168;

double sum(const WeekProfile& profile) {
    return std::accumulate(profile.begin(), profile.end(), 0.0);
}

void spread(const Incident& incident, const geo::TimeZone& zone, WeekProfile& profile) {
    const double whole = static_cast<double>(incident.when.length().count());
    geo::Instant at = incident.when.from;
    while (at < incident.when.to) {
        // Offsets are whole quarters of an hour, so an hour of the wall clock ends within the hour
        // that follows.
        const geo::WallTime wall = zone.wall_time(at);
        const seconds left = std::chrono::floor<hours>(wall) + hours(1) - wall;
        const geo::Instant next = std::min(at + left, incident.when.to);
        profile[geo::hour_of_week(wall)] += static_cast<double>((next - at).count()) / whole;
        at = next;
    }
}

struct Block {
    unsigned first_day = 0; ///< 0 Monday
    unsigned days = 0;      ///< 1 to 7
    unsigned from = 0;      ///< hour of day, 0 to 23
    unsigned hours = 0;
};

constexpr unsigned least_hours = 2;
constexpr unsigned most_hours = 8;

/// What each block of some number of days holds. Begins with none; a day more is added to what was
/// summed before, in the same order as if each block were summed alone.
class BlockCounts {
  public:
    explicit BlockCounts(const WeekProfile& profile) : profile_(profile) {}

    void add_day() {
        for (unsigned first = 0; first < 7; ++first) {
            for (unsigned length = least_hours; length <= most_hours; ++length) {
                for (unsigned from = 0; from < 24; ++from) {
                    double& count = counts_[index(first, length, from)];
                    const unsigned start = (first + days_) * 24 + from;
                    for (unsigned h = start; h < start + length; ++h) {
                        count += profile_[h % hours_of_week];
                    }
                }
            }
        }
        ++days_;
    }

    /// \param block of as many days as were added.
    double of(const Block& block) const {
        return counts_[index(block.first_day, block.hours, block.from)];
    }

  private:
    static constexpr std::size_t lengths = most_hours - least_hours + 1;

    static std::size_t index(std::size_t first_day, std::size_t length, std::size_t from) {
        return (first_day * lengths + length - least_hours) * 24 + from;
    }

    const WeekProfile& profile_;
    unsigned days_ = 0;
    std::array<double, 7 * lengths * 24> counts_{};
};

std::string text_of(const Block& block) {
    static constexpr std::array names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const unsigned to = (block.from + block.hours) % 24;
    std::string days = "daily";
    if (block.days == 1) {
        days = names[block.first_day];
    } else if (block.days < 7) {
        days = fmt::format("{}-{}", names[block.first_day],
                           names[(block.first_day + block.days - 1) % 7]);
    }
    return fmt::format("{} {:02}:00-{:02}:00", days, block.from, to);
}

} // namespace

WeekProfile aoristic_profile(std::span<const Incident> incidents, const geo::TimeZone& zone) {
    WeekProfile profile{};
    for (const Incident& incident : incidents) {
        const bool says_when = incident.precision == TimePrecision::span &&
                               incident.when.length() > seconds(0) &&
                               incident.when.length() <= hours(24);
        if (says_when) {
            spread(incident, zone, profile);
        }
    }
    return profile;
}

WeekProfile shrunk_shares(std::span<const WeekProfile> profiles, double strength) {
    WeekProfile shares{};
    shares.fill(1.0 / hours_of_week);
    for (std::size_t wider = profiles.size(); wider > 0; --wider) {
        const WeekProfile& own = profiles[wider - 1];
        const double own_sum = sum(own);
        for (unsigned h = 0; h < hours_of_week; ++h) {
            shares[h] = (own[h] + strength * shares[h]) / (own_sum + strength);
        }
    }
    return shares;
}

std::optional<std::string> peak_text(const WeekProfile& profile) {
    constexpr double beyond_chance = 13;
    const double all = sum(profile);
    BlockCounts counts(profile);
    Block best;
    double best_ratio = beyond_chance;
    const double room = std::sqrt(beyond_chance) * (1 - 1e-6); // for rounding
    for (unsigned days = 1; days <= 7; ++days) {
        counts.add_day();
        for (unsigned first = 0; first < (days == 7 ? 1U : 7U); ++first) {
            for (unsigned length = least_hours; length <= most_hours; ++length) {
                const double expected = all * days * length / hours_of_week;
                const double harmless = room * harmless_excess({0, expected, all});
                for (unsigned from = 0; from < 24; ++from) {
                    const Block block{first, days, from, length};
                    const WindowCount window{counts.of(block), expected, all};
                    if (window.inside < expected + harmless) {
                        continue;
                    }
                    const double ratio = log_likelihood_ratio(window);
                    if (ratio > best_ratio) {
                        best_ratio = ratio;
                        best = block;
                    }
                }
            }
        }
    }
    return best.days > 0 ? std::optional(text_of(best)) : std::nullopt;
}

} // namespace cluster
