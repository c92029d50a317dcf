// The best disc under constraints: branch and bound over boxes of centres and radii, after the
// branch-and-bound schemes for planar maximal covering (Drezner 1981 moves one centre; Plastria
// 1992 bounds squares), with the finish on crossing points of Chazelle & Lee (1986). New here:
// radius as a third axis with a price on area, discs already taken and the ward's edge as further
// curves, and integer recounts of what is published.

#include "cluster/disc_search.hpp"

#include "cluster/enclosing_circle.hpp"
#include "cluster/local_geometry.hpp"
#include "cluster/root_grid.hpp"
#include "geo/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <numbers>
#include <numeric>
#include <set>
#include <utility>

namespace cluster {

namespace {

constexpr double leaf_half = 0.1; // metres: smaller squares are not split further
constexpr std::size_t leaf_sites = 10;

} // namespace

struct DiscSearch::Parts {
    std::vector<Site> sites;
    NeighbourIndex index;
    CentreRegion region;
    geo::GridPoint origin;
    std::vector<LocalPoint> places;
    std::vector<Segment> edges;
    std::vector<std::uint16_t> held;
    RootGrid roots; ///< for the largest radius that was sought so far

    Parts(std::vector<Site> all, const geo::Polygon& ward)
        : sites(std::move(all)), index(sites), region(ward), origin(ward.bounds().low),
          held(sites.size(), 0) {
        places.reserve(sites.size());
        for (const Site& site : sites) {
            places.push_back(local(site.place));
        }
        for (const auto& [a, b] : region.edges()) {
            edges.push_back({local(a), local(b)});
        }
    }

    void prepare(geo::Metres radius) {
        if (roots.radius() < radius.value()) {
            roots = RootGrid(places, radius.value());
        }
    }

    LocalPoint local(const geo::GridPoint& p) const {
        return {static_cast<double>(p.easting_mm() - origin.easting_mm()) / 1000.0,
                static_cast<double>(p.northing_mm() - origin.northing_mm()) / 1000.0};
    }
    geo::GridPoint on_grid(const LocalPoint& p) const {
        return geo::GridPoint::at_millimetres(origin.easting_mm() + std::llround(p.x * 1000.0),
                                              origin.northing_mm() + std::llround(p.y * 1000.0));
    }
    Weight free_weight(std::uint32_t site) const {
        return held[site] == 0 ? sites[site].weight : Weight();
    }

    /// Without the discs that lie too far away to matter: they would only lengthen every list.
    std::vector<Disc> near(std::span<const Disc> taken, const DiscChoice& choice) const {
        const geo::Box ward = region.bounds();
        std::vector<Disc> result;
        for (const Disc& disc : taken) {
            const auto reach = geo::whole_millimetres(std::max(1.0, choice.separation.factor) *
                                                      (disc.radius + choice.radius_max));
            const geo::Box wide{geo::GridPoint::at_millimetres(ward.low.easting_mm() - reach,
                                                               ward.low.northing_mm() - reach),
                                geo::GridPoint::at_millimetres(ward.high.easting_mm() + reach,
                                                               ward.high.northing_mm() + reach)};
            if (wide.contains(disc.centre)) {
                result.push_back(disc);
            }
        }
        return result;
    }

    /// What stands in a disc.
    struct Tally {
        Weight weight;               ///< of free sites
        std::uint32_t incidents = 0; ///< of all
    };
    Tally count(const Disc& disc) const {
        Tally sum;
        for (const std::uint32_t site : index.within(disc.centre, disc.radius)) {
            sum.weight += free_weight(site);
            sum.incidents += sites[site].incidents;
        }
        return sum;
    }
};

namespace {

std::vector<geo::Metres> legal_radii(const DiscChoice& choice) {
    if (!(choice.radius_min > geo::Metres(0)) || choice.radius_min > choice.radius_max) {
        throw geo::Error(
            geo::ErrorKind::usage,
            "radii must be positive and radius-min not above radius-max; change one of them");
    }
    std::vector<geo::Metres> radii;
    for (geo::Metres r = choice.radius_min; r < choice.radius_max; r = r + geo::Metres(1)) {
        radii.push_back(r);
    }
    radii.push_back(choice.radius_max);
    return radii;
}

/// What discs taken already leave of the price on area.
class Pricing {
  public:
    Pricing(const DiscChoice& choice, std::vector<Circle> taken)
        : cost_(choice.cost_per_square_metre),
          taken_(cost_ > 0 && choice.separation.factor < 1 ? std::move(taken)
                                                           : std::vector<Circle>()) {}

