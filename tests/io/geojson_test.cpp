#include "io/geojson.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace io {
namespace {

/// What becomes of one feature's text.
std::string written(const std::string& feature) {
    const std::string text = feature_collection("x", std::vector<std::string>{feature});
    const std::size_t start = text.find('\n') + 1;
    return text.substr(start, text.find('\n', start) - start);
}

TEST(FeatureCollection, WritesNumbersWithNoMoreDecimalsThanTheyHave) {
    EXPECT_EQ(written("[-3.8048149000000002,53.903620600000004]"), "[-3.8048149,53.9036206]");
    EXPECT_EQ(written("{\"a\":195.0,\"b\":1e-05,\"c\":0.1}"),
              "{\"a\":195.0,\"b\":1e-05,\"c\":0.1}");
}

TEST(FeatureCollection, LeavesWholeNumbersAndTextsAsTheyAre) {
    const std::string feature =
        R"({"a":12,"b":-3,"c":"53.903620600000004 \" 1.10","d":[true,null]})";
    EXPECT_EQ(written(feature), feature);
}

TEST(FeatureCollection, PutsOneFeatureOnEachLine) {
    EXPECT_EQ(feature_collection("x", std::vector<std::string>{"{}", "{}"}),
              "{\"type\":\"FeatureCollection\",\"name\":\"x\",\"features\":[\n{},\n{}\n]}\n");
}

} // namespace
} // namespace io
