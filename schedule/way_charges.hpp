#pragma once

#include "schedule/ground.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace schedule {

/// How a charge for coming to a zone again changes with what it is made of.
struct ChargeSlope {
    double minute = 0;     ///< a unit of the price of a minute
    double partner = 0;    ///< a unit of the charge of the other zone in it
    std::size_t other = 0; ///< that zone
};

/// What visits pay beyond the cost of their ways at most, and how that changes.
struct Returned {
    double value = 0;
    double minute_slope = 0;         ///< with the price of a minute
    std::vector<double> first_slope; ///< with the charge of each zone's first visit
};

/// The ways of one shift's tours, shared out among its visits as charges in units of value.
struct WayCharges {
    std::vector<double> first; ///< of each zone: for a first visit in the shift
    std::vector<double> again; ///< for any other, come to from elsewhere
    std::vector<double> stay;  ///< for one that follows another in the same zone
    std::vector<ChargeSlope> again_slope;
    Returned returned;
};

/// The ways between the zones that a unit serves, as a lower bound on tours sees them.
class WayNet {
  public:
    WayNet() = default;
    WayNet(const Ground& ground, std::size_t unit, std::size_t speed);

    /// Half the ways to the two nearest zones, of each zone, in minutes: about what a visit walks.
    const std::vector<double>& usual() const { return usual_; }
    /// The way from the nearest other zone, of each zone, in minutes.
    const std::vector<Minute>& nearest() const { return nearest_; }

    /// The charges where a minute costs `minute_price` and first visits are charged `first`.
    ///
    /// Whatever these are, the ways of up to `tours` tours cost no less than what their visits are
    /// charged less `returned`. O(ways shorter than the dearest charge), with their sorting.
    WayCharges charges(double minute_price, std::vector<double> first, std::size_t tours) const;

  private:
    struct Way {
        Minute minutes = 0;
        std::size_t from = 0;
        std::size_t to = 0;
    };

    std::pair<double, ChargeSlope> charge_again(std::size_t zone, double minute_price,
                                                const std::vector<double>& first,
                                                double dearest) const;
    Returned best_forest(double minute_price, const std::vector<double>& first) const;

    std::vector<Way> ways_;                   ///< shortest first
    std::vector<std::vector<Way>> ways_from_; ///< of each zone, shortest first
    std::vector<double> usual_;
    std::vector<Minute> nearest_;
};

} // namespace schedule