    double value(Weight weight, const Circle& disc) const {
        double covered = 0;
        for (const Circle& other : taken_) {
            covered += shared_area(disc, other);
        }
        return weight.value() - charge(disc.radius, covered);
    }

    /// No disc with its centre in the square and at least this radius is worth more.
    double upper_bound(Weight weight, const Square& square, double radius) const {
        double covered = 0;
        for (const Circle& other : taken_) {
            const double nearest = std::sqrt(square.nearest_squared(other.centre));
            covered += shared_area({{0, 0}, radius}, {{nearest, 0}, other.radius});
        }
        return weight.value() - charge(radius, covered);
    }

  private:
    double charge(double radius, double covered) const {
        return cost_ * std::max(0.0, std::numbers::pi * squared(radius) - covered);
    }

    double cost_;
    std::vector<Circle> taken_;
};

bool better(const FoundDisc& a, const FoundDisc& b) {
    if (a.value != b.value) {
        return a.value > b.value;
    }
    if (a.disc.radius != b.disc.radius) {
        return a.disc.radius < b.disc.radius;
    }
    return a.disc.centre < b.disc.centre;
}

/// A box of discs: centres in a square, radii from one index to another, and what could matter
/// inside.
struct Node {
    double upper = 0;
    Square square;
    std::size_t smallest = 0; ///< index of the smallest radius
    std::size_t largest = 0;  ///< and of the largest, included
    Weight certain;
    std::uint32_t certain_incidents = 0;
    std::vector<std::uint32_t> uncertain; ///< with weight; without, while incidents are wanting
    std::vector<std::uint32_t> edges;
    std::vector<std::uint32_t> rivals; ///< taken discs whose separation cuts the box
};

/// A place in the queue: of a root square that is not looked at yet, or of a node.
struct Ticket {
    double upper = 0;
    std::uint64_t order = 0; ///< first come, first served
    std::size_t item = 0;    ///< number of the root, or slot of the node
    bool is_root = false;
};

struct LessPromising {
    bool operator()(const Ticket& a, const Ticket& b) const {
        return a.upper != b.upper ? a.upper < b.upper : a.order > b.order;
    }
};

/// One call of DiscSearch::best. `Parts` is DiscSearch::Parts, which is private there.
template <typename Parts>
class Search {
  public:
    Search(const Parts& parts, const DiscChoice& choice, std::vector<Disc> taken)
        : parts_(parts), choice_(choice), taken_(std::move(taken)), radii_(legal_radii(choice)),
          pricing_(choice, circles(parts, taken_)), all_edges_(parts.edges.size()),
          all_rivals_(taken_.size()) {
        std::iota(all_edges_.begin(), all_edges_.end(), 0U);
        std::iota(all_rivals_.begin(), all_rivals_.end(), 0U);
    }

    std::optional<FoundDisc> run() {
        add_roots();
        while (!queue_.empty()) {
            std::pop_heap(queue_.begin(), queue_.end(), LessPromising());
            const Ticket ticket = queue_.back();
            queue_.pop_back();
            if (!promising(ticket.upper)) {
                break;
            }
            if (ticket.is_root) {
                open_root(ticket.item);
                continue;
            }
            const Node& node = nodes_[ticket.item];
            if (is_leaf(node)) {
                finish(node);
            } else {
                split(node);
            }
            free_slots_.push_back(ticket.item);
        }
        return best_;
    }

