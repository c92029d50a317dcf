#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace io {

/// A lock that one process at a time can hold, and that dies with it: nothing is ever left to be
/// cleared by hand.
///
/// An advisory lock on a file (flock, which network file systems of Linux keep on the server unless
/// they are mounted otherwise), which also says who holds it. The file stays; an empty or old one
/// means nothing.
class RunLock {
  public:
    /// Takes the lock at once or not at all. Missing folders are made.
    /// \throws geo::Error (locked) that names who holds it; (input) if the file cannot be made, or
    /// lies on a drive that keeps no locks or hides them from other machines.
    explicit RunLock(const std::filesystem::path& file);

    /// As above where the file is there. Where it is not, no run was ever at work, and nothing is
    /// made.
    static std::optional<RunLock> of_existing(const std::filesystem::path& file);

    /// One line where nobody can tell whether other machines see the lock; else nothing.
    const std::optional<std::string>& doubt() const { return doubt_; }

    ~RunLock();
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

  private:
    int file_ = -1;
    std::optional<std::string> doubt_;
};

} // namespace io
