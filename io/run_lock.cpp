#include "io/run_lock.hpp"

#include "geo/error.hpp"
#include "io/file_text.hpp"
#include "io/lock_reach.hpp"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace io {

namespace {

std::error_code last_fault() {
    return {errno, std::generic_category()};
}

/// "process 4711 on vrn-server".
std::string myself() {
    std::array<char, HOST_NAME_MAX + 1> host{};
    const bool named = ::gethostname(host.data(), host.size() - 1) == 0;
    return fmt::format("process {} on {}", ::getpid(), named ? host.data() : "an unnamed machine");
}

/// What the holder wrote into the file.
std::string holder(int file) {
    std::array<char, 512> text{};
    const ssize_t length = ::pread(file, text.data(), text.size(), 0);
    std::string_view line(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    line = line.substr(0, line.find('\n'));
    return line.empty() ? "another run" : std::string(line);
}

[[noreturn]] void refuse(int file, const std::filesystem::path& path, std::error_code fault) {
    const std::string who = holder(file);
    ::close(file);
    if (fault.value() == EWOULDBLOCK) {
        throw geo::Error(
            geo::ErrorKind::locked,
            fmt::format("{}: {} is at work here; wait until it has ended", path.string(), who));
    }
    throw geo::Error(geo::ErrorKind::input,
                     fmt::format("{}: this drive keeps no locks ({}), so two runs could meet; keep "
                                 "the store and the published folder on another drive",
                                 path.string(), fault.message()));
}

/// The mount that a file which is there lies on, as far as the system tells.
std::optional<Mount> mount_under(const std::filesystem::path& path) {
    std::ostringstream mounts;
    mounts << std::ifstream("/proc/self/mountinfo", std::ios::binary).rdbuf();
    std::error_code fault;
    const auto plain = std::filesystem::canonical(path, fault);
    return fault ? std::nullopt : mount_of(mounts.str(), plain);
}

/// \throws geo::Error (input) if other machines do not see locks on that drive.
std::optional<std::string> doubt_about(const std::filesystem::path& path) {
    const std::optional<Mount> mount = mount_under(path);
    const LockReach reach = mount ? lock_reach(*mount) : LockReach::every_machine;
    if (reach == LockReach::this_machine) {
        throw geo::Error(
            geo::ErrorKind::input,
            fmt::format("{}: the drive {} ({}) is mounted so that other machines do not see its "
                        "locks, so two runs could meet; mount it with locks, or keep the store and "
                        "the published folder on another drive",
                        path.string(), mount->point, mount->type));
    }
    if (reach == LockReach::unknown) {
        return fmt::format("{}: a drive of the kind {} may hide locks from other machines; let "
                           "only this one work here",
                           path.string(), mount->type);
    }
    return std::nullopt;
}

} // namespace

std::optional<RunLock> RunLock::of_existing(const std::filesystem::path& path) {
    std::error_code fault;
    return std::filesystem::exists(path, fault) ? std::optional<RunLock>(RunLock(path))
                                                : std::nullopt;
}

RunLock::RunLock(const std::filesystem::path& path) {
    std::error_code fault;
    if (path.has_parent_path()) {
        std::filesystem::create_directories(path.parent_path(), fault);
    }
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) {
        throw write_error(path, fault ? fault : last_fault());
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        refuse(file, path, last_fault());
    }
    file_ = file;
    try {
        doubt_ = doubt_about(path);
    } catch (...) {
        ::close(file);
        throw;
    }
    // Only for people: that it cannot be written, on a full disk for one, changes nothing.
    const std::string text = myself() + "\n";
    if (::ftruncate(file, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(file, text.data(), text.size(), 0);
    }
}

RunLock::~RunLock() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

RunLock::RunLock(RunLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), doubt_(std::move(other.doubt_)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(doubt_, other.doubt_);
    return *this;
}

} // namespace io
