// An upper bound by Lagrangian relaxation (Held & Karp 1971; Fisher 1981): the constraints that tie
// the zones together, the minutes of the units, get prices; what is left falls apart into one
// longest path a zone through its possible starts, in which an arc is an absence that the rule
// allows. Any prices give a bound; good ones come from subgradient steps, each price's by how large
// its constraint's spare mostly is (Kingma & Ba 2015). Arcs into a start are lines over a slope, of
// which the highest is found in logarithmic time (line_window.hpp).
//
// Ways. In time, a visit takes a unit from when it must have set out from the nearest other zone to
// its end: those spans never overlap. Of the budget, it takes half the ways to the two zones
// nearest to it, since a tour gets to a zone and away from it; what the first and the last of a
// shift do not walk is added to the budget. A tour that comes back to a zone by way of one other or
// none walks less: a second visit in one stretch of a shift, four hours at most, is priced as if by
// the shortest of those ways; stretches are seen as having tours of their own. Starts are told
// apart to some minutes and each absence is taken as long as it could be. All this can only raise
// the bound.
#include "schedule/lagrangian_bound.hpp"

#include "geo/parallel.hpp"
#include "schedule/line_window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
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
    together_from_.resize(static_cast<std::size_t>(ground_->length()) + 1);
    std::iota(together_from_.begin(), together_from_.end(), 0);
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
        split({same.unit, from, to, from, to - ground_->visit(), capacity_.size(),
               capacity_.size() + 1, 0, same.count});
        capacity_.push_back(same.count * budget);
        for (Minute begin = from; begin < to; begin += piece) {
            capacity_.push_back(same.count * std::min(piece, to - begin));
        }
    }
    limits_ = capacity_.size();
    for (Crew& crew : crews_) {
        crew.tolls = capacity_.size();
        capacity_.resize(capacity_.size() + zones, 0);
    }
}

/// Adds the turns' stretches, each as long as the others to a quarter of an hour. A stretch is seen
/// as a shift with tours of its own: the way from one to the next is not counted, and in return no
/// visit counts as the zone's second for one in another stretch.
void Relaxation::split(const Crew& turns) {
    const Minute length = turns.to - turns.from;
    constexpr Minute longest_stretch = 240;
    const Minute stretches = (length + longest_stretch - 1) / longest_stretch;
    for (Minute i = 0; i < stretches; ++i) {
        const auto begin = [&](Minute stretch) {
            return turns.from + length * stretch / stretches / piece * piece;
        };
        Crew crew = turns;
        crew.first = begin(i);
        crew.last = i + 1 < stretches ? begin(i + 1) - 1 : turns.last;
        crews_.push_back(crew);
        for (Minute at = crew.first; at <= std::min(crew.last, ground_->length()); ++at) {
            Minute& from = together_from_[static_cast<std::size_t>(at)];
            from = std::min(from, crew.first);
        }
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
    const Minute first = std::max(crew.first, crew.from + ground_->first_leg(crew.unit, zone));
    const Minute last = std::min(crew.last, crew.to - visit);
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
          fading_(std::exp((relaxation.ground_->visit() - slack_) / fading_minutes)),
          choices_(choices), value_(choices.size()), steps_(choices.size()) {
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
            const Step& step = steps_[*last];
            path.visits.push_back(choices_[*last]);
            path.visits.back().again = step.again;
            last = step.from;
        }
        return path;
    }

  private:
    /// The arc of a best path to a start.
    struct Step {
        std::optional<std::size_t> from; ///< nothing where the path begins there
        bool again = false;              ///< perhaps in the same stretch
    };

    /// Latest start that follows a visit at j in time.
    Minute limit(std::size_t j) const {
        return relaxation_.limit_after(choices_[j].start + slack_ + ground_.visit());
    }

    double worth(std::size_t j) const { return ground_.worth(zone_, choices_[j].start); }

    /// Value of a path that begins at j.
    double alone(std::size_t j) const {
        if (choices_[j].start > first_latest_) {
            return nowhere;
        }
        const Origin& origin = ground_.origin(zone_);
        const Minute credit = origin.attended ? 0 : ground_.max_gap();
        const double gap = choices_[j].start + slack_ - origin.end + credit;
        return worth(j) * (gap > 0 ? -std::expm1(-gap / fading_minutes) : 0) - choices_[j].price;
    }

    Line line(std::size_t i) const {
        return {relaxation_.grown_[static_cast<std::size_t>(choices_[i].start)],
                std::max(value_[i], LineWindow::none), i};
    }

    /// Lets go of starts from which j would be too late, and passes on those that are far enough
    /// from it: to those that could be in the same stretch, and in time to those that could not.
    void slide_to(std::size_t j) {
        const Minute start = choices_[j].start;
        const Minute least_apart = ground_.visit() + ground_.least_apart();
        const Minute together = relaxation_.together_from_[static_cast<std::size_t>(start)];
        while (allowed_ < j && start + slack_ - choices_[allowed_].start >= least_apart) {
            near_.push(line(allowed_++));
        }
        while (apart_ < allowed_ && choices_[apart_].start + slack_ < together) {
            near_.pop();
            far_.push(line(apart_++));
        }
        // Where no shift is in time, the first start there is may follow.
        while (oldest_ < j && std::max(limit(oldest_), choices_[oldest_ + 1].start) < start) {
            if (oldest_ < apart_) {
                far_.pop();
            } else if (oldest_ < allowed_) {
                near_.pop();
                ++apart_;
            } else {
                ++allowed_;
                ++apart_;
            }
            ++oldest_;
        }
    }

    void reach(std::size_t j) {
        const Minute start = choices_[j].start;
        slide_to(j);
        const double slope =
            worth(j) * fading_ / relaxation_.grown_[static_cast<std::size_t>(start)];
        value_[j] = alone(j);
        const auto come_from = [&](const Line& line, double price, bool again) {
            const double value = line.at(slope) + worth(j) - price;
            if (line.value > LineWindow::none && value > value_[j]) {
                value_[j] = value;
                steps_[j] = {line.index, again};
            }
        };
        come_from(far_.top(slope), choices_[j].price, false);
        come_from(near_.top(slope), choices_[j].price_again, true);
    }

    const Relaxation& relaxation_;
    const Ground& ground_;
    std::size_t zone_;
    Minute slack_;
    double fading_; ///< between the starts of two visits, what the first one's length leaves out
    const std::vector<Choice>& choices_;
    Minute first_latest_ = 0;
    std::size_t oldest_ = 0;  ///< first start whose limit reaches the one looked at
    std::size_t apart_ = 0;   ///< first start that could be in the same stretch
    std::size_t allowed_ = 0; ///< first start too near
    LineWindow far_;          ///< starts from oldest_ up to apart_
    LineWindow near_;         ///< and on up to allowed_
    std::vector<double> value_;
    std::vector<Step> steps_;
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
    return static_cast<double>(ground_->zones()) * starts;
}

