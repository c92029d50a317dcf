#include "io/nights.hpp"

#include "geo/error.hpp"
#include "io/file_text.hpp"
#include "io/output_folder.hpp"
#include "io/words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view run_mark = "-run";
/// Ends the hidden name under which a night is removed.
constexpr std::string_view old_mark = ".old";

/// Whether a hidden folder is one that OutputFolder was making for a night, or a night that was
/// being removed.
bool is_unfinished(const std::string& name) {
    return name.starts_with('.') && name.find(run_mark) != std::string::npos &&
           (name.find(".new-") != std::string::npos || name.ends_with(old_mark));
}

/// Names of the folders in a folder, links not followed, in order.
std::vector<std::string> folders_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code fault;
    for (fs::directory_iterator i(folder, fault); !fault && i != fs::directory_iterator();
         i.increment(fault)) {
        std::error_code unknown;
        if (fs::is_directory(i->symlink_status(unknown))) {
            names.push_back(i->path().filename().string());
        }
    }
    std::ranges::sort(names);
    return names;
}

/// The night that a folder says it is, or nothing.
std::optional<std::string> night_in(const fs::path& folder) {
    std::error_code fault;
    const fs::path name = folder / Nights::name_file;
    if (!fs::exists(name, fault)) {
        return std::nullopt;
    }
    return std::string(trimmed(read_text(name)));
}

std::error_code last_fault() {
    return {errno, std::generic_category()};
}

/// Whether the file system has no links at all, as opposed to a fault in making one.
bool knows_no_links(std::error_code fault) {
    return fault.value() == EPERM || fault.value() == EOPNOTSUPP || fault.value() == ENOSYS;
}

void sync_folder(const fs::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened >= 0) {
        ::fsync(opened); // in place already: that it may be lost with the power is no fault
        ::close(opened);
    }
}

} // namespace

std::string Nights::name(const std::string& day, std::uint64_t run) {
    return fmt::format("{}{}{}", day, run_mark, run);
}

std::optional<std::string> Nights::current() const {
    std::error_code fault;
    if (!fs::is_directory(current_folder(), fault)) {
        return std::nullopt;
    }
    return night_in(current_folder());
}

std::optional<std::uint64_t> Nights::run_of(const std::string& night) {
    const std::size_t mark = night.rfind(run_mark);
    return mark == std::string::npos || night.starts_with('.')
               ? std::nullopt
               : whole_number_of(night.substr(mark + run_mark.size()));
}

std::vector<std::string> Nights::nights() const {
    std::vector<std::string> names = folders_in(published_);
    std::erase_if(names, [](const std::string& name) { return !run_of(name); });
    return names;
}

std::uint64_t Nights::newest_run() const {
    std::uint64_t newest = run_of(current().value_or("")).value_or(0);
    for (const std::string& night : nights()) {
        newest = std::max(newest, *run_of(night));
    }
    return newest;
}

void Nights::make_current(const std::string& night) const {
    if (current() == night) {
        return;
    }
    const fs::path link = published_ / ".current.new";
    std::error_code fault;
    fs::remove(link, fault);
    const bool is_folder = fs::is_directory(fs::symlink_status(current_folder(), fault));
    fault =
        is_folder || ::symlink(night.c_str(), link.c_str()) == 0 ? std::error_code() : last_fault();
    if (!is_folder && !fault) {
        fs::rename(link, current_folder(), fault);
    } else if (is_folder || knows_no_links(fault)) {
        const std::optional<std::string> former = current();
        const unsigned how = is_folder ? RENAME_EXCHANGE : RENAME_NOREPLACE;
        fault = ::renameat2(AT_FDCWD, folder(night).c_str(), AT_FDCWD, current_folder().c_str(),
                            how) == 0
                    ? std::error_code()
                    : last_fault();
        if (!fault && former) {
            std::error_code stays; // under the new night's name until it is removed
            fs::rename(folder(night), folder(*former), stays);
        }
    }
    if (fault.value() == EINVAL || fault.value() == ENOSYS) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: this drive knows neither links nor the exchange of two "
                                     "folders; keep the published folder on another drive",
                                     current_folder().string()));
    }
    if (fault) {
        throw write_error(current_folder(), fault);
    }
    sync_folder(published_);
}

void Nights::remove(const std::string& night) const {
    const fs::path aside = published_ / fmt::format(".{}{}", night, old_mark);
    std::error_code fault;
    fs::rename(folder(night), aside, fault);
    if (!fault) {
        remove_published(aside);
        fs::rename(aside, folder(night), fault); // where somebody's own files are in it
    }
}

/// Where folders are exchanged, the former night stands under the new one's name for a moment.
void Nights::give_back_name(const std::string& night) const {
    const std::optional<std::string> own = night_in(folder(night));
    std::error_code fault;
    if (own && *own != night && run_of(*own) && !fs::exists(folder(*own), fault)) {
        fs::rename(folder(night), folder(*own), fault);
    }
}

void Nights::clear_unfinished(std::uint64_t last_run) const {
    for (const std::string& name : folders_in(published_)) {
        if (is_unfinished(name)) {
            remove_published(published_ / name);
        }
    }
    for (const std::string& night : nights()) {
        give_back_name(night);
    }
    const std::uint64_t came_out = std::max(last_run, run_of(current().value_or("")).value_or(0));
    for (const std::string& night : nights()) {
        if (*run_of(night) > came_out) {
            remove(night);
        }
    }
}

void Nights::keep(unsigned count) const {
    std::vector<std::string> names = nights();
    std::ranges::sort(names, std::greater<>(), [](const std::string& n) { return *run_of(n); });
    const std::optional<std::string> now = current();
    for (std::size_t i = count; i < names.size(); ++i) {
        if (names[i] != now) {
            remove(names[i]);
        }
    }
}

} // namespace io
