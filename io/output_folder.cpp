#include "io/output_folder.hpp"

#include "geo/error.hpp"
#include "io/file_text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/core.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace io {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 26> names{
    "zones.geojson", // what people open
    "visits.geojson",
    "wards.geojson",
    "candidates.geojson",
    "zones.qml",
    "visits.qml",
    "patrolzones.gpkg",
    "patrolzones.qgz",
    "report.html",
    "report.json",
    "sheets.html",
    "sheets.pdf",
    "roster.csv",
    "roster.ics",
    "issues.csv",
    "evaluation.csv",
    "matches.csv",
    "night.txt",
    "compliance.csv",
    "breaches.csv",
    "deliveries.csv",
    "returns-by-month.csv",
    "returns-by-quarter.csv",
    "attendance-issues.csv",
    "compliance.json",
    "manifest.json",
};

/// Whether we wrote a file of that name; SQLite's companions of the GeoPackage count as ours.
bool is_ours(const fs::path& file) {
    const std::string name = file.filename().string();
    constexpr std::array<std::string_view, 4> companions{"", "-journal", "-wal", "-shm"};
    return std::ranges::find(names, name) != names.end() ||
           std::ranges::any_of(companions, [&](std::string_view ending) {
               return name == "patrolzones.gpkg" + std::string(ending);
           });
}

std::error_code last_fault() {
    return {errno, std::generic_category()};
}

/// renameat2, which libstdc++ does not know: with RENAME_EXCHANGE or RENAME_NOREPLACE.
std::error_code rename_with(const fs::path& from, const fs::path& to, unsigned flags) {
    return ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0 ? std::error_code()
                                                                                 : last_fault();
}

bool is_unsupported(std::error_code fault) {
    return fault.value() == EINVAL || fault.value() == ENOSYS || fault.value() == EOPNOTSUPP;
}

std::error_code sync(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return last_fault();
    }
    const std::error_code fault = ::fsync(file) == 0 ? std::error_code() : last_fault();
    ::close(file);
    // Some network file systems cannot sync a folder; the rename is still in order there.
    return fault.value() == EINVAL ? std::error_code() : fault;
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code fault;
    for (fs::directory_iterator i(folder, fault); !fault && i != fs::directory_iterator();
         i.increment(fault)) {
        found.push_back(i->path());
    }
    std::ranges::sort(found);
    return found;
}

fs::path without_trailing_slash(const fs::path& path) {
    const fs::path normal = fs::absolute(path).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

/// The start of the names of hidden folders for one target.
std::string hidden_prefix(const fs::path& target) {
    return fmt::format(".{}.new-", target.filename().string());
}

/// An open folder with a lock, or -1. Where the file system knows no locks there is none, and
/// nothing is ever taken for abandoned.
int open_locked(const fs::path& folder, int operation) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened >= 0 && ::flock(opened, operation) != 0 && (operation & LOCK_NB) != 0) {
        ::close(opened);
        return -1;
    }
    return opened;
}

bool is_linked(int folder) {
    struct stat facts {};
    return ::fstat(folder, &facts) == 0 && facts.st_nlink > 0;
}

dev_t device(const fs::path& path) {
    struct stat facts {};
    return ::stat(path.c_str(), &facts) == 0 ? facts.st_dev : dev_t{};
}

/// The new folder is to be used by whoever used the old one. As far as this user may.
void take_permissions(const fs::path& from, const fs::path& to) {
    struct stat facts {};
    if (::stat(from.c_str(), &facts) != 0) {
        return;
    }
    const bool same_owner = ::chown(to.c_str(), facts.st_uid, facts.st_gid) == 0;
    if (!same_owner && ::chown(to.c_str(), static_cast<uid_t>(-1), facts.st_gid) != 0) {
        return; // another group's rights must not go to ours
    }
    std::error_code ignored;
    fs::permissions(to, static_cast<fs::perms>(facts.st_mode) & fs::perms::mask, ignored);
}

} // namespace

std::span<const std::string_view> published_names() {
    return names;
}

void remove_published(const fs::path& folder) {
    std::error_code ignored;
    for (const fs::path& file : entries(folder)) {
        if (is_ours(file)) {
            fs::remove(file, ignored);
        }
    }
    fs::remove(folder, ignored); // stays if somebody's own files are in it
}

OutputFolder::OutputFolder(fs::path out, Existing existing)
    : out_(std::move(out)), target_(without_trailing_slash(out_)) {
    std::error_code fault;
    replaces_ = fs::exists(target_, fault);
    if (fault) {
        throw write_error(out_, fault);
    }
    if (replaces_) {
        if (existing == Existing::refuse) {
            throw geo::Error(geo::ErrorKind::usage,
                             fmt::format("{}: exists already; give --overwrite to replace what is "
                                         "in it, or another --out",
                                         out_.string()));
        }
        if (!fs::is_directory(target_)) {
            throw geo::Error(
                geo::ErrorKind::input,
                fmt::format("{}: is a file, not a folder; give another --out", out_.string()));
        }
        target_ = fs::canonical(target_);
    }
    try {
        make_parents();
        make_hidden();
    } catch (...) {
        discard();
        throw;
    }
}

OutputFolder::~OutputFolder() {
    discard();
}

void OutputFolder::make_parents() {
    std::vector<fs::path> missing;
    std::error_code unknown; // shows when the folder is made
    for (fs::path p = target_.parent_path(); !fs::exists(p, unknown) && p.has_relative_path();
         p = p.parent_path()) {
        missing.push_back(p);
    }
    std::ranges::reverse(missing);
    for (const fs::path& parent : missing) {
        std::error_code fault;
        fs::create_directory(parent, fault);
        if (fault) {
            throw write_error(parent, fault);
        }
        made_parents_.push_back(parent);
    }
}

