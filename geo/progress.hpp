#pragma once

#include <atomic>
#include <cstdint>

namespace geo {

/// How far a piece of work is: counters that the work adds to and somebody else looks at.
///
/// Options of long work carry a pointer to one, null where nobody looks. Any thread may add; it
/// costs an atomic addition, so work tells of itself in steps of a millisecond or more. Says
/// nothing of time, and no result depends on it.
class Progress {
  public:
    /// So many steps more are to be done.
    void expect(std::uint64_t steps) { expected_.fetch_add(steps, std::memory_order_relaxed); }
    /// So many steps more are done.
    void advance(std::uint64_t steps) { done_.fetch_add(steps, std::memory_order_relaxed); }
    /// So many rows more were read.
    void add_rows(std::uint64_t rows) { rows_.fetch_add(rows, std::memory_order_relaxed); }
    /// For the next piece of work.
    void clear() {
        expected_ = 0;
        done_ = 0;
        rows_ = 0;
    }

    std::uint64_t expected() const { return expected_.load(std::memory_order_relaxed); }
    std::uint64_t done() const { return done_.load(std::memory_order_relaxed); }
    std::uint64_t rows() const { return rows_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> expected_{0};
    std::atomic<std::uint64_t> done_{0};
    std::atomic<std::uint64_t> rows_{0};
};

/// As the members, where somebody looks.
inline void expect(Progress* progress, std::uint64_t steps) {
    if (progress != nullptr) {
        progress->expect(steps);
    }
}
inline void advance(Progress* progress, std::uint64_t steps) {
    if (progress != nullptr) {
        progress->advance(steps);
    }
}

} // namespace geo
