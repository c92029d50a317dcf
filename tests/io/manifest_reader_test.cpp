#include "io/manifest_reader.hpp"

#include "published_sample.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

std::optional<geo::TimeSpan> horizon_with(const std::string& manifest) {
    const TemporaryFolder folder;
    folder.file("manifest.json", manifest);
    return horizon_beside((folder / "visits.geojson").string(), london());
}

TEST(HorizonBeside, IsThatOfThePublishedPlan) {
    EXPECT_EQ(horizon_with(R"({"program": "patrolzones", "plan":
                               {"start": "2027-03-22T00:00:00+00:00",
                                "end": "2027-03-29T00:00:00+01:00"}})"),
              (geo::TimeSpan{at("2027-03-22 00:00"), at("2027-03-29 00:00")}));
}

TEST(HorizonBeside, IsNothingWhereNoPlanOfOursSaysOne) {
    for (const char* manifest :
         {"", "[]", "{", R"({"program": "patrolzones"})",
          R"({"program": "patrolzones", "plan": null})",
          R"({"program": 7, "plan": {"start": "2027-03-22", "end": "2027-03-29"}})",
          R"({"program": "patrolzones", "plan": {"start": "2027-03-22", "end": 5}})",
          R"({"program": "patrolzones", "plan": {"start": "2027-03-22", "end": "2027-03-22"}})"}) {
        EXPECT_FALSE(horizon_with(manifest)) << manifest;
    }
    const TemporaryFolder empty;
    EXPECT_FALSE(horizon_beside((empty / "visits.geojson").string(), london()));
}

} // namespace
} // namespace io
