// Easter by the anonymous Gregorian computus (Nature 1876; Meeus, Astronomical Algorithms, 1991);
// the other days by weekday and substitute rules, with the years that a proclamation changed.
#include "schedule/bank_holidays.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace schedule {

namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::Monday;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr geo::Day on(year y, month m, unsigned d) {
    return local_days(y / m / day(d));
}

/// A day that was moved, or one more.
struct Proclaimed {
    year_month_day instead_of; ///< equal to `on` where it is one more
    year_month_day on;
};

constexpr Proclaimed moved(int y, unsigned m, unsigned d, unsigned to_month, unsigned to_day) {
    return {year(y) / month(m) / day(d), year(y) / month(to_month) / day(to_day)};
}

constexpr std::array proclaimed{
    moved(1995, 5, 1, 5, 8),                              // 50 years after the war in Europe
    moved(1999, 12, 31, 12, 31),                          // millennium
    moved(2002, 5, 27, 6, 4),    moved(2002, 6, 3, 6, 3), // golden jubilee
    moved(2011, 4, 29, 4, 29),                            // royal wedding
    moved(2012, 5, 28, 6, 4),    moved(2012, 6, 5, 6, 5), // diamond jubilee
    moved(2020, 5, 4, 5, 8),                              // 75 years after the war in Europe
    moved(2022, 5, 30, 6, 2),    moved(2022, 6, 3, 6, 3), // platinum jubilee
    moved(2022, 9, 19, 9, 19),                            // state funeral
    moved(2023, 5, 8, 5, 8),                              // coronation
};

/// Adds the days in their order, each on the first weekday from it on that is not taken.
void add_with_substitutes(std::vector<geo::Day>& holidays, std::initializer_list<geo::Day> wanted) {
    // Those on weekdays keep their place: a Boxing Day on a Monday is not moved by Christmas.
    std::vector<geo::Day> moved_on;
    for (const geo::Day date : wanted) {
        (geo::iso_weekday(date) <= 5 ? holidays : moved_on).push_back(date);
    }
    for (geo::Day date : moved_on) {
        while (geo::iso_weekday(date) > 5 ||
               std::find(holidays.begin(), holidays.end(), date) != holidays.end()) {
            date += days(1);
        }
        holidays.push_back(date);
    }
}

} // namespace

geo::Day easter(year in) {
    const int y = static_cast<int>(in);
    const int golden = y % 19;
    const int century = y / 100;
    const int rest = y % 100;
    const int moon_shift = (century + 8) / 25;
    const int moon =
        (19 * golden + century - century / 4 - (century - moon_shift + 1) / 3 + 15) % 30;
    const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    const int late = (golden + 11 * moon + 22 * weekday) / 451;
    const int from_march = moon + weekday - 7 * late + 114;
    return on(in, month(static_cast<unsigned>(from_march / 31)),
              static_cast<unsigned>(from_march % 31 + 1));
}

std::vector<geo::Day> bank_holidays_in_england_and_wales(year in) {
    const geo::Day sunday = easter(in);
    std::vector<geo::Day> holidays{
        sunday - days(2), sunday + days(1), local_days(in / std::chrono::May / Monday[1]),
        local_days(in / std::chrono::May / Monday[std::chrono::last]),
        local_days(in / std::chrono::August / Monday[std::chrono::last])};
    add_with_substitutes(holidays, {on(in, std::chrono::January, 1)});
    add_with_substitutes(holidays,
                         {on(in, std::chrono::December, 25), on(in, std::chrono::December, 26)});
    for (const Proclaimed& change : proclaimed) {
        if (change.on.year() == in) {
            std::erase(holidays, local_days(change.instead_of));
            holidays.push_back(local_days(change.on));
        }
    }
    std::sort(holidays.begin(), holidays.end());
    return holidays;
}

} // namespace schedule
