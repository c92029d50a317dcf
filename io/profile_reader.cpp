#include "io/profile_reader.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/table_reader.hpp"
#include "io/words.hpp"

#include <bitset>
#include <fmt/core.h>

namespace io {

namespace {

constexpr std::string_view header = "zone_id,weekday,hour,expected";

/// The columns of the table and what was read of each zone.
class ProfileReader {
  public:
    explicit ProfileReader(const CsvTable& table)
        : zone_(needed_column(table, "zone_id", header)),
          weekday_(needed_column(table, "weekday", header)),
          hour_(needed_column(table, "hour", header)),
          expected_(needed_column(table, "expected", header)) {}

    void add(const CsvRow& row) {
        const std::string zone(without_guard(row.cells[zone_]));
        if (zone.empty()) {
            throw cell_fault("zone_id", zone, "name the zone");
        }
        const cluster::ZoneId id(zone);
        const std::size_t cell = cell_of(row);
        if (seen_[id].test(cell)) {
            throw cell_fault("hour", row.cells[hour_],
                             "the zone has that weekday and hour already");
        }
        seen_[id].set(cell);
        const auto expected = number_of(row.cells[expected_]);
        if (!expected || *expected < 0) {
            throw cell_fault("expected", row.cells[expected_], "write a number, 0 or more");
        }
        profiles[id][cell] = *expected;
    }

    std::map<cluster::ZoneId, schedule::WeekProfile> profiles;

  private:
    std::size_t cell_of(const CsvRow& row) const {
        const auto weekday = whole_number_of(row.cells[weekday_]);
        if (!weekday || *weekday < 1 || *weekday > 7) {
            throw cell_fault("weekday", row.cells[weekday_], "write 1 for Monday to 7 for Sunday");
        }
        const auto hour = whole_number_of(row.cells[hour_]);
        if (!hour || *hour > 23) {
            throw cell_fault("hour", row.cells[hour_], "write 0 to 23");
        }
        return (*weekday - 1) * 24 + *hour;
    }

    std::size_t zone_;
    std::size_t weekday_;
    std::size_t hour_;
    std::size_t expected_;
    std::map<cluster::ZoneId, std::bitset<168>> seen_;
};

} // namespace

std::map<cluster::ZoneId, schedule::WeekProfile> read_profile(const std::string& path) {
    const CsvTable table = read_table(path, "profile");
    return geo::within(without_password(path), [&] {
        ProfileReader reader(table);
        for (const CsvRow& row : table.rows) {
            geo::within(fmt::format("{} {}", table.row_word, row.line), [&] { reader.add(row); });
        }
        return std::move(reader.profiles);
    });
}

} // namespace io
