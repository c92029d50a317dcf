#pragma once

#include "geo/error.hpp"
#include "geo/time_text.hpp"
#include "io/incident_reader.hpp"
#include "io/ward_reader.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace reading {

/// A folder of its own for one test, gone with it.
class Folder {
  public:
    Folder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "patrolzones_XXXXXX").string();
        path_ = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string path(const std::string& name) const { return (path_ / name).string(); }

    /// Writes a file, and the folders on the way to it; returns its path.
    std::string write(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path(name);
    }

  private:
    std::filesystem::path path_;
};

/// Two square wards of 1 km beside each other, `E1` Claremont in the west and `E2` Talbot in the
/// east, in EPSG:27700:
///
///     437000  +----+----+
///             | E1 | E2 |
///     436000  +----+----+
///           330000    332000
inline io::ReadWards two_wards(const Folder& folder) {
    const std::string path =
        folder.write("wards.csv", "WKT,WD23CD,WD23NM\n"
                                  "\"POLYGON((331000 436000,332000 436000,332000 437000,331000 "
                                  "437000,331000 436000))\",E2,Talbot\n"
                                  "\"POLYGON((330000 436000,331000 436000,331000 437000,330000 "
                                  "437000,330000 436000))\",E1,Claremont\n");
    return io::read_wards({path, {}, {}, {}, "EPSG:27700"}, {});
}

inline geo::Day day(std::string_view text) {
    return geo::read_day(text).value();
}

/// The options most tests start from: codes 1 (gravest) and 8N count, the year 2024.
inline io::IncidentOptions options_for(std::vector<std::string> paths) {
    io::IncidentOptions options;
    options.paths = std::move(paths);
    options.definition =
        io::parse_definition("codes = [\"1\", \"8N\"]\nstatus_left_out = [\"cancel*\"]", "test");
    options.future_after = day("2024-12-31");
    return options;
}

inline io::ReadIncidents read(const Folder& folder, const io::IncidentOptions& options) {
    const io::ReadWards wards = two_wards(folder);
    return io::read_incidents(options, wards, io::index_wards(wards),
                              geo::TimeZone("Europe/London"));
}

/// The error that `work` must end with.
template <typename Work>
geo::Error error_of(const Work& work) {
    try {
        work();
    } catch (const geo::Error& error) {
        return error;
    }
    ADD_FAILURE() << "no error was thrown";
    return {geo::ErrorKind::usage, ""};
}

} // namespace reading
