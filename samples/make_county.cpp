// make_county DIR: writes the generated files of the sample county into DIR (samples/ambershire
// holds them as committed).

#include "geo/error.hpp"
#include "samples/county/files.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

namespace {

constexpr std::uint64_t seed = 20231101;

void write(const std::filesystem::path& folder, const county::File& file) {
    const std::filesystem::path path = folder / file.path;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << file.bytes;
    if (!out.flush()) {
        throw geo::Error(geo::ErrorKind::input,
                         path.string() +
                             ": cannot be written; name a folder with room that may be written to");
    }
}

void write_county(const std::filesystem::path& folder) {
    const county::County county = county::make_map(seed);
    const std::vector<county::Row> rows = county::make_rows(county, seed);
    std::vector<county::File> files = county::export_files(rows);
    for (county::File& file : county::street_files(county, rows)) {
        files.push_back(std::move(file));
    }
    files.push_back(county::wards_file(county));
    files.push_back(county::rows_file(rows));
    for (const county::File& file : files) {
        write(folder, file);
        fmt::print("{}: {} bytes\n", file.path, file.bytes.size());
    }
}

} // namespace

int main(int count, char** words) {
    if (count != 2) {
        fmt::print(stderr, "make_county: name the folder to write to: make_county DIR\n");
        return 2;
    }
    try {
        write_county(words[1]);
    } catch (const std::exception& error) {
        fmt::print(stderr, "make_county: {}\n", error.what());
        return 3;
    }
    return 0;
}
