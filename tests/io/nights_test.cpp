#include "io/nights.hpp"

#include "error_text.hpp"
#include "io/output_folder.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

namespace fs = std::filesystem;

/// A night's folder, whole.
void make_night(const TemporaryFolder& published, const std::string& night) {
    OutputFolder folder(published / night);
    folder.write(Nights::name_file, night + "\n");
    folder.write("manifest.json", night);
    folder.commit();
}

TEST(Nights, AreNamedByDayAndRun) {
    EXPECT_EQ(Nights::name("2026-11-25", 12), "2026-11-25-run12");
}

TEST(Nights, CurrentIsALinkThatMovesOn) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    EXPECT_EQ(nights.current(), std::nullopt);
    for (const std::string night : {"2026-11-25-run1", "2026-11-26-run2"}) {
        make_night(published, night);
        nights.make_current(night);
        nights.make_current(night); // changes nothing
        EXPECT_EQ(nights.current(), night);
        EXPECT_TRUE(fs::is_symlink(nights.current_folder()));
        EXPECT_EQ(content(nights.current_folder() / "manifest.json"), night);
    }
    EXPECT_EQ(listing(published.path()),
              (std::set<std::string>{"2026-11-25-run1", "2026-11-26-run2", "current"}));
}

TEST(Nights, WhereCurrentIsAFolderItIsExchangedAndTheOldNightKeepsItsName) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    make_night(published, "2026-11-25-run1");
    fs::rename(nights.folder("2026-11-25-run1"), nights.current_folder());
    make_night(published, "2026-11-26-run2");
    nights.make_current("2026-11-26-run2");
    EXPECT_EQ(nights.current(), "2026-11-26-run2");
    EXPECT_FALSE(fs::is_symlink(nights.current_folder()));
    EXPECT_EQ(content(nights.folder("2026-11-25-run1") / "manifest.json"), "2026-11-25-run1");
    EXPECT_FALSE(fs::exists(nights.folder("2026-11-26-run2")));
}

TEST(Nights, TheOldestGoAndTheCurrentStays) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    for (const std::string night :
         {"2026-11-24-run9", "2026-11-25-run10", "2026-11-26-run11", "2026-11-26-run12"}) {
        make_night(published, night);
    }
    nights.make_current("2026-11-24-run9");
    published.file("notes.txt", "mine");
    nights.keep(2);
    EXPECT_EQ(listing(published.path()),
              (std::set<std::string>{"2026-11-24-run9", "2026-11-26-run11", "2026-11-26-run12",
                                     "current", "notes.txt"}));
}

TEST(Nights, WhatAKilledRunLeftGoes) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    for (const std::string night : {"2026-11-24-run1", "2026-11-25-run2", "2026-11-26-run3"}) {
        make_night(published, night);
    }
    nights.make_current("2026-11-25-run2");
    for (const char* const hidden : {".2026-11-26-run3.new-4711-0", ".2026-11-23-run9.old"}) {
        make_night(published, hidden);
    }
    published.file(".notes", "mine");
    nights.clear_unfinished(2); // the third was built, and its run killed before the store was
    EXPECT_EQ(listing(published.path()),
              (std::set<std::string>{"2026-11-24-run1", "2026-11-25-run2", "current", ".notes"}));
    EXPECT_EQ(nights.newest_run(), 2U);
}

TEST(Nights, WithAnOlderStoreNoNightThatCameOutGoes) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    for (const std::string night : {"2026-11-24-run1", "2026-11-25-run2", "2026-11-26-run3"}) {
        make_night(published, night);
        nights.make_current(night);
    }
    const std::set<std::string> before = listing(published.path());
    nights.clear_unfinished(1);
    EXPECT_EQ(listing(published.path()), before);
    EXPECT_EQ(nights.newest_run(), 3U);
}

TEST(Nights, AFormerNightGetsItsNameBackWhereTheExchangeWasCutOff) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    make_night(published, "2026-11-25-run1");
    make_night(published, "2026-11-26-run2");
    // Exchanged, and killed before the former night was renamed.
    fs::rename(nights.folder("2026-11-26-run2"), nights.current_folder());
    fs::rename(nights.folder("2026-11-25-run1"), nights.folder("2026-11-26-run2"));
    nights.clear_unfinished(2);
    EXPECT_EQ(listing(published.path()), (std::set<std::string>{"2026-11-25-run1", "current"}));
    EXPECT_EQ(nights.current(), "2026-11-26-run2");
}

TEST(Nights, FilesThatAreNotOursStay) {
    const TemporaryFolder published;
    const Nights nights(published.path());
    make_night(published, "2026-11-24-run1");
    std::ofstream(nights.folder("2026-11-24-run1") / "minutes.docx") << "of the meeting";
    make_night(published, "2026-11-25-run2");
    nights.make_current("2026-11-25-run2");
    nights.keep(1);
    EXPECT_EQ(listing(nights.folder("2026-11-24-run1")), (std::set<std::string>{"minutes.docx"}));
}

} // namespace
} // namespace io
