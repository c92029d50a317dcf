#include "tests/year/exports.hpp"

#include "geo/time_text.hpp"

#include <fstream>
#include <utility>

namespace year {

namespace fs = std::filesystem;

namespace {

/// The fourth field, "Committed From Date"; none before it is quoted.
std::string from_date(const std::string& line) {
    std::size_t begin = 0;
    for (int field = 0; field < 3; ++field) {
        begin = line.find(',', begin) + 1;
    }
    return line.substr(begin, line.find(',', begin) - begin);
}

} // namespace

Exports::File Exports::read(const fs::path& path) {
    File file{.name = path.filename().string()};
    std::ifstream in(path, std::ios::binary);
    std::getline(in, file.header);
    file.header += '\n';
    geo::Day day = std::chrono::local_days(std::chrono::year(2023) / 11 / 1);
    const geo::Day after = std::chrono::local_days(std::chrono::year(2026) / 11 / 1);
    for (std::string line; std::getline(in, line);) {
        const auto read = geo::read_day(from_date(line));
        day = read && *read >= day && *read < after ? *read : day;
        file.rows.push_back({day, line + '\n'});
    }
    return file;
}

Exports::Exports(const fs::path& samples, fs::path folder) : folder_(std::move(folder)) {
    for (const char* const name :
         {"incidents-2023-24.csv", "incidents-2024-25.csv", "incidents-2025-26.csv"}) {
        files_.push_back(read(samples / name));
    }
    fs::create_directories(folder_);
}

void Exports::hand_over(std::chrono::year_month first, std::chrono::year_month after) const {
    const geo::Day from(first / 1);
    const geo::Day to(after / 1);
    for (const File& file : files_) {
        std::string text;
        for (const Row& row : file.rows) {
            if (row.day >= from && row.day < to) {
                text += row.line;
            }
        }
        if (text.empty()) {
            fs::remove(folder_ / file.name);
        } else {
            std::ofstream(folder_ / file.name, std::ios::binary) << file.header << text;
        }
    }
}

} // namespace year