  private:
    static std::vector<Circle> circles(const Parts& parts, std::span<const Disc> discs) {
        std::vector<Circle> result;
        for (const Disc& disc : discs) {
            result.push_back({parts.local(disc.centre), disc.radius.value()});
        }
        return result;
    }

    bool promising(double upper) const { return best_ ? upper > best_->value : wanted(upper); }
    bool wanted(double value) const { return !choice_.above || value > *choice_.above; }
    double radius(std::size_t i) const { return radii_[i].value(); }

    /// Squares of half the largest radius that any free site could be seen from, bounded by sums
    /// over cells.
    void add_roots() {
        std::vector<Weight> weights(parts_.sites.size());
        for (std::uint32_t i = 0; i < weights.size(); ++i) {
            weights[i] = parts_.free_weight(i);
        }
        const std::vector<Weight> bounds = parts_.roots.upper_bounds(weights);
        for (std::size_t root = 0; root < bounds.size(); ++root) {
            const double upper =
                pricing_.upper_bound(bounds[root], parts_.roots.square(root), radius(0));
            if (bounds[root] > Weight() && promising(upper)) {
                queue_.push_back({upper, next_order_++, root, true});
            }
        }
        std::make_heap(queue_.begin(), queue_.end(), LessPromising());
    }

    /// A node without contents; those that are done with lend their memory.
    std::size_t fresh_slot() {
        if (free_slots_.empty()) {
            nodes_.emplace_back();
            return nodes_.size() - 1;
        }
        const std::size_t slot = free_slots_.back();
        free_slots_.pop_back();
        Node& node = nodes_[slot];
        node.uncertain.clear();
        node.edges.clear();
        node.rivals.clear();
        return slot;
    }

    void push(std::size_t slot) {
        queue_.push_back({nodes_[slot].upper, next_order_++, slot, false});
        std::push_heap(queue_.begin(), queue_.end(), LessPromising());
    }

    void open_root(std::size_t root) {
        const std::size_t slot = fresh_slot();
        Node& node = nodes_[slot];
        node.square = parts_.roots.square(root);
        node.smallest = 0;
        node.largest = radii_.size() - 1;
        node.certain = Weight();
        node.certain_incidents = 0;
        push_if_promising(slot, {parts_.roots.sites_near(root), all_edges_, all_rivals_});
    }

    /// What mattered to the box that a box lies in.
    struct Around {
        const std::vector<std::uint32_t>& sites;
        const std::vector<std::uint32_t>& edges;
        const std::vector<std::uint32_t>& rivals;
    };

    void push_if_promising(std::size_t slot, const Around& around) {
        if (fill(nodes_[slot], around)) {
            push(slot);
        } else {
            free_slots_.push_back(slot);
        }
    }

    /// Sorts what matters to a box from its parent's lists; false if it cannot hold the best.
    bool fill(Node& node, const Around& around) {
        const Possible possible = sort_sites(node, around.sites);
        node.upper = pricing_.upper_bound(possible.weight, node.square, radius(node.smallest));
        if (!promising(node.upper) || possible.weight <= Weight() ||
            possible.incidents < choice_.min_incidents || !sort_rivals(node, around.rivals)) {
            return false;
        }
        for (const std::uint32_t edge : around.edges) {
            if (node.square.may_cross(parts_.edges[edge])) {
                node.edges.push_back(edge);
            }
        }
        if (node.edges.empty() && !parts_.region.covers(parts_.on_grid(node.square.middle))) {
            return false;
        }
        if (node.uncertain.empty()) {
            node.largest = node.smallest; // the weight is settled, so the least area is best
        }
        try_middle(node);
        return promising(node.upper);
    }

    /// The most that a disc of a box could hold.
    using Possible = typename Parts::Tally;

    bool counts_enough(const Node& node) const {
        return node.certain_incidents >= choice_.min_incidents;
    }

