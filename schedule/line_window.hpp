#pragma once

#include <cstddef>
#include <vector>

namespace schedule {

/// A line over a slope: value less slope times weight.
struct Line {
    double weight = 0;
    double value = 0;
    std::size_t index = 0; ///< a name for it

    double at(double slope) const { return value - slope * weight; }
};

/// Lines of which none lies under its neighbours, last come first gone: what a line covers is kept,
/// so that it is there again when the line goes.
class LineStack {
  public:
    /// How the weights of the lines follow each other.
    enum class Order { rising, falling };
    explicit LineStack(Order order) : order_(order) {}

    void push(const Line& line);
    void pop();
    void clear();
    std::size_t size() const { return undo_.size(); }
    /// The line that is highest at the slope; there must be one.
    const Line& top(double slope) const;

  private:
    struct Undo {
        std::size_t at = 0;
        std::size_t count = 0;
        Line line;
    };
    bool hides(const Line& before, const Line& middle, const Line& line) const;

    Order order_;
    std::size_t count_ = 0;
    std::vector<Line> lines_; ///< the first count_ of them
    std::vector<Undo> undo_;  ///< what each push covered
};

/// Lines that come in order of rising weight, the first come first gone, and which of them is
/// highest at a slope: a queue made of two stacks. Each step costs the logarithm of the lines, on
/// average over all steps.
class LineWindow {
  public:
    /// Value of a line that stands for none: low, but such that lines can be compared.
    static constexpr double none = -1e200;

    /// The line must be heavier than all before it.
    void push(const Line& line);
    /// Lets go of the oldest line; there must be one.
    void pop();
    /// The line that is highest at the slope; one of value `none` where there is no line.
    Line top(double slope) const;

  private:
    LineStack old_{LineStack::Order::falling};
    LineStack young_{LineStack::Order::rising};
    std::vector<Line> young_lines_;
};

} // namespace schedule
