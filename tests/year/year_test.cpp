// A year of nights in minutes. docs/operations.md, "A year of nights", says what is claimed.

#include "tests/year/force.hpp"

#include "cli/command_compliance.hpp"
#include "geo/time_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace year {
namespace {

std::uint64_t seed() {
    const char* const given = std::getenv("PATROLZONES_YEAR_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : 20251103;
}

/// The year is lived through once, by the first test that asks for it.
class Year : public testing::Test {
  public:
    static const Force& force() {
        static const Force& lived = [&]() -> const Force& {
            static Force force(seed());
            force.live();
            return force;
        }();
        return lived;
    }

    void SetUp() override {
        RecordProperty("seed", std::to_string(seed()));
        fmt::print("seed {}\n", seed());
        ASSERT_FALSE(force().nights().empty());
    }

    static std::vector<Absence> recounted() { return recount(force().zones(), force().outcomes()); }
};

std::string text(const Absence& absence) {
    return fmt::format("{} from {} to {}", absence.zone, geo::iso_text(absence.when.from, london()),
                       geo::iso_text(absence.when.to, london()));
}

geo::Instant time_in(const nlohmann::json& value) {
    return geo::first_instant(*geo::read_time(value.get<std::string>()), london());
}

/// Breaches as `patrolzones compliance` reports them for the days of one chapter.
void add_reported(const Force& force, std::size_t number,
                  std::map<std::pair<std::string, geo::Instant>, geo::Instant>& reported) {
    const Chapter& chapter = force.chapters()[number];
    const geo::Instant end = number + 1 < force.chapters().size()
                                 ? london().midnight(force.chapters()[number + 1].first)
                                 : force.end();
    cli::Settings settings;
    settings.zones = chapter.zones;
    settings.analysis_crs = "EPSG:27700";
    settings.attendance = {force.folder().file("whole-log.csv", force.whole_log())};
    settings.compliance_from = chapter.first;
    settings.as_of = geo::iso_text(end, london());
    settings.out = (force.folder() / fmt::format("compliance-{}", number)).string();
    settings.overwrite = true;
    settings.quiet = true;
    cli::run_compliance(settings);
    const auto report = nlohmann::json::parse(
        io::content(force.folder() / fmt::format("compliance-{}", number) / "compliance.json"));
    for (const auto& zone : report["zones"]) {
        for (const auto& breach : zone["breaches"]) {
            geo::Instant& to =
                reported[{zone["zone_id"].get<std::string>(), time_in(breach["absent_from"])}];
            to = std::max(to, time_in(breach["absent_to"]));
        }
    }
}

TEST_F(Year, ComplianceReportsTheBreachesThatAnIndependentRecountFinds) {
    std::map<std::pair<std::string, geo::Instant>, geo::Instant> reported;
    for (std::size_t i = 0; i < force().chapters().size(); ++i) {
        add_reported(force(), i, reported);
    }
    std::vector<std::string> by_compliance;
    for (const auto& [key, to] : reported) {
        by_compliance.push_back(text({key.first, {key.second, to}}));
    }
    std::vector<std::string> by_recount;
    for (const Absence& absence : recounted()) {
        by_recount.push_back(text(absence));
    }
    EXPECT_EQ(by_compliance, by_recount);
    EXPECT_FALSE(by_recount.empty()) << "a year of which nothing can be learnt";
}

TEST_F(Year, EveryBreachIsExplainedByMissedVisits) {
    std::size_t breaches = 0;
    for (const Absence& absence : recounted()) {
        ++breaches;
        EXPECT_TRUE(explained(absence, force().outcomes())) << text(absence);
    }
    fmt::print("{} breaches in {} visits\n", breaches, force().outcomes().size());
}

TEST_F(Year, NoNightPlansABreachThatOpenShiftsCouldHavePrevented) {
    for (const NightRecord& night : force().nights()) {
        EXPECT_EQ(night.breaches_planned, 0U) << geo::iso_text(night.at, london());
    }
}

TEST_F(Year, EveryNightOfABreachSaysSo) {
    for (const Absence& absence : recounted()) {
        const geo::TimeSpan breach{
            absence.when.from + std::chrono::hours(96) + std::chrono::seconds(1), absence.when.to};
        for (const NightRecord& night : force().nights()) {
            if (breach.contains(night.at)) {
                EXPECT_TRUE(night.overdue.contains(absence.zone))
                    << text(absence) << ", " << geo::iso_text(night.at, london());
                EXPECT_EQ(night.exit_code, 4) << text(absence);
            }
        }
    }
}

TEST_F(Year, IdsAndPlacesStandUntilSomebodyDecidesAndNoIdIsGivenTwice) {
    EXPECT_EQ(force().faults(), std::vector<std::string>());
}

/// What a night of a quarter takes, as medians; sizes in bytes.
struct Work {
    double seconds = 0;
    double visits = 0;
    double rows = 0; ///< of the store, that a night looks at
    double read = 0;
    double written = 0; ///< but for the copy of the store
    double store = 0;
};

template <typename Figure>
double median(std::span<const NightRecord> nights, Figure figure) {
    std::vector<double> values(nights.size());
    std::transform(nights.begin(), nights.end(), values.begin(),
                   [&](const NightRecord& night) { return static_cast<double>(figure(night)); });
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Work work_of(std::span<const NightRecord> nights) {
    return {median(nights, [](const NightRecord& n) { return n.seconds; }),
            median(nights, [](const NightRecord& n) { return n.visits; }),
            median(nights, [](const NightRecord& n) { return n.stands; }),
            median(nights, [](const NightRecord& n) { return n.bytes_read; }),
            median(nights, [](const NightRecord& n) { return n.bytes_written - n.store_bytes; }),
            median(nights, [](const NightRecord& n) { return n.store_bytes; })};
}

std::span<const NightRecord> quarter(unsigned number) {
    const std::vector<NightRecord>& nights = Year::force().nights();
    const std::size_t from = number * nights.size() / 4;
    return {nights.data() + from, (number + 1) * nights.size() / 4 - from};
}

TEST_F(Year, TheWorkOfANightDoesNotGrow) {
    std::vector<Work> works;
    for (unsigned q = 0; q < 4; ++q) {
        const Work& work = works.emplace_back(work_of(quarter(q)));
        fmt::print("quarter {}: {:.2f} s a night, {} visits planned, {} rows in sight, {:.0f} KB "
                   "read, {:.0f} KB written beside the copy of the store of {:.0f} KB\n",
                   q + 1, work.seconds, work.visits, work.rows, work.read / 1024,
                   work.written / 1024, work.store / 1024);
    }
    ASSERT_GT(works[0].written, 0) << "/proc/self/io says nothing";
    // The first quarter has fewer rows behind it, and in the second the last unit comes or goes.
    constexpr double bound = 1.1;
    EXPECT_LE(works[3].rows, bound * works[2].rows);
    EXPECT_LE(works[3].rows, bound * works[1].rows);
    // The store's file is checked and copied whole, and looked into where it fits no cache.
    constexpr double passes = 4;
    EXPECT_LE(works[3].read, bound * works[1].read + passes * (works[3].store - works[1].store));
    EXPECT_LE(works[3].written, bound * works[1].written);
}

TEST_F(Year, TheStoreGrowsInAStraightLine) {
    const std::vector<NightRecord>& nights = force().nights();
    const std::size_t settled = nights.size() / 6; // the first pages hold what does not grow
    const std::size_t middle = settled + (nights.size() - settled) / 2;
    const auto size = [&](std::size_t night) {
        return static_cast<double>(nights[night].store_bytes);
    };
    const double before = size(middle) - size(settled);
    const double after = size(nights.size() - 1) - size(middle);
    fmt::print("the store grows by {:.0f} KB, then by {:.0f} KB\n", before / 1024, after / 1024);
    EXPECT_GT(before, 0);
    EXPECT_LE(after, 1.15 * before);
}

TEST_F(Year, NoMoreNightsStayPublishedThanAskedFor) {
    const std::size_t beside = 3; // current, status.json, the lock
    for (const NightRecord& night : force().nights()) {
        EXPECT_LE(night.folders, force().settings().keep + beside);
    }
}

} // namespace
} // namespace year
