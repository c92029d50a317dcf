#include "io/table_reader.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/words.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/core.h>
#include <gdal.h>
#include <ogr_api.h>

namespace io {

namespace {

CsvTable layer_table(OGRLayerH layer) {
    CsvTable table;
    table.row_word = "feature";
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    const int columns = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < columns; ++i) {
        table.columns.emplace_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    }
    OGR_L_ResetReading(layer);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        CsvRow row{table.rows.size() + 1, {}};
        for (int i = 0; i < columns; ++i) {
            row.cells.emplace_back(
                OGR_F_GetFieldAsString(static_cast<OGRFeatureH>(feature.get()), i));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace

void* layer_or_first(const DatasetHandle& dataset, std::string_view name) {
    const std::vector<std::string> names = layer_names(dataset);
    if (names.empty()) {
        throw geo::Error(geo::ErrorKind::input, "holds no layer; check that it is the right file");
    }
    const auto found =
        std::ranges::find_if(names, [&](const std::string& n) { return same_word(n, name); });
    const auto index = found == names.end() ? 0 : found - names.begin();
    return GDALDatasetGetLayer(dataset.get(), static_cast<int>(index));
}

CsvTable read_table(const std::string& path, std::string_view layer) {
    const std::string ending = std::filesystem::path(path).extension().string();
    constexpr std::array<std::string_view, 3> text_endings{".csv", ".tsv", ".txt"};
    if (std::ranges::any_of(text_endings, [&](auto text) { return same_word(ending, text); })) {
        return read_csv(path);
    }
    return geo::within(without_password(path), [&] {
        const DatasetHandle dataset = open_vector(path);
        const GdalErrors errors;
        CsvTable table = layer_table(static_cast<OGRLayerH>(layer_or_first(dataset, layer)));
        if (!errors.failure().empty()) {
            throw geo::Error(geo::ErrorKind::input, without_password_of(path, errors.failure()) +
                                                        "; check that the file is complete");
        }
        return table;
    });
}

std::size_t needed_column(const CsvTable& table, std::string_view column, std::string_view header) {
    const auto found = table.column(column);
    if (!found) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("there is no column '{}'; the header is {}", column, header));
    }
    return *found;
}

geo::Error cell_fault(std::string_view column, std::string_view value, std::string_view remedy) {
    return {geo::ErrorKind::input, fmt::format("{}: '{}' cannot be; {}", column, value, remedy)};
}

} // namespace io
