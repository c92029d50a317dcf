#include "io/lock_reach.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <utility>
#include <vector>

namespace io {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(separator, start), text.size());
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

/// Blanks and backslashes stand as three octal digits there.
std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped = text[i] == '\\' && i + 3 < text.size();
        if (escaped) {
            const int code = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + text[i + 3] - '0';
            plain += static_cast<char>(code);
            i += 3;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

/// Of a line "36 35 98:0 /mnt1 /mnt2 rw,noatime shared:1 - ext3 /dev/root rw,errors=continue".
std::optional<Mount> mount_in(std::string_view line) {
    constexpr std::size_t point = 4;
    const std::vector<std::string_view> words = split(line, ' ');
    const auto dash = std::ranges::find(words, "-");
    if (words.size() <= point || words.end() - dash < 4) {
        return std::nullopt;
    }
    return Mount{.point = unescaped(words[point]),
                 .type = std::string(dash[1]),
                 .options = std::string(dash[3])};
}

bool lies_on(const std::filesystem::path& path, const std::filesystem::path& point) {
    return std::mismatch(point.begin(), point.end(), path.begin(), path.end()).first == point.end();
}

bool has_any(const Mount& mount, std::initializer_list<std::string_view> options) {
    const std::vector<std::string_view> set = split(mount.options, ',');
    return std::ranges::any_of(options, [&](std::string_view option) {
        return std::ranges::find(set, option) != set.end();
    });
}

} // namespace

std::optional<Mount> mount_of(std::string_view mounts, const std::filesystem::path& path) {
    std::optional<Mount> found;
    for (const std::string_view line : split(mounts, '\n')) {
        auto mount = mount_in(line);
        // The later of two on one point covers the earlier.
        if (mount && lies_on(path, mount->point) &&
            (!found || mount->point.size() >= found->point.size())) {
            found = std::move(mount);
        }
    }
    return found;
}

LockReach lock_reach(const Mount& mount) {
    if (mount.type == "nfs" || mount.type == "nfs4") {
        return has_any(mount, {"nolock", "local_lock=all", "local_lock=flock"})
                   ? LockReach::this_machine
                   : LockReach::every_machine;
    }
    if (mount.type == "cifs" || mount.type == "smb3") {
        return has_any(mount, {"nobrl"}) ? LockReach::this_machine : LockReach::every_machine;
    }
    if (mount.type == "lustre" && has_any(mount, {"localflock"})) {
        return LockReach::this_machine;
    }
    constexpr std::array<std::string_view, 5> untold{"9p", "virtiofs", "afs", "coda", "vboxsf"};
    const bool unknown = std::ranges::find(untold, mount.type) != untold.end() ||
                         mount.type == "fuse" || mount.type.starts_with("fuse.");
    return unknown ? LockReach::unknown : LockReach::every_machine;
}

} // namespace io
