#include "io/geojson.hpp"

#include <fmt/core.h>

namespace io {

std::string feature_collection(std::string_view name, std::span<const std::string> features) {
    std::string text =
        fmt::format(R"({{"type":"FeatureCollection","name":"{}","features":[)", name);
    for (const std::string& feature : features) {
        text += &feature == features.data() ? "\n" : ",\n";
        text += feature;
    }
    return text + "\n]}\n";
}

} // namespace io
