#include "geo/error.hpp"
#include "io/checksum.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

// FIPS 180-2, appendix B.
constexpr const char* sum_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* sum_of_million_a =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, GivesTheStandardsExamples) {
    EXPECT_EQ(sha256_of_text("abc"), sum_of_abc);
    const TemporaryFolder folder;
    EXPECT_EQ(sha256_of_file(folder.file("abc", "abc")), sum_of_abc);
    EXPECT_EQ(sha256_of_file(folder.file("long", std::string(1'000'000, 'a'))), sum_of_million_a);
}

TEST(Sha256, RefusesWhatIsNoFile) {
    const TemporaryFolder folder;
    EXPECT_THROW(sha256_of_file(folder / "missing"), geo::Error);
    EXPECT_THROW(sha256_of_file(folder.path()), geo::Error);
}

} // namespace
} // namespace io
