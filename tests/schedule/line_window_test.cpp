#include "schedule/line_window.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <deque>
#include <random>

namespace schedule::test {
namespace {

double highest(const std::deque<Line>& lines, double slope) {
    double most = LineWindow::none;
    for (const Line& line : lines) {
        most = std::max(most, line.at(slope));
    }
    return most;
}

TEST(LineWindow, TheHighestLineIsThatOfLookingAtEachWhateverComesAndGoes) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937_64 random(seed);
        const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
        LineWindow window;
        std::deque<Line> slow;
        double weight = 0;
        for (std::size_t i = 0; i < 400; ++i) {
            weight += 0.01 + uniform();
            const double value = random() % 9 == 0 ? LineWindow::none : 20 * uniform();
            window.push({weight, value, i});
            slow.push_back({weight, value, i});
            while (!slow.empty() && random() % 20 < seed) {
                window.pop();
                slow.pop_front();
            }
            const double slope = 0.2 * uniform();
            const Line found = window.top(slope);
            EXPECT_DOUBLE_EQ(found.at(slope), highest(slow, slope));
            if (found.value > LineWindow::none) {
                EXPECT_EQ(slow[found.index - slow.front().index].value, found.value);
            }
        }
    }
}

TEST(LineWindow, AnEmptyOneHasNone) {
    LineWindow window;
    EXPECT_EQ(window.top(1).value, LineWindow::none);
    window.push({1, 5, 0});
    window.pop();
    EXPECT_EQ(window.top(1).value, LineWindow::none);
}

} // namespace
} // namespace schedule::test
