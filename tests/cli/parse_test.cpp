#include "cli/option_table.hpp"
#include "cli/parse.hpp"
#include "geo/error.hpp"
#include "geo/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

namespace cli {
namespace {

using testing::HasSubstr;
using Texts = std::vector<std::string>;

Call call(const Texts& words) {
    return std::get<Call>(parse(words));
}

std::string complaint(const Texts& words) {
    try {
        parse(words);
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::usage);
        return error.what();
    }
    return "accepted";
}

/// A configuration file that lives as long as the test.
class Configuration {
  public:
    explicit Configuration(const std::string& text)
        : folder_(std::filesystem::temp_directory_path() /
                  ("patrolzones_" +
                   std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
        std::filesystem::create_directories(folder_);
        std::ofstream(file()) << text;
    }
    ~Configuration() { std::filesystem::remove_all(folder_); }
    Configuration(const Configuration&) = delete;
    Configuration& operator=(const Configuration&) = delete;

    std::string file() const { return (folder_ / "vrn.toml").string(); }
    const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
};

TEST(Parse, DefaultsSuitTheProgramme) {
    const Settings s = call({"run"}).settings;
    EXPECT_EQ(std::get<unsigned>(s.hotspots.top_wards), 20U);
    EXPECT_EQ(s.hotspots.selection.radius_min.value(), 150);
    EXPECT_EQ(s.hotspots.selection.radius_max.value(), 200);
    EXPECT_EQ(s.rule.visit.count(), 15);
    EXPECT_EQ(s.rule.max_gap.count(), 96);
    EXPECT_EQ(s.rule.plan_gap.count(), 72);
    EXPECT_EQ(s.days, 28U);
}

TEST(Parse, TakesSeveralIncidentFiles) {
    EXPECT_EQ(
        call({"run", "--incidents", "a.csv", "b.zip", "--wards", "w.gpkg"}).settings.incidents,
        (Texts{"a.csv", "b.zip"}));
}

TEST(Parse, WeightTransformIsAWordOrACap) {
    using Kind = cluster::WeightTransform::Kind;
    const auto transform = [](const char* word) {
        return call({"zones", "--weight-transform", word}).settings.weight_transform;
    };
    EXPECT_EQ(transform("sqrt").kind, Kind::square_root);
    EXPECT_EQ(transform("log").kind, Kind::logarithm);
    EXPECT_EQ(transform("cap:12.5").kind, Kind::cap);
    EXPECT_EQ(transform("cap:12.5").most, 12.5);
    EXPECT_EQ(complaint({"zones", "--weight-transform", "square"}),
              "--weight-transform: 'square' is not one of raw, sqrt, log, cap:N such as cap:10");
    EXPECT_THAT(complaint({"zones", "--weight-transform", "cap:0"}), HasSubstr("'0' is not"));
    EXPECT_THAT(complaint({"zones", "--weight-transform", "cap:"}), HasSubstr("'' is not"));
}

TEST(Parse, HalfLifeIsInMonthsAndMayBeNone) {
    const auto half_life = [](const char* word) {
        return call({"run", "--half-life", word}).settings.half_life;
    };
    EXPECT_EQ(half_life("12")->count(), 365.25);
    EXPECT_FALSE(half_life("none"));
    EXPECT_THAT(complaint({"run", "--half-life", "soon"}), HasSubstr("'soon' is not"));
    EXPECT_THAT(complaint({"run", "--half-life", "0"}), HasSubstr("'0' is not"));
}

TEST(Parse, HalfLifeIsToldInMonths) {
    const Settings settings = call({"run", "--half-life", "7.3"}).settings;
    EXPECT_EQ(std::get<std::string>(option_by_key("half_life")->get(settings)), "7.3");
}

TEST(Parse, FiltersAndExclusionsAreSetFromEitherSide) {
    const Configuration file("leave_out_domestic = true\nleave_out_location_types = \"dwelling*\"\n"
                             "exclude = [\"custody.csv\"]\nexclude_radius = 75\nstack_cap = 9\n");
    const Settings s = call({"run", "--config", file.file()}).settings;
    EXPECT_EQ(s.filters.domestic, io::usual_domestic_markers());
    EXPECT_EQ(s.filters.location_types, Texts{"dwelling*"});
    EXPECT_EQ(s.exclusions.paths, Texts{(file.folder() / "custody.csv").string()});
    EXPECT_EQ(s.exclusions.radius, geo::Metres(75));
    EXPECT_EQ(s.stack_cap, 9U);
    EXPECT_EQ(call({"run", "--exclude", "a.gpkg", "b.csv"}).settings.exclusions.paths,
              (Texts{"a.gpkg", "b.csv"}));
}

TEST(Parse, VerifyTakesZonesAndVisitsAsBareWords) {
    const Settings s = call({"verify", "z.geojson", "v.geojson", "--units", "u.toml"}).settings;
    EXPECT_EQ(s.zones, "z.geojson");
    EXPECT_EQ(s.visits, "v.geojson");
    EXPECT_EQ(s.units, "u.toml");
}

TEST(Parse, MistypedCommandsAndOptionsAreAnsweredWithTheNearest) {
    EXPECT_EQ(complaint({"rum"}), "unknown command 'rum'; did you mean 'run'?");
    EXPECT_EQ(complaint({"run", "--top-ward", "3"}),
              "unknown option '--top-ward'; did you mean '--top-wards'?");
    EXPECT_THAT(complaint({"run", "--colour"}), HasSubstr("unknown option '--colour'"));
}

TEST(Parse, NegativeAndFractionalCountsAreRefused) {
    EXPECT_THAT(complaint({"run", "--top-wards", "-3"}),
                HasSubstr("--top-wards: '-3' is not a whole number from 1"));
    EXPECT_THAT(complaint({"run", "--zones-per-ward", "2.5"}),
                HasSubstr("'2.5' is not a whole number"));
    EXPECT_THAT(complaint({"run", "--min-incidents", "0"}), HasSubstr("from 1"));
    EXPECT_THAT(complaint({"run", "--days", "many"}), HasSubstr("--days: 'many'"));
}

TEST(Parse, RadiusMinAboveRadiusMaxIsRefused) {
    EXPECT_EQ(complaint({"run", "--radius-min", "210"}),
              "--radius-min 210 is above --radius-max 200; change one of them");
}

TEST(Parse, DatesMayBeIsoOrDayFirst) {
    const Settings s = call({"run", "--from", "2021-04-01", "--to", "31/03/2022"}).settings;
    EXPECT_EQ(geo::iso_text(*s.from), "2021-04-01");
    EXPECT_EQ(geo::iso_text(*s.to), "2022-03-31");
    EXPECT_THAT(complaint({"run", "--from", "2021-02-30"}),
                HasSubstr("--from: '2021-02-30' is not a date"));
}

TEST(Configuration, EveryOptionHasAKeyOfItsOwn) {
    std::set<std::string_view> keys;
    for (const Option& option : option_table()) {
        if (option.name != "config") {
            EXPECT_FALSE(option.key.empty()) << option.name;
            EXPECT_TRUE(keys.insert(option.key).second) << option.key;
        }
    }
}

TEST(Configuration, TheCommandLineWins) {
    const Configuration file("top_wards = 7\nzones_per_ward = 2\n");
    const Settings s = call({"run", "--zones-per-ward", "4", "--config", file.file()}).settings;
    EXPECT_EQ(std::get<unsigned>(s.hotspots.top_wards), 7U);
    EXPECT_EQ(s.hotspots.selection.zones_per_ward, 4U);
}

TEST(Configuration, RelativePathsStartAtItsFolderAndConnectionStringsStay) {
    const Configuration file(
        "[incidents]\npaths = [\"exports/*.csv\", \"PG:dbname=vrn\", \"/data/a.csv\"]\n"
        "[wards]\npath = \"wards.gpkg\"\n");
    const Settings s = call({"run", "--config", file.file()}).settings;
    EXPECT_EQ(s.incidents,
              (Texts{(file.folder() / "exports/*.csv").string(), "PG:dbname=vrn", "/data/a.csv"}));
    EXPECT_EQ(s.wards.path, (file.folder() / "wards.gpkg").string());
}

TEST(Configuration, ReadsColumnsDatesAndFlags) {
    const Configuration file(
        "from = 2025-01-01\noverwrite = true\nmin_separation = 0.85\n"
        "[incidents]\nx = \"Easting\"\ny = \"Northing\"\ncrs = \"EPSG:27700\"\n");
    const Settings s = call({"check", "--config", file.file()}).settings;
    EXPECT_EQ(geo::iso_text(*s.from), "2025-01-01");
    EXPECT_TRUE(s.overwrite);
    EXPECT_EQ(s.hotspots.selection.separation.factor, 0.85);
    EXPECT_EQ(s.columns.x, "Easting");
    EXPECT_EQ(s.columns.crs, "EPSG:27700");
}

TEST(Configuration, AnUnknownKeyIsAnsweredWithLineAndTheNearest) {
    const Configuration file("days = 14\ntop_ward = 7\n");
    EXPECT_EQ(complaint({"run", "--config", file.file()}),
              file.file() + ": line 2: unknown key 'top_ward'; did you mean 'top_wards'?");
    const Configuration other("[incidents]\nnorting = \"N\"\n");
    EXPECT_THAT(complaint({"run", "--config", other.file()}),
                HasSubstr("line 2: unknown key 'incidents.norting'"));
}

TEST(Configuration, ABadValueIsAnsweredWithLineKeyAndValue) {
    const Configuration file("days = 14\nradius_min = \"wide\"\n");
    EXPECT_THAT(complaint({"run", "--config", file.file()}),
                HasSubstr("line 2: radius_min: 'wide' is not a number from 1 to 5000"));
    const Configuration broken("days = \n");
    EXPECT_THAT(complaint({"run", "--config", broken.file()}),
                HasSubstr(broken.file() + ": line 1: "));
}

TEST(Configuration, AMissingFileIsAFaultOfTheCommand) {
    EXPECT_THAT(complaint({"run", "--config", "/nowhere/vrn.toml"}),
                HasSubstr("/nowhere/vrn.toml"));
}

TEST(Options, WhatIsInForceIsListedForTheManifest) {
    const auto options = effective_options(call({"run", "--top-wards", "5"}).settings, for_run);
    const auto top = std::find_if(options.begin(), options.end(),
                                  [](const auto& o) { return o.first == "top_wards"; });
    ASSERT_NE(top, options.end());
    EXPECT_EQ(std::get<std::int64_t>(top->second), 5);
}

} // namespace
} // namespace cli