    Possible sort_sites(Node& node, const std::vector<std::uint32_t>& sites) const {
        const double inner = squared(std::max(0.0, radius(node.smallest) - touch));
        const double outer = squared(radius(node.largest) + touch);
        const bool enough = counts_enough(node);
        Possible uncertain;
        for (const std::uint32_t site : sites) {
            const Weight weight = parts_.free_weight(site);
            const LocalPoint& place = parts_.places[site];
            const bool matters = weight > Weight() || (!enough && parts_.sites[site].incidents > 0);
            if (!matters || node.square.nearest_squared(place) > outer) {
                continue;
            }
            const bool certain = node.square.farthest_squared(place) <= inner;
            (certain ? node.certain : uncertain.weight) += weight;
            (certain ? node.certain_incidents : uncertain.incidents) +=
                parts_.sites[site].incidents;
            if (!certain) {
                node.uncertain.push_back(site);
            }
        }
        if (!enough && counts_enough(node)) {
            std::erase_if(node.uncertain,
                          [&](std::uint32_t site) { return parts_.free_weight(site) <= Weight(); });
        }
        return {node.certain + uncertain.weight, node.certain_incidents + uncertain.incidents};
    }

    /// False if a taken disc forbids the whole box.
    bool sort_rivals(Node& node, const std::vector<std::uint32_t>& rivals) const {
        for (const std::uint32_t rival : rivals) {
            const LocalPoint centre = parts_.local(taken_[rival].centre);
            if (node.square.farthest_squared(centre) <
                squared(std::max(0.0, needed(rival, node.smallest) - touch))) {
                return false;
            }
            if (node.square.nearest_squared(centre) <
                squared(needed(rival, node.largest) + touch)) {
                node.rivals.push_back(rival);
            }
        }
        return true;
    }

    double needed(std::uint32_t rival, std::size_t r) const {
        return choice_.separation.factor * (radius(r) + taken_[rival].radius.value());
    }

    /// What a disc of the box is worth, if it holds enough.
    std::optional<double> value_at(const Node& node, const LocalPoint& centre) const {
        const double r = radius(node.smallest);
        Weight weight = node.certain;
        std::uint32_t incidents = node.certain_incidents;
        for (const std::uint32_t site : node.uncertain) {
            if (distance_squared(parts_.places[site], centre) <= squared(r + touch)) {
                weight += parts_.free_weight(site);
                incidents += parts_.sites[site].incidents;
            }
        }
        if (weight <= Weight() || incidents < choice_.min_incidents) {
            return std::nullopt;
        }
        const double value = pricing_.value(weight, {centre, r});
        return wanted(value) ? std::optional(value) : std::nullopt;
    }

    void try_middle(const Node& node) {
        const auto value = value_at(node, node.square.middle);
        if (value && (!best_ || *value > best_->value)) {
            consider(node.square.middle, node.smallest, *value);
        }
    }

    bool is_leaf(const Node& node) const {
        return node.smallest == node.largest &&
               (node.uncertain.size() <= leaf_sites || node.square.half <= leaf_half);
    }

    void split(const Node& node) {
        const double spread = radius(node.largest) - radius(node.smallest);
        const bool small = node.square.half <= leaf_half || node.uncertain.size() <= leaf_sites;
        if (node.smallest < node.largest && (small || spread > 2 * node.square.half)) {
            const std::size_t middle = (node.smallest + node.largest) / 2;
            child(node, node.square, node.smallest, middle);
            child(node, node.square, middle + 1, node.largest);
            return;
        }
        const double half = node.square.half / 2;
        for (const double dy : {-half, half}) {
            for (const double dx : {-half, half}) {
                const LocalPoint middle{node.square.middle.x + dx, node.square.middle.y + dy};
                child(node, {middle, half}, node.smallest, node.largest);
            }
        }
    }

    void child(const Node& node, const Square& square, std::size_t smallest, std::size_t largest) {
        const std::size_t slot = fresh_slot();
        Node& next = nodes_[slot];
        next.square = square;
        next.smallest = smallest;
        next.largest = largest;
        next.certain = node.certain;
        next.certain_incidents = node.certain_incidents;
        push_if_promising(slot, {node.uncertain, node.edges, node.rivals});
    }