void OutputFolder::make_hidden() {
    remove_abandoned();
    // Files cannot be renamed from one file system to another.
    const bool mounted = replaces_ && device(target_) != device(target_.parent_path());
    std::error_code fault = make_hidden_in(mounted ? target_ : target_.parent_path());
    if (fault && replaces_ && !mounted) {
        fault = make_hidden_in(target_); // the parent may be closed to us and the folder open
    }
    if (fault) {
        throw write_error(replaces_ ? out_ : target_.parent_path(), fault);
    }
}

std::error_code OutputFolder::make_hidden_in(const fs::path& place) {
    for (unsigned attempt = 0;; ++attempt) {
        const fs::path hidden =
            place / fmt::format("{}{}-{}", hidden_prefix(target_), ::getpid(), attempt);
        if (::mkdir(hidden.c_str(), 0777) != 0) {
            if (errno == EEXIST) {
                continue;
            }
            return last_fault();
        }
        lock_ = open_locked(hidden, LOCK_EX);
        // Another run may have taken it for abandoned before the lock was held: then once more.
        if (lock_ < 0 || is_linked(lock_)) {
            hidden_ = hidden;
            return {};
        }
        ::close(std::exchange(lock_, -1));
    }
}

void OutputFolder::remove_abandoned() const {
    for (const fs::path& place : {target_.parent_path(), target_}) {
        for (const fs::path& folder : entries(place)) {
            if (!folder.filename().string().starts_with(hidden_prefix(target_))) {
                continue;
            }
            const int lock = open_locked(folder, LOCK_EX | LOCK_NB);
            if (lock < 0) {
                continue; // its run is alive
            }
            remove_published(folder);
            ::close(lock);
        }
    }
}

void OutputFolder::write(std::string_view name, std::string_view text) const {
    if (const std::error_code fault = try_write(building(name), text)) {
        throw write_error(out_ / name, fault);
    }
}

void OutputFolder::bring_to_disk() const {
    for (const fs::path& file : entries(hidden_)) {
        if (const std::error_code fault = sync(file)) {
            throw write_error(out_ / file.filename(), fault);
        }
    }
    if (const std::error_code fault = sync(hidden_)) {
        throw write_error(out_, fault);
    }
}

void OutputFolder::commit() {
    bring_to_disk();
    if (replaces_) {
        replace_old();
    } else {
        place_new();
    }
    sync(target_.parent_path()); // in place already: that it may be lost with the power is no fault
    made_parents_.clear();
    discard();
}

void OutputFolder::place_new() {
    std::error_code fault = rename_with(hidden_, target_, RENAME_NOREPLACE);
    if (is_unsupported(fault)) {
        fs::rename(hidden_, target_, fault); // fails on a folder that is not empty
    }
    if (fault) {
        throw write_error(out_, fault);
    }
    hidden_.clear();
}

void OutputFolder::replace_old() {
    const bool inside = hidden_.parent_path() == target_;
    std::error_code unknown;
    if (inside || fs::current_path(unknown) == target_) {
        // A shell that stands in the folder would be left in the old one.
        move_one_by_one();
        return;
    }
    take_permissions(target_, hidden_);
    std::error_code fault = rename_with(hidden_, target_, RENAME_EXCHANGE);
    if (is_unsupported(fault)) {
        const fs::path aside = hidden_.string() + "-old";
        fs::rename(target_, aside, fault);
        if (!fault) {
            fs::rename(hidden_, target_, fault);
            std::error_code ignored;
            fs::rename(aside, fault ? target_ : hidden_, ignored);
        }
    }
    if (fault) { // a mount point for one
        move_one_by_one();
        return;
    }
    hidden_is_new_ = false;
    move_foreign_files();
}

void OutputFolder::move_foreign_files() const {
    for (const fs::path& file : entries(hidden_)) {
        if (is_ours(file)) {
            continue;
        }
        if (const std::error_code fault =
                rename_with(file, target_ / file.filename(), RENAME_NOREPLACE)) {
            throw geo::Error(
                geo::ErrorKind::input,
                fmt::format("{}: the new files are in place, but {} could not be moved to them: "
                            "{}; fetch it from {}",
                            out_.string(), file.filename().string(), fault.message(),
                            hidden_.string()));
        }
    }
}

void OutputFolder::move_one_by_one() {
    std::vector<fs::path> files = entries(hidden_);
    std::stable_partition(files.begin(), files.end(),
                          [](const fs::path& f) { return f.filename() != "manifest.json"; });
    for (const fs::path& file : files) {
        std::error_code fault;
        fs::rename(file, target_ / file.filename(), fault);
        if (fault) {
            throw write_error(out_ / file.filename(), fault);
        }
    }
    for (const fs::path& old : entries(target_)) {
        const bool is_new = std::ranges::any_of(
            files, [&](const fs::path& file) { return file.filename() == old.filename(); });
        if (is_ours(old) && !is_new) {
            std::error_code ignored;
            fs::remove(old, ignored);
        }
    }
}

void OutputFolder::discard() noexcept {
    std::error_code ignored;
    if (!hidden_.empty()) {
        // The folder that was replaced may have been closed to writing.
        fs::permissions(hidden_, fs::perms::owner_all, fs::perm_options::add, ignored);
        for (const fs::path& file : entries(hidden_)) {
            if (hidden_is_new_ || is_ours(file)) {
                fs::remove(file, ignored);
            }
        }
        fs::remove(hidden_, ignored);
        hidden_.clear();
    }
    for (; !made_parents_.empty(); made_parents_.pop_back()) {
        fs::remove(made_parents_.back(), ignored); // stays if another run has put something there
    }
    if (lock_ >= 0) {
        ::close(std::exchange(lock_, -1));
    }
}

} // namespace io
