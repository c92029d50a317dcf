#include "samples/county/lonlat.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace county {
namespace {

// Coefficients of 1, u, v, u2, uv, v2, u3, u2v, uv2, v3, where (u, v) is the place in units of 10
// km from (277000, 448000).
using Cubic = std::array<double, 10>;

constexpr Cubic longitude{-3.8740960416, 0.1521548969,  -0.0040239294, 0.0000109349, 0.0003261835,
                          -0.0000109347, -0.0000002950, 0.0000000802,  0.0000008849, -0.0000000267};
constexpr Cubic latitude{53.9135010364, 0.0023756599,  0.0898296803,  -0.0000963547, 0.0000077774,
                         -0.0000007800, -0.0000000103, -0.0000003150, 0.0000000166,  0.0};

double value(const Cubic& c, double u, double v) {
    return c[0] + c[1] * u + c[2] * v + c[3] * u * u + c[4] * u * v + c[5] * v * v +
           c[6] * u * u * u + c[7] * u * u * v + c[8] * u * v * v + c[9] * v * v * v;
}

// By whole millionths: how a double prints is left to no library.
std::string text(double degrees) {
    const std::int64_t millionths = std::llround(std::abs(degrees) * 1e6);
    return fmt::format("{}{}.{:06}", degrees < 0 ? "-" : "", millionths / 1'000'000,
                       millionths % 1'000'000);
}

} // namespace

LonLatText lonlat_text(Spot spot) {
    const double u = (spot.easting - 277'000) / 10'000.0;
    const double v = (spot.northing - 448'000) / 10'000.0;
    return {text(value(longitude, u, v)), text(value(latitude, u, v))};
}

} // namespace county