    /// Tries every point of the box where two curves cross.
    void finish(const Node& node) {
        const double r = radius(node.smallest);
        for (const LocalPoint& p : curve_crossings(node, r)) {
            if (!node.square.holds(p)) {
                continue;
            }
            const auto value = value_at(node, p);
            if (value && (!best_ || *value > best_->value)) {
                consider(p, node.smallest, *value);
            }
        }
    }

    std::vector<LocalPoint> curve_crossings(const Node& node, double r) const {
        std::vector<Circle> rims;
        for (const std::uint32_t site : node.uncertain) {
            rims.push_back({parts_.places[site], r});
        }
        for (const std::uint32_t rival : node.rivals) {
            rims.push_back({parts_.local(taken_[rival].centre), needed(rival, node.smallest)});
        }
        std::vector<LocalPoint> points;
        const auto add = [&](const Crossings& found) {
            points.insert(points.end(), found.begin(), found.end());
        };
        for (std::size_t i = 0; i < rims.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                add(crossings(rims[i], rims[j]));
            }
        }
        for (const std::uint32_t edge : node.edges) {
            points.push_back(parts_.edges[edge].a);
            for (const Circle& rim : rims) {
                add(crossings(parts_.edges[edge], rim));
            }
        }
        return points;
    }

    /// Looks for a centre on the millimetre grid that is worth what `p` is. Places in vain are
    /// remembered: where points stand in line at even distances, thousands of crossings coincide.
    void consider(const LocalPoint& p, std::size_t r, double value) {
        const std::pair<geo::GridPoint, std::size_t> place{parts_.on_grid(p), r};
        if (!in_vain_.contains(place) && !settle(p, r, value)) {
            in_vain_.insert(place);
        }
    }

    /// In the middle of the circle around what the disc at `p` holds if that may be, else on the
    /// way there, else beside `p`. True if a centre was found.
    bool settle(const LocalPoint& p, std::size_t r, double value) {
        const LocalPoint middle = middle_of_held(p, radius(r));
        if (stands_on_site(middle) && accept_beside(middle, r, value)) {
            return true;
        }
        for (const double way : {1.0, 0.5, 0.25, 0.1, 0.02, 0.0}) {
            const LocalPoint between{p.x + way * (middle.x - p.x), p.y + way * (middle.y - p.y)};
            if (accept(between, r, value)) {
                return true;
            }
        }
        constexpr std::size_t slivers = 100; // after so many the next will be one, too
        return in_vain_.size() < slivers && settle_around(p, r, value);
    }

