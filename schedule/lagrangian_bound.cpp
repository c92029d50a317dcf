// An upper bound by Lagrangian relaxation (Held & Karp 1971; Fisher 1981): the constraints that tie
// the zones together, the minutes of the units, get prices; what is left falls apart into one
// longest path a zone through its possible starts, in which an arc is an absence that the rule
// allows. Any prices give a bound; good ones come from subgradient steps of Polyak's (1969) length.
//
// Ways. In time, a visit takes a unit from when it must have set out from the nearest other zone to
// its end: those spans never overlap. Of the budget, it takes half the ways to the two zones
// nearest to it, since a tour gets to a zone and away from it; what the first and the last of a
// shift do not walk is added to the budget. A tour that comes back to a zone by way of one other or
// none walks less: a second visit in one shift is priced as if by the longest of those ways. Starts
// are told apart to some minutes and each absence is taken as long as it could be. All this can
// only raise the bound.
#include "schedule/lagrangian_bound.hpp"

#include "geo/parallel.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

namespace schedule {

namespace {

constexpr double fading_minutes = 24.0 * 60;
/// What a toll is counted in, about as long as a way, so that steps suit all prices.
constexpr double toll_minutes = 6;
constexpr double nowhere = -std::numeric_limits<double>::infinity();

/// A range of starts by index, its end not included.
struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The most of before[i] - slope * weight[i] over the range, in four lanes, as one would wait for
/// itself.
double most_before(const std::vector<double>& before, const std::vector<double>& weight,
                   Range range, double slope) {
    std::array<double, 4> most{nowhere, nowhere, nowhere, nowhere};
    std::size_t i = range.first;
    for (; i + 4 <= range.last; i += 4) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            const double value = before[i + lane] - slope * weight[i + lane];
            most[lane] = most[lane] < value ? value : most[lane];
        }
    }
    for (; i < range.last; ++i) {
        most[0] = std::max(most[0], before[i] - slope * weight[i]);
    }
    return *std::max_element(most.begin(), most.end());
}

} // namespace

Relaxation::Relaxation(const Ground& ground, GapLimit limit) : ground_(&ground), limit_(limit) {
    lay_out_ways();
    gather_crews();
    tabulate_fading();
}

Minute Relaxation::limit_after(Minute end) const {
    const Minute at = std::min(end, ground_->length());
    return limit_ == GapLimit::hard ? ground_->hard_limit(at) : ground_->aim_limit(at);
}

void Relaxation::tabulate_fading() {
    const Minute middle = ground_->length() / 2;
    for (Minute at = 0; at <= ground_->length(); ++at) {
        grown_.push_back(std::exp((at - middle) / fading_minutes));
    }
}

void Relaxation::lay_out_ways() {
    std::map<std::size_t, std::size_t> speed_of;
    for (const Turn& turn : ground_->turns()) {
        speed_of[turn.unit] = turn.speed;
    }
    for (const auto& [unit, speed] : speed_of) {
        while (nets_.size() < unit) {
            nets_.emplace_back(); // a unit without a shift
        }
        nets_.emplace_back(*ground_, unit, speed);
    }
}

void Relaxation::gather_crews() {
    const std::size_t zones = ground_->zones();
    using Key =
        std::tuple<Minute, Minute, Minute, std::size_t, std::vector<bool>, std::vector<Minute>>;
    struct Alike {
        std::size_t unit = 0;
        double count = 0;
    };
    std::map<Key, Alike> alike;
    for (const Turn& turn : ground_->turns()) {
        std::vector<bool> serves;
        std::vector<Minute> first;
        for (std::size_t z = 0; z < zones; ++z) {
            serves.push_back(ground_->serves(turn.unit, z));
            first.push_back(ground_->first_leg(turn.unit, z));
        }
        Alike& same = alike[{turn.from, turn.to, turn.budget, turn.speed, serves, first}];
        same.unit = turn.unit;
        same.count += 1;
    }
    for (const auto& [key, same] : alike) {
        const auto& [from, to, budget, speed, serves, first] = key;
        crews_.push_back(
            {same.unit, from, to, capacity_.size(), capacity_.size() + 1, 0, same.count});
        capacity_.push_back(same.count * budget);
        for (Minute begin = from; begin < to; begin += piece) {
            capacity_.push_back(same.count * std::min(piece, to - begin));
        }
        longest_shift_ = std::max(longest_shift_, to - from);
    }
    limits_ = capacity_.size();
    for (Crew& crew : crews_) {
        crew.tolls = capacity_.size();
        capacity_.resize(capacity_.size() + zones, 0);
    }
}

