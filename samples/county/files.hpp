#pragma once

#include "samples/county/incidents.hpp"
#include "samples/county/map.hpp"

#include <span>
#include <string>
#include <vector>

namespace county {

struct File {
    std::string path; ///< below the sample's folder
    std::string bytes;
};

/// The wards as GeoJSON in EPSG:27700, whole metres, one feature a line.
File wards_file(const County& county);

/// The export, one file a year from November: the first UTF-8 with a byte order mark, the second
/// Windows-1252, the third plain UTF-8.
std::vector<File> export_files(std::span<const Row> rows);

/// How many rows of each kind each export file holds: what a reader of them has to find.
File rows_file(std::span<const Row> rows);

/// The last three months as data.police.uk would publish them.
std::vector<File> street_files(const County& county, std::span<const Row> rows);

} // namespace county
