#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

// Who sees a lock that is taken on a file of some drive: on a network drive perhaps this machine
// alone.

namespace io {

enum class LockReach {
    every_machine, ///< whoever can reach the file; of a local drive that is this machine
    this_machine,  ///< the drive is mounted so that other machines do not see the lock
    unknown,       ///< the kind of drive does not tell
};

/// A mounted drive.
struct Mount {
    std::string point;
    std::string type;    ///< of the file system: "ext4", "nfs4", "fuse.sshfs"
    std::string options; ///< of the file system, separated by commas
};

/// The mount that a path lies on.
///
/// \param mounts text as Linux has it in /proc/self/mountinfo. \param path absolute, without links.
/// \returns nothing where the text has no mount for it.
std::optional<Mount> mount_of(std::string_view mounts, const std::filesystem::path& path);

/// How far flock(2) reaches there. Linux keeps the locks of NFS (nfs(5), `local_lock`) and of SMB
/// (mount.cifs(8), `nobrl`) on the server unless it is told not to; those of 9p and FUSE depend on
/// what is behind them.
LockReach lock_reach(const Mount& mount);

} // namespace io
