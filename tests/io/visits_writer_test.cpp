#include "geo/error.hpp"
#include "io/visits_writer.hpp"
#include "published_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace io {
namespace {

using Json = nlohmann::ordered_json;

TEST(VisitsGeojson, TellsEachVisitAtTheCentreOfItsZone) {
    const geo::Projection& lonlat = sample_lonlat();
    const Json collection =
        Json::parse(visits_geojson(sample_visits(), sample_zones(), lonlat, london()));
    ASSERT_EQ(collection["features"].size(), 2U);
    const Json expected = {{"visit_id", "V0002-b"},
                           {"zone_id", "X05000002-1"},
                           {"unit", "West foot 1"},
                           {"shift", "late"},
                           {"shift_day", "2027-03-27"},
                           {"seq", 2},
                           {"start_time", "2027-03-28T02:11:00+01:00"},
                           {"end_time", "2027-03-28T02:26:00+01:00"},
                           {"travel_min", 41},
                           {"reason", "risk"},
                           {"status", "issued"}};
    EXPECT_EQ(collection["features"][1]["properties"], expected);
    const Json& geometry = collection["features"][1]["geometry"];
    EXPECT_EQ(geometry["type"], "Point");
    const geo::SourcePoint centre = lonlat.from_grid(sample_zones()[1].disc.centre);
    EXPECT_NEAR(geometry["coordinates"][0].get<double>(), centre.x, 5e-8);
    EXPECT_NEAR(geometry["coordinates"][1].get<double>(), centre.y, 5e-8);
}

TEST(VisitsGeojson, RefusesAVisitToAnUnknownZone) {
    auto visits = sample_visits();
    visits[0].zone = cluster::ZoneId("nowhere");
    EXPECT_THROW(visits_geojson(visits, sample_zones(), sample_lonlat(), london()), geo::Error);
}

TEST(RosterCsv, StandsInVisitingOrderWhateverTheOrderOfThePlan) {
    auto visits = sample_visits();
    std::swap(visits[0], visits[1]);
    EXPECT_EQ(roster_csv(visits, sample_zones(), london()),
              "date,unit,shift,seq,start,end,zone_id,name,travel_min,reason,why\n"
              "2027-03-27,West foot 1,late,1,2027-03-27T23:07:00+00:00,2027-03-27T23:22:00+00:00,"
              "X05000001-1,\"Mereside, \"\"top\"\" 1\",6,rule,"
              "\"40 incidents in a year, most of them on Friday and Saturday nights.\"\n"
              "2027-03-27,West foot 1,late,2,2027-03-28T02:11:00+01:00,2027-03-28T02:26:00+01:00,"
              "X05000002-1,'-Ribble,41,risk,7 incidents in a year within 200 m of one junction.\n");
}

} // namespace
} // namespace io