/// What a visit is charged for its ways: at the price of a minute what it walks about, and its
/// toll.
Relaxation::Tariff Relaxation::tariff(const Crew& crew, std::span<const double> prices) const {
    Tariff result;
    result.minute = prices[crew.budget];
    result.time.push_back(0);
    for (Minute at = 0; at < crew.to - crew.from; ++at) {
        result.time.push_back(result.time.back() +
                              prices[crew.pieces + static_cast<std::size_t>(at / piece)]);
    }
    const WayNet& net = nets_[crew.unit];
    std::vector<double> first;
    for (std::size_t z = 0; z < ground_->zones(); ++z) {
        first.push_back(result.minute * net.usual()[z] + toll_minutes * prices[crew.tolls + z]);
    }
    result.ways =
        net.charges(result.minute, std::move(first), static_cast<std::size_t>(crew.count));
    return result;
}

void Relaxation::price_starts(std::size_t crew_index, std::size_t zone, Minute grid,
                              const Tariff& tariff, std::vector<Choice>& cheapest) const {
    const Crew& crew = crews_[crew_index];
    const Minute visit = ground_->visit();
    const Minute way = approach(crew, zone);
    const Minute first = crew.from + ground_->first_leg(crew.unit, zone);
    const Minute last = crew.to - visit;
    const double of_budget = tariff.minute * visit + tariff.ways.first[zone];
    const double again =
        tariff.minute * visit + std::min(tariff.ways.first[zone], tariff.ways.again[zone]);
    const double stay = tariff.minute * visit + tariff.ways.stay[zone];
    const auto of_time = [&](Minute start, Minute before) {
        const Minute begin = std::max(start - before - crew.from, 0);
        return tariff.time[static_cast<std::size_t>(start + visit - crew.from)] -
               tariff.time[static_cast<std::size_t>(begin)];
    };
    for (Minute bin = first - first % grid; bin <= last; bin += grid) {
        Choice& choice = cheapest[static_cast<std::size_t>(bin / grid)];
        const Minute low = std::max(bin, first);
        const Minute high = std::min(bin + grid - 1, last);
        // The cost of time is linear but where an end of the time taken passes into another piece.
        const auto next_break = [&](Minute offset) {
            return low + ((offset - low) % piece + piece) % piece;
        };
        for (const Minute start :
             {low, high, next_break(crew.from - visit), next_break(crew.from + way),
              next_break(crew.from + ground_->least_apart())}) {
            if (start > high) {
                continue;
            }
            const double time = of_time(start, way);
            if (of_budget + time < choice.price) {
                choice.exact = start;
                choice.crew = crew_index;
                choice.price = of_budget + time;
            }
            // One that stays in the zone has been there all the time between two visits.
            choice.price_again =
                std::min({choice.price_again, again + time,
                          stay + of_time(start, std::max(way, ground_->least_apart()))});
        }
    }
}

std::vector<Relaxation::Choice> Relaxation::choices(std::size_t zone, Minute grid,
                                                    const std::vector<Tariff>& tariffs) const {
    const auto bins = static_cast<std::size_t>(ground_->length() / grid) + 1;
    std::vector<Choice> cheapest(bins, {0, 0, 0, -nowhere, -nowhere});
    for (std::size_t c = 0; c < crews_.size(); ++c) {
        if (ground_->serves(crews_[c].unit, zone)) {
            price_starts(c, zone, grid, tariffs[c], cheapest);
        }
    }
    std::vector<Choice> result;
    for (std::size_t b = 0; b < bins; ++b) {
        if (cheapest[b].price < -nowhere) {
            cheapest[b].start = static_cast<Minute>(b) * grid;
            result.push_back(cheapest[b]);
        }
    }
    return result;
}

/// The longest path of one zone. What a visit at t after one at s is worth, worth x (1 -
/// exp(-(t - s) / 24 h)), is worth - slope(t) x weight(s).
class Relaxation::PathSearch {
  public:
    PathSearch(const Relaxation& relaxation, std::size_t zone, Minute grid,
               const std::vector<Choice>& choices)
        : relaxation_(relaxation), ground_(*relaxation.ground_), zone_(zone), slack_(grid - 1),
          choices_(choices), value_(choices.size()), weight_(choices.size()),
          arcs_(choices.size()) {
        const Origin& origin = ground_.origin(zone);
        first_latest_ = relaxation.limit_ == GapLimit::hard ? origin.hard : origin.aim;
        if (!choices.empty()) {
            first_latest_ = std::max(first_latest_, choices.front().start);
        }
    }

    Path run() {
        for (std::size_t j = 0; j < choices_.size(); ++j) {
            reach(j);
        }
        Path path{first_latest_ >= ground_.length() ? 0 : nowhere, {}};
        std::optional<std::size_t> last;
        for (std::size_t j = 0; j < choices_.size(); ++j) {
            const bool in_time = limit(j) >= ground_.length() || j + 1 == choices_.size();
            if (in_time && value_[j] > path.value) {
                path.value = value_[j];
                last = j;
            }
        }
        while (last) {
            path.visits.push_back(choices_[*last]);
            const std::optional<Step> step = before(*last);
            path.visits.back().again = step && step->again;
            last = step ? std::optional(step->from) : std::nullopt;
        }
        return path;
    }

