#pragma once

#include "cluster/incident.hpp"

#include <optional>
#include <span>
#include <string>

namespace cluster {

/// The commonest offences of the incidents with their shares, "Robbery 41 %, Violence with injury
/// 35 %": at most three, most first, ties by label, those under half a per cent left out; nothing
/// where the table has no labels.
std::optional<std::string> offence_mix(const IncidentTable& table,
                                       std::span<const Incident> inside);

} // namespace cluster
