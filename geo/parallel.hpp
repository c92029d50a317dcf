#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace geo {

/// Calls `work(i)` once for each i in [0, count) on up to `threads` threads; returns when all are
/// done.
///
/// Which thread does which index is open, so `work` may write only to what belongs to its index:
/// that keeps results the same at any number of threads. The first exception (by index) is thrown
/// again here, after all threads ended.
template <typename Work>
void parallel_for(std::size_t count, unsigned threads, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::mutex guard;
    std::size_t first_failed = count;
    std::exception_ptr failure;
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                const std::scoped_lock lock(guard);
                if (i < first_failed) {
                    first_failed = i;
                    failure = std::current_exception();
                }
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned t = 1; t < threads && t < count; ++t) {
            helpers.emplace_back(take);
        }
        take();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

} // namespace geo
