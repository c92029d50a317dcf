#pragma once

#include "cluster/backtest.hpp"

#include <string>

namespace cli {

/// What people call a method: "150 m grid cells".
std::string_view name(cluster::Method method);

/// The result in one sentence: "The 60 zones are 7.5/58.9 km2 (12.8 %) of the top wards' area and
/// held 3,123/5,832 (53.5 % [52.3 %, 54.8 %]) of their violence in the next six months; the best
/// other method (...) held ...".
///
/// \param origin the last of a back-test. Other methods are all that are not our own optimiser.
std::string evaluation_sentence(const cluster::OriginScore& origin, const geo::TimeZone& time_zone);

/// The back-test for people: a table of all methods over all origins, a line an origin, and the
/// sentence of the last.
std::string evaluation_text(const cluster::Backtest& backtest, const geo::TimeZone& time_zone);

} // namespace cli
