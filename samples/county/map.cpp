#include "samples/county/map.hpp"

#include "samples/county/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

namespace county {
namespace {

constexpr Spot origin{264'000, 438'000};         // where places are counted from
constexpr Spot lattice_corner{259'000, 433'000}; // far enough out for the sea all around
constexpr int cell = 250;
constexpr int columns = 144;
constexpr int rows = 120;
constexpr int reach = 3'600; // how far land goes from a ward's middle
constexpr int sea = -1;

struct TownPlan {
    const char* name;
    Spot offset; // from `origin`
    int nightlife_weight;
    std::vector<const char*> quarters; // one ward each, the centre first
};

const std::vector<TownPlan>& towns() {
    static const std::vector<TownPlan> list{
        {"Marlhaven",
         {7'000, 9'000},
         260,
         {"Central", "Harbour", "Lamplight", "St Osric", "Foundry", "Prospect", "Northgate",
          "Sands", "Orchard", "Tollgate"}},
        {"Orrinbridge",
         {18'500, 12'500},
         190,
         {"Minster", "Weir", "Castlefield", "Victoria Park", "Canal", "Wester", "Hilltop"}},
        {"Fennick", {14'000, 4'500}, 110, {"Market", "Quay", "Station", "Elms", "Moorside"}},
        {"Port Emlow", {22'500, 6'000}, 80, {"Docks", "Town", "Lighthouse", "Bay"}},
        {"Castle Dray", {10'500, 16'300}, 50, {"Castle", "Bridge", "Abbey"}},
    };
    return list;
}

struct CountryPlan {
    const char* name;
    Spot offset;
};

constexpr std::array<CountryPlan, 11> country{{{"Westing Marsh", {2'500, 13'500}},
                                               {"Sallow Downs", {6'500, 3'800}},
                                               {"Gull Sands", {2'300, 5'600}},
                                               {"Upper Dray", {6'000, 17'200}},
                                               {"Thistle Vale", {14'600, 17'400}},
                                               {"Amber Vale", {13'100, 11'200}},
                                               {"Northing Heath", {21'400, 16'900}},
                                               {"Eastmere", {23'300, 11'200}},
                                               {"Three Mills", {18'200, 8'000}},
                                               {"Sheldrake Fen", {18'400, 2'600}},
                                               {"Coldstrand", {10'600, 2'300}}}};

// Quarters stand around the centre as the cells of a honeycomb do.
constexpr std::array<Spot, 10> honeycomb{{{0, 0},
                                          {1'500, 0},
                                          {-1'500, 0},
                                          {750, 1'300},
                                          {-750, 1'300},
                                          {750, -1'300},
                                          {-750, -1'300},
                                          {0, 2'600},
                                          {2'250, 1'300},
                                          {-2'250, 1'300}}};

Spot operator+(Spot a, Spot b) {
    return {a.easting + b.easting, a.northing + b.northing};
}

std::int64_t squared_distance(Spot a, Spot b) {
    const std::int64_t dx = a.easting - b.easting;
    const std::int64_t dy = a.northing - b.northing;
    return dx * dx + dy * dy;
}

std::vector<Ward> named_wards(Random& random) {
    std::vector<Ward> wards;
    const auto add = [&](std::string name, std::string town, Spot offset) {
        const Spot jitter{random.between(-200, 200), random.between(-200, 200)};
        wards.push_back({fmt::format("X05{:06}", wards.size() + 1),
                         std::move(name),
                         std::move(town),
                         origin + offset + jitter,
                         {}});
    };
    for (const TownPlan& town : towns()) {
        for (std::size_t i = 0; i < town.quarters.size(); ++i) {
            add(fmt::format("{} {}", town.name, town.quarters[i]), town.name,
                town.offset + honeycomb.at(i));
        }
    }
    for (const CountryPlan& place : country) {
        add(place.name, "", place.offset);
    }
    return wards;
}

/// Which ward each cell of the lattice belongs to, or `sea`.
class Lattice {
  public:
    explicit Lattice(const std::vector<Ward>& wards) {
        for (int y = 0; y < rows; ++y) {
            for (int x = 0; x < columns; ++x) {
                set(x, y,
                    nearest(wards,
                            lattice_corner + Spot{x * cell + cell / 2, y * cell + cell / 2}));
            }
        }
        while (mend_pinches()) {
        }
    }

    int at(int x, int y) const {
        const bool outside = x < 0 || y < 0 || x >= columns || y >= rows;
        return outside ? sea : owner_[index(x, y)];
    }

  private:
    static std::size_t index(int x, int y) {
        return static_cast<std::size_t>(y) * columns + static_cast<std::size_t>(x);
    }
    void set(int x, int y, int owner) { owner_[index(x, y)] = owner; }

    static int nearest(const std::vector<Ward>& wards, Spot spot) {
        const auto closest =
            std::min_element(wards.begin(), wards.end(), [&](const Ward& a, const Ward& b) {
                return squared_distance(a.middle, spot) < squared_distance(b.middle, spot);
            });
        const bool land = squared_distance(closest->middle, spot) <= std::int64_t{reach} * reach;
        return land ? static_cast<int>(closest - wards.begin()) : sea;
    }

    // Where two cells of one ward meet only in a corner the ring would touch itself: one of the two
    // others joins them.
    bool mend_pinches() {
        bool mended = false;
        for (int y = 0; y + 1 < rows; ++y) {
            for (int x = 0; x + 1 < columns; ++x) {
                const int a = at(x, y);
                const int b = at(x + 1, y);
                const int c = at(x, y + 1);
                const int d = at(x + 1, y + 1);
                if (a == d && a != b && a != c) {
                    set(x + 1, y, a);
                    mended = true;
                } else if (b == c && b != a && b != d) {
                    set(x, y, b);
                    mended = true;
                }
            }
        }
        return mended;
    }

    std::array<int, static_cast<std::size_t>(columns) * rows> owner_{};
};

struct Corner {
    int x = 0;
    int y = 0;

    friend auto operator<=>(const Corner&, const Corner&) = default;
};

Spot moved(Corner corner, std::uint64_t seed) {
    const auto key =
        static_cast<std::uint64_t>(corner.y) * 1'000 + static_cast<std::uint64_t>(corner.x);
    Random random(seed ^ (key * 0xD1342543DE82EF95ULL));
    random.next();
    return lattice_corner + Spot{corner.x * cell + random.between(-60, 60),
                                 corner.y * cell + random.between(-60, 60)};
}

// The ward's border as steps from corner to corner, its land on the left.
std::map<Corner, Corner> border(const Lattice& lattice, int ward) {
    std::map<Corner, Corner> steps;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            if (lattice.at(x, y) != ward) {
                continue;
            }
            if (lattice.at(x, y - 1) != ward) {
                steps[{x, y}] = {x + 1, y};
            }
            if (lattice.at(x + 1, y) != ward) {
                steps[{x + 1, y}] = {x + 1, y + 1};
            }
            if (lattice.at(x, y + 1) != ward) {
                steps[{x + 1, y + 1}] = {x, y + 1};
            }
            if (lattice.at(x - 1, y) != ward) {
                steps[{x, y + 1}] = {x, y};
            }
        }
    }
    return steps;
}

std::vector<Spot> traced_ring(const Lattice& lattice, int ward, std::uint64_t seed) {
    std::map<Corner, Corner> steps = border(lattice, ward);
    if (steps.empty()) {
        throw std::logic_error(fmt::format("ward {} has no land", ward + 1));
    }
    const Corner start = steps.begin()->first;
    std::vector<Spot> ring{moved(start, seed)};
    for (Corner at = start; !steps.empty();) {
        const auto step = steps.find(at);
        if (step == steps.end()) {
            throw std::logic_error(fmt::format("ward {} is not in one piece", ward + 1));
        }
        at = step->second;
        ring.push_back(moved(at, seed));
        steps.erase(step);
    }
    return ring;
}

bool inside(const std::vector<Spot>& ring, Spot spot) {
    bool within = false;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
        const Spot a = ring[i];
        const Spot b = ring[i + 1];
        if ((a.northing > spot.northing) == (b.northing > spot.northing)) {
            continue;
        }
        const std::int64_t rise = b.northing - a.northing;
        const std::int64_t side =
            std::int64_t{b.easting - a.easting} * (spot.northing - a.northing) -
            std::int64_t{spot.easting - a.easting} * rise;
        within = within != (rise > 0 ? side > 0 : side < 0);
    }
    return within;
}

/// Names streets; no name comes twice.
class StreetNames {
  public:
    explicit StreetNames(Random& random) {
        std::vector<std::string> names;
        for (const char* first :
             {"Lantern", "Copper",  "Saddler",  "Tallow",   "Heron",  "Bramble",
              "Cobbler", "Juniper", "Anchor",   "Weaver",   "Falcon", "Damson",
              "Pewter",  "Signal",  "Ropery",   "Chandler", "Linnet", "Garnet",
              "Barley",  "Velvet",  "Otter",    "Kestrel",  "Ferry",  "Cinder",
              "Almond",  "Rookery", "Marigold", "Cordwain", "Tinker", "Sorrel"}) {
            for (const char* second :
                 {"Street", "Road", "Lane", "Row", "Way", "Terrace", "Walk", "Place"}) {
                names.push_back(fmt::format("{} {}", first, second));
            }
        }
        names_ = random.shuffled(std::move(names));
        names_.emplace_back(
            "Caf\u00E9 Row"); // taken first: a letter that ASCII lacks, in a busy street
    }

    std::string take() {
        std::string name = std::move(names_.back());
        names_.pop_back();
        return name;
    }

  private:
    std::vector<std::string> names_;
};

// No point stands on a multiple of 100 m both ways, so that only rows rounded on purpose look
// rounded.
bool looks_rounded(Spot spot) {
    return spot.easting % 100 == 0 && spot.northing % 100 == 0;
}

Spot spot_in(const Ward& ward, Spot around, int spread, Random& random) {
    for (int tries = 0; tries < 10'000; ++tries) {
        const Spot spot =
            around + Spot{random.between(-spread, spread), random.between(-spread, spread)};
        if (well_inside(ward, spot) && !looks_rounded(spot)) {
            return spot;
        }
    }
    throw std::logic_error("no room for a street in " + ward.name);
}

struct StreetPlan {
    StreetKind kind;
    unsigned weight;
    Spot around;
    int spread;
};

std::vector<Spot> points_in(const Ward& ward, const StreetPlan& plan, Random& random) {
    Spot at = spot_in(ward, plan.around, plan.spread, random);
    const Spot step{random.between(-45, 45), random.between(20, 45)};
    std::vector<Spot> points;
    for (int i = 0; i < 10; ++i, at = at + step) {
        if (well_inside(ward, at) && !looks_rounded(at)) {
            points.push_back(at);
        }
    }
    return points;
}

Street street_in(const County& county, std::size_t ward, const StreetPlan& plan, StreetNames& names,
                 Random& random) {
    Street street{names.take(), ward, plan.kind, plan.weight, {}, {}};
    while (street.points.size() < 7) { // a shorter one would be a stack, as headquarters are
        street.points = points_in(county.wards[ward], plan, random);
    }
    const std::size_t busiest = random.below(7);
    for (std::size_t i = 0; i < street.points.size(); ++i) {
        street.point_weights.push_back(i == busiest ? 7 : 2 + random.below(4));
    }
    return street;
}

void add_town_centre(County& county, std::size_t centre, unsigned weight, StreetNames& names,
                     Random& random) {
    const Spot middle = county.wards[centre].middle;
    for (const unsigned part : {10U, 7U, 5U, 4U}) {
        const StreetPlan plan{StreetKind::nightlife, weight * part / 10, middle, 260};
        county.streets.push_back(street_in(county, centre, plan, names, random));
    }
    for (const unsigned part : {5U, 3U}) {
        const StreetPlan plan{StreetKind::shopping, weight * part / 10, middle + Spot{300, -300},
                              300};
        county.streets.push_back(street_in(county, centre, plan, names, random));
    }
}

void add_homes(County& county, std::size_t ward, StreetNames& names, Random& random) {
    const bool urban = !county.wards[ward].town.empty();
    const std::vector<unsigned> weights =
        urban ? std::vector<unsigned>{70, 34, 22, 16, 12} : std::vector<unsigned>{9, 6, 4};
    for (const unsigned weight : weights) {
        const StreetPlan plan{urban ? StreetKind::residential : StreetKind::rural,
                              weight + random.below(weight), county.wards[ward].middle,
                              urban ? 650 : 1'500};
        county.streets.push_back(street_in(county, ward, plan, names, random));
    }
}

void add_streets(County& county, Random& random) {
    StreetNames names(random);
    std::size_t centre = 0;
    for (const TownPlan& town : towns()) {
        add_town_centre(county, centre, static_cast<unsigned>(town.nightlife_weight), names,
                        random);
        centre += town.quarters.size();
    }
    for (std::size_t ward = 0; ward < county.wards.size(); ++ward) {
        add_homes(county, ward, names, random);
    }
}

} // namespace

bool well_inside(const Ward& ward, Spot spot) {
    constexpr std::array<Spot, 5> around{{{0, 0}, {3, 0}, {-3, 0}, {0, 3}, {0, -3}}};
    return std::all_of(around.begin(), around.end(),
                       [&](Spot offset) { return inside(ward.ring, spot + offset); });
}

County make_map(std::uint64_t seed) {
    Random random(seed);
    County county;
    county.wards = named_wards(random);
    const Lattice lattice(county.wards);
    for (std::size_t i = 0; i < county.wards.size(); ++i) {
        county.wards[i].ring = traced_ring(lattice, static_cast<int>(i), seed);
    }
    add_streets(county, random);
    const Ward& seat = county.wards[34]; // Amber Vale, in the country
    county.headquarters = spot_in(seat, seat.middle + Spot{400, 300}, 200, random);
    return county;
}

} // namespace county
