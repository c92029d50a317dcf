#pragma once

#include <future>
#include <thread>
#include <utility>

namespace geo {

/// Work done on a thread of its own while its owner goes on. Its end waits for the work.
template <typename Result>
class Aside {
  public:
    /// \param work a function without parameters that touches nothing its owner writes to.
    template <typename Work>
    explicit Aside(Work work) {
        std::packaged_task<Result()> task(std::move(work));
        result_ = task.get_future();
        thread_ = std::jthread(std::move(task));
    }

    /// Waits for the result; once only. \throws whatever the work threw.
    Result get() { return result_.get(); }

  private:
    std::future<Result> result_;
    std::jthread thread_; ///< last, so that it ends first
};

} // namespace geo
