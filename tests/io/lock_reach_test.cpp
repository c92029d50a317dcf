#include "io/lock_reach.hpp"

#include "error_text.hpp"
#include "io/run_lock.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

constexpr const char* mounts =
    "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n"
    "40 22 0:41 / /srv/vrn rw,relatime shared:9 - nfs4 nas:/vrn rw,vers=4.2,local_lock=none\n"
    "41 40 0:42 / /srv/vrn/old\\040nights rw - nfs nas:/old rw,vers=3,nolock,local_lock=all\n"
    "42 22 0:43 / /srv/vrn2 rw - cifs //nas/vrn rw,vers=3.1.1,nobrl\n"
    "43 22 0:44 / /mnt/c rw,noatime master:3 propagate_from:2 - 9p C:\\134 rw,dirsync,aname=drvfs\n"
    "44 22 0:45 / /home/pat/drive rw - fuse.sshfs nas: rw,user_id=1000\n";

LockReach reach(const char* path) {
    return lock_reach(mount_of(mounts, path).value());
}

TEST(LockReach, TheDeepestMountThatHoldsThePathCounts) {
    EXPECT_EQ(mount_of(mounts, "/srv/vrn/published")->type, "nfs4");
    EXPECT_EQ(mount_of(mounts, "/srv/vrn")->point, "/srv/vrn");
    EXPECT_EQ(mount_of(mounts, "/srv/vrn3/published")->type, "ext4") << "not a folder of /srv/vrn";
    EXPECT_EQ(mount_of(mounts, "/srv/vrn/old nights/1")->point, "/srv/vrn/old nights");
    EXPECT_EQ(mount_of("", "/srv"), std::nullopt);
    EXPECT_EQ(mount_of("no such line\n1 2 3 / / - ext4", "/srv"), std::nullopt);
}

TEST(LockReach, NetworkDrivesKeepLocksOnTheServerUnlessMountedOtherwise) {
    EXPECT_EQ(reach("/srv/vrn/published"), LockReach::every_machine);
    EXPECT_EQ(reach("/srv/vrn/old nights"), LockReach::this_machine);
    EXPECT_EQ(reach("/srv/vrn2"), LockReach::this_machine);
    EXPECT_EQ(lock_reach({"/", "cifs", "rw,vers=3.0"}), LockReach::every_machine);
    EXPECT_EQ(lock_reach({"/", "lustre", "rw,localflock"}), LockReach::this_machine);
}

TEST(LockReach, OfSomeDrivesNobodyCanTell) {
    EXPECT_EQ(reach("/mnt/c/published"), LockReach::unknown);
    EXPECT_EQ(reach("/home/pat/drive"), LockReach::unknown);
    EXPECT_EQ(reach("/home/pat"), LockReach::every_machine);
}

TEST(RunLock, OnALocalDriveItIsTakenWithoutADoubtAndOnce) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder / "lock";
    EXPECT_FALSE(RunLock::of_existing(file)) << "nobody was ever at work";
    EXPECT_TRUE(listing(folder.path()).empty());
    {
        const RunLock held(file);
        EXPECT_EQ(held.doubt(), std::nullopt);
        error_text(geo::ErrorKind::locked, [&] { RunLock::of_existing(file); });
    }
    EXPECT_TRUE(RunLock::of_existing(file));
}

} // namespace
} // namespace io
