#include "geo/aside.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>

namespace geo {
namespace {

TEST(Aside, GivesWhatTheWorkFound) {
    Aside<std::string> work([text = std::make_unique<std::string>("found")] { return *text; });
    EXPECT_EQ(work.get(), "found");
}

TEST(Aside, ThrowsWhatTheWorkThrew) {
    Aside<int> work([]() -> int { throw std::runtime_error("no"); });
    EXPECT_THROW(work.get(), std::runtime_error);
}

TEST(Aside, ItsEndWaitsForTheWork) {
    std::atomic<bool> done = false;
    {
        const Aside<int> work([&] {
            done = true;
            return 1;
        });
    }
    EXPECT_TRUE(done);
}

} // namespace
} // namespace geo
