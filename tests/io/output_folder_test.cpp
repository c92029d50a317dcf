#include "child_process.hpp"
#include "geo/error.hpp"
#include "io/output_folder.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace io {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

/// An output folder as an earlier run left it, with a file of somebody's own.
fs::path old_output(const TemporaryFolder& folder) {
    const fs::path out = folder / "out";
    fs::create_directory(out);
    folder.file("out/zones.geojson", "old zones");
    folder.file("out/visits.geojson", "old visits");
    folder.file("out/notes.txt", "mine");
    return out;
}

void publish(const fs::path& out, Existing existing) {
    OutputFolder made(out, existing);
    made.write("zones.geojson", "new zones");
    made.write("manifest.json", "{}");
    made.commit();
}

/// The kind of the error that `work` ends with and its message.
template <typename Work>
std::pair<geo::ErrorKind, std::string> error_of(const Work& work) {
    try {
        work();
    } catch (const geo::Error& error) {
        return {error.kind(), error.what()};
    }
    ADD_FAILURE() << "no error";
    return {geo::ErrorKind::refused, ""};
}

TEST(OutputFolder, AppearsOnlyWhenItIsComplete) {
    const TemporaryFolder folder;
    OutputFolder made(folder / "out");
    made.write("zones.geojson", "zones");
    EXPECT_FALSE(fs::exists(folder / "out"));
    made.commit();
    EXPECT_EQ(listing(folder.path()), Names{"out"});
    EXPECT_EQ(content(folder / "out" / "zones.geojson"), "zones");
}

TEST(OutputFolder, LeavesNothingWhenItIsNotCommittedNotEvenNewParents) {
    const TemporaryFolder folder;
    {
        const OutputFolder made(folder / "a/b/out");
        made.write("zones.geojson", "zones");
        EXPECT_TRUE(fs::exists(folder / "a/b"));
    }
    EXPECT_EQ(listing(folder.path()), Names{});
}

TEST(OutputFolder, MakesMissingParents) {
    const TemporaryFolder folder;
    publish(folder / "a/b/out/", Existing::refuse);
    EXPECT_EQ(listing(folder / "a/b"), Names{"out"});
}

TEST(OutputFolder, RefusesAnExistingFolderWithoutOverwriteAsAFaultOfUsage) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    const auto [kind, message] = error_of([&] { const OutputFolder made(out); });
    EXPECT_EQ(kind, geo::ErrorKind::usage);
    EXPECT_NE(message.find("--overwrite"), std::string::npos);
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, RefusesAFileInItsPlace) {
    const TemporaryFolder folder;
    folder.file("out", "a file");
    const auto [kind, message] =
        error_of([&] { const OutputFolder made(folder / "out", Existing::replace); });
    EXPECT_EQ(kind, geo::ErrorKind::input);
    EXPECT_EQ(content(folder / "out"), "a file");
}

TEST(OutputFolder, RefusesAFileAsParent) {
    const TemporaryFolder folder;
    folder.file("parent", "a file");
    EXPECT_EQ(error_of([&] { const OutputFolder made(folder / "parent/out"); }).first,
              geo::ErrorKind::input);
}

TEST(OutputFolder, ReplacesOurFilesDropsStaleOnesAndKeepsWhatIsNotOurs) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    fs::create_directory(out / "subfolder");
    folder.file("out/subfolder/deep.txt", "mine, too");
    publish(out, Existing::replace);
    EXPECT_EQ(listing(out), (Names{"manifest.json", "notes.txt", "subfolder", "zones.geojson"}));
    EXPECT_EQ(content(out / "zones.geojson"), "new zones");
    EXPECT_EQ(content(out / "notes.txt"), "mine");
    EXPECT_EQ(content(out / "subfolder/deep.txt"), "mine, too");
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, KeepsTheOldFilesWhenTheRunFailsInTheMiddle) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    {
        const OutputFolder made(out, Existing::replace);
        made.write("zones.geojson", "half of the new");
    }
    EXPECT_EQ(content(out / "zones.geojson"), "old zones");
    EXPECT_EQ(listing(out), (Names{"notes.txt", "visits.geojson", "zones.geojson"}));
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, KeepsThePermissionsOfTheFolderThatItReplaces) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    fs::permissions(out, fs::perms(0750));
    publish(out, Existing::replace);
    EXPECT_EQ(fs::status(out).permissions(), fs::perms(0750));
}

TEST(OutputFolder, FollowsALinkToTheRealFolder) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    fs::create_directory_symlink(out, folder / "link");
    publish(folder / "link", Existing::replace);
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(content(out / "zones.geojson"), "new zones");
}

TEST(OutputFolder, ReplacesTheFilesOfTheWorkingDirectoryInPlace) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    const int result = in_child([&] {
        fs::current_path(out);
        publish(".", Existing::replace);
        return content("zones.geojson") == "new zones" && !fs::exists("visits.geojson") &&
                       fs::exists("notes.txt")
                   ? 0
                   : 1;
    });
    EXPECT_EQ(result, 0);
    EXPECT_EQ(listing(folder.path()), Names{"out"});
    EXPECT_EQ(listing(out), (Names{"manifest.json", "notes.txt", "zones.geojson"}));
}