  private:
    /// Where a start can be reached from: starts of other shifts, and of its own.
    struct Arcs {
        Range far;
        Range near;
        double slope = 0;
    };

    /// The arc of a best path to a start.
    struct Step {
        std::size_t from = 0;
        bool again = false; ///< perhaps in the same shift
    };

    /// Latest start that follows a visit at j in time.
    Minute limit(std::size_t j) const {
        return relaxation_.limit_after(choices_[j].start + slack_ + ground_.visit());
    }

    double worth(std::size_t j) const { return ground_.worth(zone_, choices_[j].start); }

    /// Value of a path that begins at j.
    double alone(std::size_t j) const {
        const Origin& origin = ground_.origin(zone_);
        const Minute credit = origin.attended ? 0 : ground_.max_gap();
        const double gap = choices_[j].start + slack_ - origin.end + credit;
        return choices_[j].start > first_latest_
                   ? nowhere
                   : worth(j) * (gap > 0 ? -std::expm1(-gap / fading_minutes) : 0) -
                         choices_[j].price;
    }

    void reach(std::size_t j) {
        const Minute start = choices_[j].start;
        const Minute least_apart = ground_.visit() + ground_.least_apart();
        const Minute middle = ground_.length() / 2;
        weight_[j] = relaxation_.grown_[static_cast<std::size_t>(start)];
        while (allowed_ < j && start + slack_ - choices_[allowed_].start >= least_apart) {
            ++allowed_;
        }
        while (near_ < allowed_ &&
               start - choices_[near_].start >= relaxation_.longest_shift_ + slack_) {
            ++near_;
        }
        while (oldest_ < j && std::max(limit(oldest_), choices_[oldest_ + 1].start) < start) {
            ++oldest_;
        }
        arcs_[j] = {{std::min(oldest_, near_), near_},
                    {std::max(oldest_, near_), allowed_},
                    worth(j) *
                        std::exp((middle + ground_.visit() - start - slack_) / fading_minutes)};
        const Arcs& arcs = arcs_[j];
        value_[j] = std::max(
            {alone(j),
             most_before(value_, weight_, arcs.far, arcs.slope) + worth(j) - choices_[j].price,
             most_before(value_, weight_, arcs.near, arcs.slope) + worth(j) -
                 choices_[j].price_again});
    }

    /// From the start before j on the best path to it; nothing where it is the first.
    std::optional<Step> before(std::size_t j) const {
        const double tolerance = 1e-9 * (1 + std::abs(value_[j]));
        if (alone(j) >= value_[j] - tolerance) {
            return std::nullopt;
        }
        const Arcs& arcs = arcs_[j];
        for (const bool again : {false, true}) {
            const Range range = again ? arcs.near : arcs.far;
            const double price = again ? choices_[j].price_again : choices_[j].price;
            for (std::size_t i = range.first; i < range.last; ++i) {
                if (value_[i] - arcs.slope * weight_[i] + worth(j) - price >=
                    value_[j] - tolerance) {
                    return Step{i, again};
                }
            }
        }
        return std::nullopt;
    }

    const Relaxation& relaxation_;
    const Ground& ground_;
    std::size_t zone_;
    Minute slack_;
    const std::vector<Choice>& choices_;
    Minute first_latest_ = 0;
    std::size_t oldest_ = 0;  ///< first start whose limit reaches the one looked at
    std::size_t near_ = 0;    ///< first start that could be in the same shift
    std::size_t allowed_ = 0; ///< first start too near
    std::vector<double> value_;
    std::vector<double> weight_;
    std::vector<Arcs> arcs_;
};

void Relaxation::use(const Choice& visit, std::size_t zone, const Tariff& tariff,
                     std::vector<double>& spare) const {
    const Crew& crew = crews_[visit.crew];
    const Minute way = approach(crew, zone);
    const Minute end = visit.exact + ground_->visit() - crew.from;
    for (Minute at = std::max(visit.exact - way - crew.from, 0); at < end;) {
        const Minute next = std::min(end, (at / piece + 1) * piece);
        spare[crew.pieces + static_cast<std::size_t>(at / piece)] -= next - at;
        at = next;
    }
    spare[crew.budget] -= ground_->visit();
    if (visit.again && tariff.ways.again[zone] < tariff.ways.first[zone]) {
        const ChargeSlope& slope = tariff.ways.again_slope[zone];
        spare[crew.budget] -= slope.minute;
        spare[crew.tolls + slope.other] -= slope.partner;
    } else {
        spare[crew.tolls + zone] -= 1;
    }
}

