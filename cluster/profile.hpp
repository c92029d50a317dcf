#pragma once

#include "cluster/incident.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>

namespace cluster {

/// Incidents (or shares, or rates) by hour of the week in local time, Monday 00:00 first
/// (geo::hour_of_week).
using WeekProfile = std::array<double, 168>;

/// How many incidents fall into each hour of the week, each spread evenly over the time its record
/// leaves open (aoristic analysis, Ratcliffe 2000). Records that leave more than 24 hours open,
/// days and months among them, say where but not when, and are left out; the sum is the number of
/// incidents that count.
WeekProfile aoristic_profile(std::span<const Incident> incidents, const geo::TimeZone& zone);

/// Shares of the week, 1 in all: the first profile's, shrunk towards the next one's, and so on, the
/// last towards an even week. Each step adds `strength` incidents spread like the wider profile
/// (empirical Bayes with a Dirichlet prior), so that a profile counts by what it holds.
///
/// \param profiles counts, narrowest first: of the zone, of its ward, of the force.
WeekProfile shrunk_shares(std::span<const WeekProfile> profiles, double strength = 20);

/// The block of hours, on a run of days or on all, where incidents stand out most from an even
/// week: text such as "Fri-Sat 21:00-02:00", "daily 18:00-22:00", or nothing if no block stands out
/// beyond chance.
///
/// Scans all runs of one to seven days with two to eight hours that may reach past midnight, and
/// takes the highest Poisson log-likelihood ratio (Kulldorff 1997); it is claimed when the ratio
/// exceeds 13, which holds the chance of a false claim under one in a hundred over all blocks
/// together.
std::optional<std::string> peak_text(const WeekProfile& profile);

} // namespace cluster