TEST(OutputFolder, WritesIntoAnOpenFolderWhoseParentIsClosed) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    fs::permissions(folder.path(), fs::perms(0555));
    fs::permissions(out, fs::perms(0777));
    const int result = as_ordinary_user([&] {
        publish(out, Existing::replace);
        return 0;
    });
    EXPECT_EQ(result, 0);
    fs::permissions(folder.path(), fs::perms(0755));
    EXPECT_EQ(content(out / "zones.geojson"), "new zones");
    EXPECT_EQ(listing(out), (Names{"manifest.json", "notes.txt", "zones.geojson"}));
}

TEST(OutputFolder, SaysThatAReadOnlyFolderCannotBeWrittenAndHow) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    fs::permissions(out, fs::perms(0555));
    fs::permissions(folder.path(), fs::perms(0555));
    const int result = as_ordinary_user([&] {
        for (const fs::path& place : {out, folder / "other", folder / "more/other"}) {
            const auto [kind, message] =
                error_of([&] { const OutputFolder made(place, Existing::replace); });
            if (kind != geo::ErrorKind::input || message.find("writable") == std::string::npos ||
                message.find('\n') != std::string::npos) {
                return 1;
            }
        }
        return 0;
    });
    EXPECT_EQ(result, 0);
    fs::permissions(folder.path(), fs::perms(0755));
    fs::permissions(out, fs::perms(0755));
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, LeavesNoLitterWhenAFileCannotBeWrittenToItsEnd) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    const int result = in_child([&] {
        // The limit on a file's size fails a write in the middle, as a full disk does.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{4096, 4096};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto [kind, message] = error_of([&] {
            const OutputFolder made(out, Existing::replace);
            made.write("zones.geojson", std::string(100'000, 'z'));
        });
        return kind == geo::ErrorKind::input &&
                       message.find("out/zones.geojson") != std::string::npos
                   ? 0
                   : 1;
    });
    EXPECT_EQ(result, 0);
    EXPECT_EQ(listing(folder.path()), Names{"out"});
    EXPECT_EQ(content(out / "zones.geojson"), "old zones");
}

/// A disk of 64 kB of its own, or false where this machine lets nobody mount one.
bool mount_small_disk(const fs::path& place) {
    if (::geteuid() != 0 && ::unshare(CLONE_NEWUSER) != 0) {
        return false;
    }
    return ::unshare(CLONE_NEWNS) == 0 &&
           ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", place.c_str(), "tmpfs", 0, "size=64k,mode=0777") == 0;
}

TEST(OutputFolder, SaysThatTheDiskIsFullAndKeepsTheOldFiles) {
    const TemporaryFolder folder;
    constexpr int no_mount = 77;
    const int result = in_child([&] {
        if (!mount_small_disk(folder.path())) {
            return no_mount;
        }
        const fs::path out = old_output(folder);
        const auto [kind, message] = error_of([&] {
            const OutputFolder made(out, Existing::replace);
            made.write("issues.csv", std::string(100'000, 'i'));
        });
        const bool told = kind == geo::ErrorKind::input &&
                          message.find("No space left") != std::string::npos &&
                          message.find("free some space") != std::string::npos;
        return told && listing(folder.path()) == Names{"out"} &&
                       content(out / "zones.geojson") == "old zones"
                   ? 0
                   : 1;
    });
    if (result == no_mount) {
        GTEST_SKIP() << "this machine lets nobody mount a small disk; the limit on file size is "
                        "tested above";
    }
    EXPECT_EQ(result, 0);
}

TEST(OutputFolder, ReplacesTheFilesOfAMountPointInPlace) {
    const TemporaryFolder folder;
    fs::create_directory(folder / "out");
    constexpr int no_mount = 77;
    const int result = in_child([&] {
        if (!mount_small_disk(folder / "out")) {
            return no_mount;
        }
        folder.file("out/notes.txt", "mine");
        publish(folder / "out", Existing::replace);
        return listing(folder / "out") == Names{"manifest.json", "notes.txt", "zones.geojson"} ? 0
                                                                                               : 1;
    });
    if (result == no_mount) {
        GTEST_SKIP() << "this machine lets nobody mount a small disk";
    }
    EXPECT_EQ(result, 0);
}

TEST(OutputFolder, ClearsUpAfterARunThatWasKilled) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    const int killed = in_child([&] {
        const OutputFolder made(out, Existing::replace);
        made.write("zones.geojson", "half");
        std::_Exit(9); // no destructor runs, as with SIGKILL
        return 0;
    });
    EXPECT_EQ(killed, 9);
    ASSERT_EQ(listing(folder.path()).size(), 2U) << "the killed run left its folder";
    publish(out, Existing::replace);
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, LeavesTheFolderOfARunningOneAlone) {
    const TemporaryFolder folder;
    const fs::path out = old_output(folder);
    OutputFolder first(out, Existing::replace);
    first.write("zones.geojson", "of the first");
    publish(out, Existing::replace);
    first.commit();
    EXPECT_EQ(content(out / "zones.geojson"), "of the first");
    EXPECT_EQ(listing(out), (Names{"notes.txt", "zones.geojson"}));
    EXPECT_EQ(listing(folder.path()), Names{"out"});
}

TEST(OutputFolder, RefusesToCoverAFolderThatAppearedMeanwhile) {
    const TemporaryFolder folder;
    OutputFolder made(folder / "out");
    made.write("zones.geojson", "zones");
    old_output(folder);
    EXPECT_EQ(error_of([&] { made.commit(); }).first, geo::ErrorKind::input);
    EXPECT_EQ(content(folder / "out/zones.geojson"), "old zones");
}

} // namespace
} // namespace io
