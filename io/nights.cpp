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
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace io {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view run_mark = "-run";

/// The number of the run that a night's folder is named after; nothing for other names.
std::optional<std::uint64_t> run_of(const std::string& night) {
    const std::size_t mark = night.rfind(run_mark);
    return mark == std::string::npos ? std::nullopt
                                     : whole_number_of(night.substr(mark + run_mark.size()));
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
    const fs::path name = current_folder() / name_file;
    if (!fs::exists(name, fault)) {
        return std::nullopt;
    }
    return std::string(trimmed(read_text(name)));
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
    if (fault) {
        throw write_error(current_folder(), fault);
    }
    sync_folder(published_);
}

void Nights::keep(unsigned count) const {
    std::vector<std::pair<std::uint64_t, fs::path>> nights;
    std::error_code fault;
    for (fs::directory_iterator i(published_, fault); !fault && i != fs::directory_iterator();
         i.increment(fault)) {
        const auto run = run_of(i->path().filename().string());
        if (run && i->is_directory(fault)) {
            nights.emplace_back(*run, i->path());
        }
    }
    std::ranges::sort(nights, std::greater<>());
    const std::optional<std::string> now = current();
    for (std::size_t i = count; i < nights.size(); ++i) {
        if (nights[i].second.filename() != now) {
            remove_published(nights[i].second);
        }
    }
}

} // namespace io
