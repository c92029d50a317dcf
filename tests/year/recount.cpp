#include "tests/year/recount.hpp"

#include <algorithm>

namespace year {

namespace {

constexpr std::chrono::hours longest_gap{96};

std::vector<geo::TimeSpan> sorted(std::vector<geo::TimeSpan> spans) {
    std::sort(spans.begin(), spans.end(),
              [](const geo::TimeSpan& a, const geo::TimeSpan& b) { return a.from < b.from; });
    return spans;
}

/// The gaps that presence leaves in a time, those too long for the rule alone.
std::vector<geo::TimeSpan> long_gaps(const std::vector<geo::TimeSpan>& presence,
                                     geo::TimeSpan within) {
    std::vector<geo::TimeSpan> gaps;
    geo::Instant since = within.from;
    const auto until = [&](geo::Instant next) {
        if (next - since > longest_gap) {
            gaps.push_back({since, next});
        }
    };
    for (const geo::TimeSpan& present : presence) {
        if (present.from >= within.from && present.from < within.to) {
            until(present.from);
            since = std::max(since, present.to);
        }
    }
    until(within.to);
    return gaps;
}

} // namespace

std::vector<Absence> recount(std::span<const InForce> zones, std::span<const Outcome> outcomes) {
    std::map<std::string, std::vector<geo::TimeSpan>> presence;
    for (const Outcome& outcome : outcomes) {
        if (outcome.counts) {
            presence[outcome.zone].push_back(outcome.made);
        }
    }
    std::vector<Absence> absences;
    for (const InForce& zone : zones) {
        for (const geo::TimeSpan& gap : long_gaps(sorted(presence[zone.zone]), zone.when)) {
            absences.push_back({zone.zone, gap});
        }
    }
    std::sort(absences.begin(), absences.end());
    return absences;
}

bool explained(const Absence& absence, std::span<const Outcome> outcomes) {
    std::vector<geo::TimeSpan> put_back;
    for (const Outcome& outcome : outcomes) {
        if (outcome.zone == absence.zone && !outcome.counts) {
            put_back.push_back(outcome.planned);
        }
    }
    return long_gaps(sorted(std::move(put_back)), absence.when).empty();
}

} // namespace year
