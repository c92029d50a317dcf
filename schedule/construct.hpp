#pragma once

#include "schedule/draft.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace schedule {

/// How the first plan weighs time against travel.
struct Style {
    double hours_a_minute = 1; ///< hours of earliness that a minute of travel is worth
    bool to_the_limit = false; ///< plan each gap up to the hard limit, not only to the planning gap
};

/// Adds the visits the rule needs: always the zone that is due first, as late as it may be and with
/// little travel.
///
/// Where a zone can only be reached late, as early as possible. Deterministic.
void visit_by_deadline(Draft& draft, const Style& style);

/// Fills every turn in order of time with a tour from its start on: next is always the zone with
/// the least deadline plus travel weighed by `hours_a_minute`, until the turn's minutes are spent.
/// Uses all there is: for tight problems.
void visit_in_tours(Draft& draft, double hours_a_minute);

/// Cuts round trips through the zones into tours that fit a turn, and gives each turn in order of
/// time the tour that is due first: cycles of whole tours, which is what the tightest problems
/// need.
///
/// \param share of the turns' minutes that a tour may take, (0, 1].
void visit_in_rounds(Draft& draft, double share);

/// Moves all stops of a turn by the same time, if then all can be walked; else changes nothing.
bool slide(Draft& draft, std::size_t turn, Minute by);

/// Slides a turn to the best of a few places in its room.
void slide_to_best(Draft& draft, std::size_t turn);

/// Adds visits to the zones and turns given, best rate first, until nothing that improves the score
/// fits.
///
/// \param noise a factor on the rate of each zone and turn, or empty for none; lets a search try
/// other orders.
void fill(Draft& draft, std::span<const std::size_t> turns, std::span<const std::size_t> zones,
          const std::function<double(std::size_t zone, std::size_t turn)>& noise = {});
/// As above, for all zones and turns.
void fill(Draft& draft);

/// Takes each free visit in turn, by zone and time, out and puts it where the score, less
/// `minute_worth` a minute of travel, gains most; that may be where it was. Never lowers that
/// measure.
void relocate(Draft& draft, double minute_worth);

/// As above for one stop and, besides its own, the turns given; whether it moved.
bool relocate_stop(Draft& draft, std::size_t turn, std::size_t position, double minute_worth,
                   std::span<const std::size_t> turns);

/// Moves the stops of a turn to the front, so that what is free lies together, unless that costs
/// more than it can win.
void pack(Draft& draft, std::size_t turn);

/// Moves the stops of a turn, their order kept, to the starts that are best for the score together.
///
/// O(stops x minutes of the turn). What is not free stays, as does a zone with two stops in the
/// turn.
void retime(Draft& draft, std::size_t turn);

/// Draws each start anew, from the seed, within the room its neighbours and the rule leave and
/// `reach` minutes from where it was.
void draw_starts(Draft& draft, Minute reach);

} // namespace schedule
