#include "cluster/accuracy.hpp"

namespace cluster {

namespace {

std::optional<double> ratio(double part, double whole) {
    return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

/// The ratio of two shares that may be missing.
std::optional<double> ratio(std::optional<double> part, std::optional<double> whole) {
    return part && whole ? ratio(*part, *whole) : std::nullopt;
}

} // namespace

Tally& Tally::operator+=(const Tally& other) {
    held += other.held;
    incidents += other.incidents;
    best_held += other.best_held;
    training_held += other.training_held;
    training_incidents += other.training_incidents;
    covered = covered + other.covered;
    area = area + other.area;
    kept = kept + other.kept;
    ever = ever + other.ever;
    return *this;
}

std::string_view code(Measure measure) {
    switch (measure) {
    case Measure::hit_rate:
        return "hit_rate";
    case Measure::pai:
        return "pai";
    case Measure::pei:
        return "pei";
    case Measure::rri:
        return "rri";
    case Measure::jaccard:
        return "jaccard";
    }
    return "";
}

std::optional<double> value_of(Measure measure, const Tally& tally) {
    const auto hit_rate = ratio(tally.held, tally.incidents);
    switch (measure) {
    case Measure::hit_rate:
        return hit_rate;
    case Measure::pai:
        return ratio(hit_rate, ratio(tally.covered.value(), tally.area.value()));
    case Measure::pei:
        return ratio(tally.held, tally.best_held);
    case Measure::rri: // a/A is the same in both and falls out
        return ratio(hit_rate, ratio(tally.training_held, tally.training_incidents));
    case Measure::jaccard:
        return ratio(tally.kept.value(), tally.ever.value());
    }
    return std::nullopt;
}

} // namespace cluster