namespace {

/// Prices on their way to where the bound is low.
class Descent {
  public:
    explicit Descent(const Relaxation& relaxation)
        : relaxation_(relaxation), prices_(relaxation.constraints(), 0), mean_(prices_.size(), 0),
          square_(prices_.size(), 0) {}

    /// A step of about `length`, each price against its constraint's spare, which is weighed by how
    /// large it mostly is.
    void step(const std::vector<double>& spare, double length) {
        constexpr double kept = 0.8;
        constexpr double kept_of_square = 0.99;
        constexpr double least = 1e-3; // minutes
        left_of_mean_ *= kept;
        left_of_square_ *= kept_of_square;
        for (std::size_t c = 0; c < prices_.size(); ++c) {
            mean_[c] = kept * mean_[c] + (1 - kept) * spare[c];
            square_[c] = kept_of_square * square_[c] + (1 - kept_of_square) * spare[c] * spare[c];
            const double mean = mean_[c] / (1 - left_of_mean_);
            const double size = std::sqrt(square_[c] / (1 - left_of_square_));
            prices_[c] -= length * mean / (size + least);
            prices_[c] = c < relaxation_.limits() ? std::max(prices_[c], 0.0) : prices_[c];
        }
    }
    const std::vector<double>& prices() const { return prices_; }

  private:
    const Relaxation& relaxation_;
    std::vector<double> prices_;
    std::vector<double> mean_;
    std::vector<double> square_;
    double left_of_mean_ = 1;
    double left_of_square_ = 1;
};

/// Prices that make the bound low, from none at all: on a coarse grid first, then on a finer one.
std::vector<double> good_prices(const Relaxation& relaxation, const BoundOptions& options,
                                double work) {
    struct Round {
        Minute grid;
        double share; // of the steps and the work
    };
    constexpr std::array<Round, 2> rounds{{{15, 0.6}, {5, 0.4}}};
    constexpr double first_length = 1e-3; // value a minute: a few hundredths of a visit's worth
    constexpr double last_length = 5e-5;
    Descent descent(relaxation);
    std::vector<double> best_prices = descent.prices();
    double done = 0;
    for (const Round& round : rounds) {
        const double affordable = round.share * work / std::max(relaxation.work(round.grid), 1.0);
        const auto steps =
            static_cast<std::int64_t>(std::min(round.share * options.steps, affordable));
        double best = std::numeric_limits<double>::infinity();
        for (std::int64_t step = 0; step < steps; ++step) {
            const Relaxed relaxed = relaxation.at(descent.prices(), round.grid, options.threads);
            if (relaxed.bound < best) {
                best = relaxed.bound;
                best_prices = descent.prices();
            }
            const double part =
                done + round.share * static_cast<double>(step) / static_cast<double>(steps);
            descent.step(relaxed.spare, first_length * std::pow(last_length / first_length, part));
        }
        done += round.share;
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
    Minute finest = 15;
    for (const Minute grid : {10, 5, 3, 2, 1}) {
        finest = relaxation.work(grid) <= options.work / 4 ? grid : finest;
    }
    const std::vector<double> none(relaxation.constraints(), 0);
    const std::vector<double> good =
        good_prices(relaxation, options, options.work - 2 * relaxation.work(finest));
    // Where the units have time enough nothing is better than no prices.
    return std::min(relaxation.at(none, finest, options.threads).bound,
                    relaxation.at(good, finest, options.threads).bound);
}

} // namespace schedule
