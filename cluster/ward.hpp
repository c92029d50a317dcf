#pragma once

#include "geo/id.hpp"
#include "geo/polygon.hpp"

#include <string>

namespace cluster {

/// The code of a ward ("E05001651"): its key. The name is for people.
using WardCode = geo::Id<struct WardCodeKind>;

struct Ward {
    WardCode code;
    std::string name;
    geo::Polygon shape;
};

} // namespace cluster
