#pragma once

#include <filesystem>
#include <string>

namespace io {

/// A lock that one process at a time can hold, and that dies with it: nothing is ever left to be
/// cleared by hand.
///
/// An advisory lock on a file (flock, which network file systems of Linux keep on the server),
/// which also says who holds it. The file stays; an empty or old one means nothing.
class RunLock {
  public:
    /// Takes the lock at once or not at all. Missing folders are made.
    /// \throws geo::Error (locked) that names who holds it; (input) if the file cannot be made, or
    /// lies on a drive that keeps no locks.
    explicit RunLock(const std::filesystem::path& file);
    ~RunLock();
    RunLock(RunLock&& other) noexcept;
    RunLock& operator=(RunLock&& other) noexcept;
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

  private:
    int file_ = -1;
};

} // namespace io