    bool settle_around(const LocalPoint& p, std::size_t r, double value) {
        for (const double step : {0.001, 0.015, 0.05}) {
            for (unsigned k = 0; k < 8; ++k) {
                const double angle = k * std::numbers::pi / 4;
                if (accept({p.x + step * std::cos(angle), p.y + step * std::sin(angle)}, r,
                           value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a centre would show where an incident happened.
    bool stands_on_site(const LocalPoint& p) const {
        constexpr geo::Metres too_close(10);
        const std::vector<std::uint32_t> near = parts_.index.within(parts_.on_grid(p), too_close);
        return std::any_of(near.begin(), near.end(),
                           [&](std::uint32_t site) { return parts_.sites[site].incidents > 0; });
    }

    /// Tries the eight places 25 m around `p`, beginning with one that the data choose.
    bool accept_beside(const LocalPoint& p, std::size_t r, double value) {
        constexpr double step = 25;
        const auto first = static_cast<unsigned>((parts_.sites.size() * 5 + r) % 8);
        for (unsigned k = 0; k < 8; ++k) {
            const double angle = (first + k) * std::numbers::pi / 4;
            const LocalPoint beside{p.x + step * std::cos(angle), p.y + step * std::sin(angle)};
            if (!stands_on_site(beside) && accept(beside, r, value)) {
                return true;
            }
        }
        return false;
    }

    LocalPoint middle_of_held(const LocalPoint& p, double r) const {
        std::vector<LocalPoint> held;
        for (const std::uint32_t site :
             parts_.index.within(parts_.on_grid(p), geo::Metres(r + 0.002))) {
            if (parts_.free_weight(site) > Weight() &&
                distance_squared(parts_.places[site], p) <= squared(r + touch)) {
                held.push_back(parts_.places[site]);
            }
        }
        return smallest_enclosing_circle(held).centre;
    }

    /// Keeps the disc if it is the best so far; true if it is worth at least `value`.
    bool accept(const LocalPoint& centre, std::size_t r, double value) {
        const Disc disc{parts_.on_grid(centre), radii_[r]};
        if (!keeps_apart(disc)) {
            return false;
        }
        const auto [weight, incidents] = parts_.count(disc);
        const FoundDisc found{disc, weight,
                              pricing_.value(weight, {parts_.local(disc.centre), radius(r)}),
                              incidents};
        const bool allowed = weight > Weight() && incidents >= choice_.min_incidents;
        const bool improves = allowed && wanted(found.value) && (!best_ || better(found, *best_));
        if (!improves && (!allowed || found.value < value)) {
            return false;
        }
        if (!parts_.region.in_ward(disc.centre)) {
            return false;
        }
        if (improves) {
            best_ = found;
        }
        return found.value >= value;
    }

    bool keeps_apart(const Disc& disc) const {
        return std::all_of(taken_.begin(), taken_.end(), [&](const Disc& other) {
            return apart(disc, other, choice_.separation);
        });
    }

    const Parts& parts_;
    const DiscChoice& choice_;
    std::vector<Disc> taken_;
    std::vector<geo::Metres> radii_;
    Pricing pricing_;
    std::vector<std::uint32_t> all_edges_;
    std::vector<std::uint32_t> all_rivals_;
    std::vector<Ticket> queue_;           ///< a heap, the most promising first
    std::deque<Node> nodes_;              ///< stay where they are while others come
    std::vector<std::size_t> free_slots_; ///< of `nodes_`
    std::optional<FoundDisc> best_;
    std::set<std::pair<geo::GridPoint, std::size_t>> in_vain_; ///< centres and radii
    std::uint64_t next_order_ = 0;
};

} // namespace

DiscSearch::DiscSearch(std::vector<Site> sites, const geo::Polygon& ward)
    : parts_(std::make_unique<Parts>(std::move(sites), ward)) {}
DiscSearch::~DiscSearch() = default;
DiscSearch::DiscSearch(DiscSearch&&) noexcept = default;
DiscSearch& DiscSearch::operator=(DiscSearch&&) noexcept = default;

std::span<const Site> DiscSearch::sites() const {
    return parts_->sites;
}

void DiscSearch::hold(const Disc& disc) {
    for (const std::uint32_t site : parts_->index.within(disc.centre, disc.radius)) {
        ++parts_->held[site];
    }
}

void DiscSearch::release(const Disc& disc) {
    for (const std::uint32_t site : parts_->index.within(disc.centre, disc.radius)) {
        --parts_->held[site];
    }
}

std::optional<FoundDisc> DiscSearch::best(const DiscChoice& choice,
                                          std::span<const Disc> taken) const {
    parts_->prepare(choice.radius_max);
    return Search<Parts>(*parts_, choice, parts_->near(taken, choice)).run();
}

FoundDisc DiscSearch::valued(const Disc& disc, const DiscChoice& choice,
                             std::span<const Disc> taken) const {
    std::vector<Circle> others;
    for (const Disc& other : taken) {
        others.push_back({parts_->local(other.centre), other.radius.value()});
    }
    const auto [weight, incidents] = parts_->count(disc);
    const Circle circle{parts_->local(disc.centre), disc.radius.value()};
    return {disc, weight, Pricing(choice, std::move(others)).value(weight, circle), incidents};
}

} // namespace cluster
