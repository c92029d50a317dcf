#pragma once

#include <span>
#include <string>
#include <string_view>

namespace io {

/// An RFC 7946 FeatureCollection of the features given, one a line; numbers with decimals are
/// written as short as they can be.
/// \param features JSON texts.
std::string feature_collection(std::string_view name, std::span<const std::string> features);

} // namespace io
