#pragma once

#include "io/connection_text.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace io {

/// One file on disk, or one database, that rows come from.
struct SourceFile {
    std::string path;    ///< as people and the manifest name it
    bool on_disk = true; ///< false for a database or other connection string, which has no checksum
};

/// One table of rows: a file, or one member of an archive.
struct SourcePart {
    std::uint32_t file = 0;           ///< index into Sources::files
    std::string name;                 ///< "street.zip/2021-04/2021-04-lancashire-street.csv"
    std::string dataset;              ///< what GDAL opens
    std::optional<std::string> layer; ///< the layer asked for, if one was
};

struct Sources {
    std::vector<SourceFile> files;
    std::vector<SourcePart> parts; ///< in the order of `files`
};

/// Finds what is to be read for the paths that a person gave.
///
/// A path is a file, a zip archive, a folder, a pattern with `*`, `?` or `[...]`, or anything else
/// GDAL opens
/// (`PG:dbname=...`). `|layername=NAME` behind it picks a layer. Where an archive or a folder holds
/// files of data.police.uk (`*-street.csv`), these are its parts and nothing else in it is read;
/// else every vector file in it is. Files come in the order of the paths, and sorted by name within
/// each; a file that was named twice is read once.
///
/// \throws geo::Error (input) if something is missing, empty, damaged or holds nothing to read.
Sources find_sources(std::span<const std::string> paths);

/// About how many rows there are in CSV parts, by their sizes and the length of the first rows of
/// the first; 0 where nobody can say without reading. For telling how far reading is, no more.
std::uint64_t rows_about(std::span<const SourcePart> parts);

} // namespace io
