#include "io/source.hpp"

#include "geo/error.hpp"
#include "io/gdal.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>

namespace io {

namespace {

namespace fs = std::filesystem;

geo::Error unusable(const std::string& path, std::string_view what) {
    return geo::Error(geo::ErrorKind::input, std::string(what)).within(without_password(path));
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

/// What a folder or an archive is searched for. `.json` is not among them: most of it is no map
/// data.
bool has_vector_extension(std::string_view path) {
    constexpr std::array<std::string_view, 13> known{".csv", ".tsv", ".gpkg",    ".geojson", ".shp",
                                                     ".fgb", ".kml", ".kmz",     ".xlsx",    ".ods",
                                                     ".gml", ".tab", ".geojsonl"};
    const std::string name = lower(path);
    return std::any_of(known.begin(), known.end(), [&](auto end) { return name.ends_with(end); });
}

bool is_street_file(std::string_view path) {
    return lower(path).ends_with("-street.csv");
}

/// Street files of data.police.uk where there are any; else everything that looks like vector data.
/// Sorted.
std::vector<std::string> worth_reading(std::vector<std::string> names) {
    const bool street = std::any_of(names.begin(), names.end(), is_street_file);
    std::erase_if(names, [&](const std::string& name) {
        return street ? !is_street_file(name) : !has_vector_extension(name);
    });
    std::sort(names.begin(), names.end());
    return names;
}

/// `PG:...`, `postgresql://...`, `/vsicurl/...`: what only GDAL can make sense of.
bool is_connection(std::string_view path) {
    const std::size_t colon = path.find(':');
    return path.starts_with("/vsi") ||
           (colon != std::string_view::npos && colon >= 2 && path.find('/') > colon);
}

std::vector<std::string> files_below(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code fault;
    fs::recursive_directory_iterator entry(folder, fault);
    for (const fs::recursive_directory_iterator end; !fault && entry != end;
         entry.increment(fault)) {
        const bool hidden = entry->path().filename().string().starts_with(".");
        if (hidden && entry->is_directory(fault)) {
            entry.disable_recursion_pending();
        } else if (!hidden && entry->is_regular_file(fault)) {
            names.push_back(entry->path().string());
        }
    }
    if (fault) {
        throw unusable(folder.string(), "the folder cannot be read; check its permissions");
    }
    return names;
}

std::vector<std::string> members_of(const std::string& archive) {
    register_gdal();
    const GdalErrors errors;
    char** list = VSIReadDirRecursive(("/vsizip/" + archive).c_str());
    std::vector<std::string> names;
    for (int i = 0; i < CSLCount(list); ++i) {
        const std::string_view name = list[i];
        if (!name.ends_with('/') && !name.starts_with("__MACOSX")) {
            names.emplace_back(name);
        }
    }
    CSLDestroy(list);
    return names;
}

bool has_wildcard(std::string_view path) {
    return path.find_first_of("*?[") != std::string_view::npos;
}

/// The entries of `folder` whose names match `pattern`, hidden ones only if the pattern starts with
/// a dot.
std::vector<fs::path> matching_entries(const fs::path& folder, const std::string& pattern) {
    std::vector<fs::path> matches;
    std::error_code fault;
    const fs::path listed = folder.empty() ? fs::path(".") : folder;
    fs::directory_iterator entry(listed, fault);
    for (const fs::directory_iterator end; !fault && entry != end; entry.increment(fault)) {
        const std::string name = entry->path().filename().string();
        if (fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD) == 0) {
            matches.push_back(folder / name);
        }
    }
    return matches;
}

/// All that a pattern names; a wildcard may stand in any part of the path.
std::vector<std::string> expand(const std::string& pattern) {
    std::vector<fs::path> found{fs::path()};
    for (const fs::path& part : fs::path(pattern)) {
        std::vector<fs::path> next;
        for (const fs::path& folder : found) {
            if (has_wildcard(part.string())) {
                const auto matches = matching_entries(folder, part.string());
                next.insert(next.end(), matches.begin(), matches.end());
            } else {
                next.push_back(folder / part);
            }
        }
        found = std::move(next);
    }
    std::vector<std::string> names;
    for (const fs::path& path : found) {
        if (fs::exists(path)) {
            names.push_back(path.string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Gathers files and their parts, each only once.
class Gatherer {
  public:
    void add(const std::string& given) {
        constexpr std::string_view marker = "|layername=";
        const std::size_t bar = given.find(marker);
        const std::string path = given.substr(0, bar);
        if (bar != std::string::npos) {
            layer_ = given.substr(bar + marker.size());
        }
        add_any(path);
        layer_.reset();
    }

    Sources take() { return std::move(sources_); }

  private:
    void add_any(const std::string& path) {
        std::error_code fault;
        if (fs::is_directory(path, fault) && !lower(path).ends_with(".gdb")) {
            add_folder(path);
        } else if (fs::exists(path, fault)) {
            add_file(path);
        } else if (is_connection(path)) {
            add_part(add_source({without_password(path), false}), without_password(path), path);
        } else if (has_wildcard(path)) {
            add_pattern(path);
        } else {
            throw unusable(path, "no such file or folder; check the path");
        }
    }

    void add_folder(const std::string& path) {
        const std::vector<std::string> names = worth_reading(files_below(path));
        if (names.empty()) {
            throw unusable(
                path, "the folder holds no incident data; give the folder with the CSV files, or "
                      "name the files themselves");
        }
        for (const std::string& name : names) {
            add_file(name);
        }
    }

    void add_pattern(const std::string& pattern) {
        const std::vector<std::string> names = expand(pattern);
        if (names.empty()) {
            throw unusable(pattern, "no file matches; check the pattern");
        }
        for (const std::string& name : names) {
            add_any(name);
        }
    }

    void add_file(const std::string& path) {
        std::error_code fault;
        const bool folder = fs::is_directory(path, fault);
        if (!folder && fs::file_size(path, fault) == 0 && !fault) {
            throw unusable(path, "the file is empty; export or download it again");
        }
        if (!seen_.insert(fs::weakly_canonical(path, fault).string() + "|" + layer_.value_or(""))
                 .second) {
            return;
        }
        const std::uint32_t file = add_source({path, true});
        if (lower(path).ends_with(".zip")) {
            add_members(file, path);
        } else {
            add_part(file, path, lower(path).ends_with(".txt") ? "CSV:" + path : path);
        }
    }

    void add_members(std::uint32_t file, const std::string& archive) {
        const std::vector<std::string> all = members_of(archive);
        if (all.empty()) {
            throw unusable(archive, "not a readable zip archive, or cut short; download it again");
        }
        const std::vector<std::string> names = worth_reading(all);
        if (names.empty()) {
            throw unusable(archive,
                           "the archive holds no incident data; it should hold CSV or other "
                           "vector files");
        }
        for (const std::string& name : names) {
            add_part(file, fmt::format("{}/{}", archive, name),
                     fmt::format("/vsizip/{}/{}", archive, name));
        }
    }

    std::uint32_t add_source(SourceFile file) {
        sources_.files.push_back(std::move(file));
        return static_cast<std::uint32_t>(sources_.files.size() - 1);
    }

    void add_part(std::uint32_t file, std::string name, std::string dataset) {
        sources_.parts.push_back({file, std::move(name), std::move(dataset), layer_});
    }

    Sources sources_;
    std::set<std::string> seen_;
    std::optional<std::string> layer_;
};

} // namespace

Sources find_sources(std::span<const std::string> paths) {
    Gatherer gatherer;
    for (const std::string& path : paths) {
        gatherer.add(path);
    }
    return gatherer.take();
}

std::uint64_t rows_about(std::span<const SourcePart> parts) {
    constexpr std::size_t looked_at = 65'536;
    std::uint64_t bytes = 0;
    for (const SourcePart& part : parts) {
        VSIStatBufL facts{};
        if (!lower(part.dataset).ends_with(".csv") ||
            VSIStatExL(part.dataset.c_str(), &facts, VSI_STAT_SIZE_FLAG) != 0) {
            return 0;
        }
        bytes += static_cast<std::uint64_t>(facts.st_size);
    }
    if (parts.empty()) {
        return 0;
    }
    VSILFILE* const file = VSIFOpenL(parts.front().dataset.c_str(), "rb");
    if (file == nullptr) {
        return 0;
    }
    std::string first(looked_at, '\0');
    first.resize(VSIFReadL(first.data(), 1, first.size(), file));
    VSIFCloseL(file);
    const auto rows = static_cast<std::uint64_t>(std::ranges::count(first, '\n'));
    return rows == 0 ? 0 : bytes / (first.size() / rows);
}

} // namespace io
