#pragma once

#include "cluster/incident.hpp"
#include "cluster/recency.hpp"

#include <span>

namespace cluster {

/// What an incident weighs in every sum, beyond the weight that its offence has.
struct Weighting {
    Recency recency;
};

/// Gives each incident its final weight: the weight it was read with, times its recency. To be
/// called once for a table.
void weigh(std::span<Incident> incidents, const Weighting& weighting);

} // namespace cluster
