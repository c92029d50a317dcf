#include "cli/breach_text.hpp"

#include "cli/summary.hpp"
#include "schedule/gap.hpp"
#include "schedule/local_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

namespace cli {

namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t most_shown = 10;

double hours(std::chrono::seconds length) {
    return static_cast<double>(length.count()) / 3600.0;
}

/// The absences of a zone that are too long.
struct Breaching {
    cluster::ZoneId zone;
    std::size_t absences = 0;
    geo::TimeSpan worst;
    std::chrono::seconds too_long{0}; ///< of the worst
};

std::vector<Breaching> worst_first(const CheckedPlan& plan) {
    const schedule::Problem& problem = plan.problem;
    std::vector<Breaching> zones;
    for (const schedule::Violation& breach : plan.breaches) {
        if (breach.kind != schedule::ViolationKind::gap || !breach.zone || !breach.when) {
            continue;
        }
        const std::chrono::seconds too_long =
            breach.when->to - schedule::latest_start(breach.when->from, problem.rule.max_gap,
                                                     problem.rule.gap_mode, problem.zone);
        // Breaches come zone by zone.
        if (zones.empty() || zones.back().zone != *breach.zone) {
            zones.push_back({*breach.zone, 0, *breach.when, too_long});
        }
        Breaching& zone = zones.back();
        ++zone.absences;
        if (too_long > zone.too_long) {
            zone.worst = *breach.when;
            zone.too_long = too_long;
        }
    }
    std::stable_sort(zones.begin(), zones.end(), [](const Breaching& a, const Breaching& b) {
        return a.too_long > b.too_long;
    });
    return zones;
}

void add_reason(Out out, const CheckedPlan& plan) {
    if (!plan.remedies) {
        return;
    }
    const schedule::Certificate& proof = plan.certificate;
    // The certificate ends with the units it takes; the remedies say that, and better.
    const std::string window = proof.sentence.substr(0, proof.sentence.rfind(": no "));
    const bool searched = proof.forbids || proof.zones == 0;
    fmt::format_to(out, "{}: {}; {}\n",
                   searched ? "No plan can keep it"
                            : "No plan that keeps it was found, though none is ruled out",
                   window, plan.remedies->sentence);
}

void add_overdue(Out out, const CheckedPlan& plan) {
    const geo::TimeZone& zone = plan.problem.zone;
    std::vector<const schedule::Outlook*> overdue;
    for (const schedule::Violation& breach : plan.breaches) {
        if (breach.kind == schedule::ViolationKind::gap_inherited) {
            const auto own =
                std::find_if(plan.outlooks.begin(), plan.outlooks.end(),
                             [&](const schedule::Outlook& o) { return o.zone == breach.zone; });
            overdue.push_back(&*own);
        }
    }
    std::stable_sort(overdue.begin(), overdue.end(),
                     [](const auto* a, const auto* b) { return a->due_by < b->due_by; });
    if (!overdue.empty()) {
        fmt::format_to(out,
                       "Overdue before any shift of the plan could reach {}, and first in it:\n",
                       overdue.size() == 1 ? "it" : "them");
    }
    for (std::size_t i = 0; i < std::min(most_shown, overdue.size()); ++i) {
        const schedule::Outlook& o = *overdue[i];
        fmt::format_to(out, "  zone {}: due by {}, {}\n", o.zone.text(),
                       schedule::local_text(o.due_by, zone),
                       o.next_visit ? fmt::format("visited {}, {:.1f} h late",
                                                  schedule::local_text(*o.next_visit, zone),
                                                  hours(*o.next_visit - o.due_by))
                                    : std::string("not visited"));
    }
    if (overdue.size() > most_shown) {
        fmt::format_to(out, "  and {} more\n", overdue.size() - most_shown);
    }
}

std::string absences_text(const Breaching& zone, const CheckedPlan& plan) {
    const bool never =
        std::any_of(plan.outlooks.begin(), plan.outlooks.end(), [&](const schedule::Outlook& o) {
            return o.zone == zone.zone && o.starts.empty();
        });
    return never                ? "never visited,"
           : zone.absences == 1 ? "one absence too long,"
                                : fmt::format("{} absences too long, the worst", zone.absences);
}

void add_zones(Out out, const CheckedPlan& plan) {
    const std::vector<Breaching> zones = worst_first(plan);
    const geo::TimeZone& time_zone = plan.problem.zone;
    for (std::size_t i = 0; i < std::min(most_shown, zones.size()); ++i) {
        const Breaching& zone = zones[i];
        fmt::format_to(out, "  zone {}: {} {:.1f} h from {} to {}, {:.1f} h too long\n",
                       zone.zone.text(), absences_text(zone, plan), hours(zone.worst.length()),
                       schedule::local_text(zone.worst.from, time_zone),
                       schedule::local_text(zone.worst.to, time_zone), hours(zone.too_long));
    }
    if (zones.size() > most_shown) {
        fmt::format_to(out,
                       "  and {} more zones; max_gap_h and rule_ok in zones.geojson name all\n",
                       zones.size() - most_shown);
    }
}

} // namespace

std::string breach_text(const CheckedPlan& plan) {
    std::string text;
    const Out out(text);
    fmt::format_to(out, "The rule is BROKEN in {} of {} zone{}:\n", plan.zones_in_breach(),
                   plan.outlooks.size(), plan.outlooks.size() == 1 ? "" : "s");
    add_reason(out, plan);
    add_overdue(out, plan);
    add_zones(out, plan);
    return text;
}

} // namespace cli
