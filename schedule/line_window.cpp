// The lines that are highest anywhere form an upper hull; of lines in order of their weights, a new
// one covers some of the last. A queue is made of two stacks: one takes what comes; when there is
// nothing left to go from the other, all that came is stacked there the other way round. As a stack
// that is undone step by step gains nothing from steps that are cheap on average (one costly push
// could be undone and done again and again), how far a line covers is found by bisection, and only
// the one place that it takes is written over.
#include "schedule/line_window.hpp"

#include <algorithm>

namespace schedule {

namespace {

/// Whether `middle` is nowhere above both others; weights rise from `light` to `heavy`.
bool hidden(const Line& light, const Line& middle, const Line& heavy) {
    return (middle.value - light.value) * (heavy.weight - light.weight) <=
           (heavy.value - light.value) * (middle.weight - light.weight);
}

} // namespace

bool LineStack::hides(const Line& before, const Line& middle, const Line& line) const {
    return order_ == Order::rising ? hidden(before, middle, line) : hidden(line, middle, before);
}

void LineStack::push(const Line& line) {
    std::size_t stay = std::min<std::size_t>(count_, 1);
    std::size_t high = count_;
    while (stay < high) {
        const std::size_t middle = (stay + high + 1) / 2;
        if (hides(lines_[middle - 2], lines_[middle - 1], line)) {
            high = middle - 1;
        } else {
            stay = middle;
        }
    }
    if (stay == lines_.size()) {
        lines_.push_back(line);
    }
    undo_.push_back({stay, count_, lines_[stay]});
    lines_[stay] = line;
    count_ = stay + 1;
}

void LineStack::pop() {
    const Undo& last = undo_.back();
    lines_[last.at] = last.line;
    count_ = last.count;
    undo_.pop_back();
}

void LineStack::clear() {
    count_ = 0;
    undo_.clear();
}

const Line& LineStack::top(double slope) const {
    std::size_t low = 0;
    std::size_t high = count_;
    while (high - low > 1) {
        const std::size_t middle = (low + high) / 2;
        if (lines_[middle].at(slope) >= lines_[middle - 1].at(slope)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return lines_[low];
}

void LineWindow::push(const Line& line) {
    young_lines_.push_back(line);
    young_.push(line);
}

void LineWindow::pop() {
    if (old_.size() == 0) {
        std::for_each(young_lines_.rbegin(), young_lines_.rend(),
                      [&](const Line& line) { old_.push(line); });
        young_lines_.clear();
        young_.clear();
    }
    old_.pop();
}

Line LineWindow::top(double slope) const {
    Line best{0, none, 0};
    if (old_.size() > 0) {
        best = old_.top(slope);
    }
    if (young_.size() > 0) {
        const Line& young = young_.top(slope);
        best = young.at(slope) > best.at(slope) ? young : best;
    }
    return best;
}

} // namespace schedule
