#include "io/cell_time.hpp"

#include "io/words.hpp"

#include <cmath>

namespace io {

namespace {

using geo::ReadTime;

constexpr geo::Day day_zero{std::chrono::year(1899) / 12 / 30};
constexpr geo::Day first_day{std::chrono::year(2000) / 1 / 1};
constexpr geo::Day last_day{std::chrono::year(2099) / 12 / 31};
/// Days before it are none: spreadsheets keep a time alone as a time on one of them.
constexpr geo::Day first_real_day{std::chrono::year(1901) / 1 / 1};

std::optional<CellTime> serial_time(std::string_view text) {
    const auto days = number_of(text);
    if (!days || *days < 0 || *days > 100'000) {
        return std::nullopt;
    }
    const auto since = std::chrono::seconds(std::llround(*days * 86'400.0));
    const auto whole = std::chrono::floor<std::chrono::days>(since);
    const std::chrono::seconds of_day = since - whole;
    if (*days < 1) {
        return CellTime{.of_day = since, .serial = true};
    }
    const geo::Day day = day_zero + whole;
    if (day < first_day || day > last_day) {
        return std::nullopt;
    }
    const bool day_alone = *days == std::floor(*days);
    return CellTime{
        .day = day, .of_day = day_alone ? std::nullopt : std::optional(of_day), .serial = true};
}

} // namespace

std::optional<CellTime> read_cell_time(std::string_view text, geo::DateOrder order) {
    const auto time = geo::read_time(text, order);
    if (!time) {
        const auto of_day = geo::read_time_of_day(text);
        return of_day ? std::optional(CellTime{.of_day = of_day}) : serial_time(text);
    }
    if (time->precision == ReadTime::Precision::month) {
        return std::nullopt;
    }
    const geo::Day day = std::chrono::floor<std::chrono::days>(time->wall);
    CellTime cell{.day = day, .offset = time->offset};
    if (time->precision == ReadTime::Precision::second) {
        cell.of_day = time->wall - day;
    }
    if (day < first_real_day) {
        cell.day.reset();
    }
    return cell;
}

} // namespace io