/// Adds what the ways return, and counts the charges in minutes.
void Relaxation::use_ways(const Crew& crew, const Tariff& tariff,
                          std::vector<double>& spare) const {
    spare[crew.budget] += tariff.ways.returned.minute_slope;
    for (std::size_t z = 0; z < ground_->zones(); ++z) {
        double& of_zone = spare[crew.tolls + z];
        of_zone += tariff.ways.returned.first_slope[z];
        spare[crew.budget] += nets_[crew.unit].usual()[z] * of_zone;
        of_zone *= toll_minutes;
    }
}

Relaxed Relaxation::at(std::span<const double> prices, Minute grid, unsigned threads) const {
    Relaxed result{0, capacity_};
    for (std::size_t c = 0; c < limits_; ++c) {
        result.bound += prices[c] * capacity_[c];
    }
    std::vector<Tariff> tariffs;
    for (const Crew& crew : crews_) {
        tariffs.push_back(tariff(crew, prices));
        result.bound += tariffs.back().ways.returned.value;
    }
    std::vector<Path> paths(ground_->zones());
    geo::parallel_for(paths.size(), threads, [&](std::size_t z) {
        const std::vector<Choice> starts = choices(z, grid, tariffs);
        paths[z] = PathSearch(*this, z, grid, starts).run();
    });
    for (std::size_t z = 0; z < paths.size(); ++z) {
        if (paths[z].value == nowhere) {
            continue; // no unit serves it
        }
        result.bound += paths[z].value;
        for (const Choice& visit : paths[z].visits) {
            use(visit, z, tariffs[visit.crew], result.spare);
        }
    }
    for (std::size_t c = 0; c < crews_.size(); ++c) {
        use_ways(crews_[c], tariffs[c], result.spare);
    }
    return result;
}

double Relaxation::work(Minute grid) const {
    double starts = 0;
    Minute covered = 0;
    for (const Crew& crew : crews_) {
        const Minute from = std::max(crew.from, covered);
        starts += std::max(crew.to - from, 0) / static_cast<double>(grid);
        covered = std::max(covered, crew.to);
    }
    const double reach =
        std::min(1.0, static_cast<double>(limit_after(0)) / std::max(ground_->length(), 1));
    return static_cast<double>(ground_->zones()) * starts * starts * reach;
}

namespace {

/// Prices that make the bound low, by subgradient steps from none at all.
std::vector<double> good_prices(const Relaxation& relaxation, const BoundOptions& options) {
    constexpr Minute grid = 15;
    constexpr double momentum = 0.3;
    constexpr int patience = 6;
    const double affordable = options.work / std::max(relaxation.work(grid), 1.0);
    const double steps = std::min<double>(options.steps, affordable);
    std::vector<double> prices(relaxation.constraints(), 0);
    std::vector<double> direction(prices.size(), 0);
    std::vector<double> best_prices = prices;
    double best = std::numeric_limits<double>::infinity();
    double reach = 1;
    int stale = 0;
    for (std::uint32_t step = 0; step < steps; ++step) {
        const Relaxed relaxed = relaxation.at(prices, grid, options.threads);
        stale = relaxed.bound < best * (1 - 1e-4) ? 0 : stale + 1;
        if (relaxed.bound < best) {
            best = relaxed.bound;
            best_prices = prices;
        }
        if (stale >= patience) {
            reach *= 0.7;
            stale = 0;
            prices = best_prices;
        }
        double norm = 0;
        for (std::size_t c = 0; c < prices.size(); ++c) {
            direction[c] = (1 - momentum) * relaxed.spare[c] + momentum * direction[c];
            norm += direction[c] * direction[c];
        }
        if (norm <= 0) {
            break;
        }
        const double length = reach * std::max(relaxed.bound - options.known, 0.0) / norm;
        for (std::size_t c = 0; c < prices.size(); ++c) {
            prices[c] -= length * direction[c];
            prices[c] = c < relaxation.limits() ? std::max(prices[c], 0.0) : prices[c];
        }
    }
    return best_prices;
}

} // namespace

std::optional<double> value_bound(const Ground& ground, const BoundOptions& options) {
    constexpr Minute longest = 2 * 366 * 24 * 60;
    if (ground.length() > longest) {
        return std::nullopt;
    }
    const Relaxation relaxation(ground, options.limit);
    const std::vector<double> prices = good_prices(relaxation, options);
    for (const Minute grid : {1, 2, 3, 5, 10}) {
        if (relaxation.work(grid) <= options.work) {
            return relaxation.at(prices, grid, options.threads).bound;
        }
    }
    return relaxation.at(prices, 15, options.threads).bound;
}

} // namespace schedule
