#pragma once

#include "geo/time_zone.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

// The rule counted once more from what really happened, by code that shares nothing with the
// program: ids are texts, and the rule is the one that the year is lived by: 96 hours from the end
// of one attendance of ten minutes or more to the start of the next.

namespace year {

/// What became of a visit of the plan in force when its time came.
struct Outcome {
    std::string zone;
    geo::TimeSpan planned;
    geo::TimeSpan made;  ///< empty where nobody came
    bool counts = false; ///< it was long enough to reset the gap
};

/// A time in which a zone was in force.
struct InForce {
    std::string zone;
    geo::TimeSpan when;
};

/// An absence longer than the rule allows.
struct Absence {
    std::string zone;
    geo::TimeSpan when;

    friend auto operator<=>(const Absence& a, const Absence& b) {
        if (const auto order = a.zone <=> b.zone; order != 0) {
            return order;
        }
        return a.when.from <=> b.when.from;
    }
    friend bool operator==(const Absence&, const Absence&) = default;
};

/// Every absence in the zones while they were in force that the rule does not allow, by zone and
/// start.
std::vector<Absence> recount(std::span<const InForce> zones, std::span<const Outcome> outcomes);

/// Whether missed visits explain an absence: with every visit to its zone that stood in the plan in
/// force when its time came, and was missed or too short, put back where it was planned, nothing is
/// left of the absence that the rule does not allow.
bool explained(const Absence& absence, std::span<const Outcome> outcomes);

} // namespace year
