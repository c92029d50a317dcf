#include "io/unit_reader.hpp"

#include "io/file_text.hpp"
#include "io/unit_values.hpp"
#include "io/words.hpp"

#include <filesystem>

namespace io {

std::vector<schedule::Unit> read_units(const std::string& path, const geo::Projection& lonlat) {
    const std::string ending = std::filesystem::path(path).extension().string();
    const bool is_table = same_word(ending, ".csv") || same_word(ending, ".tsv");
    const std::string text = read_text(path);
    return geo::within(path, [&] {
        std::vector<schedule::Unit> units =
            is_table ? units_from_csv(text, lonlat) : units_from_toml(text, lonlat);
        if (units.empty()) {
            throw geo::Error(geo::ErrorKind::usage,
                             is_table
                                 ? "names no unit; add one row for each unit and shift"
                                 : "names no unit; add [[unit]] with a name and [[unit.shift]]");
        }
        return units;
    });
}

} // namespace io
