#pragma once

#include "io/gdal.hpp"
#include "io/published_layers.hpp"

#include <string>
#include <vector>

namespace io {

/// \throws geo::Error (input) with GDAL's reason and the remedy unless it worked and nothing was
/// complained of.
void require(bool worked, const GdalErrors& errors, const std::string& remedy);

/// `crs` as GDAL knows it, x being the easting. Null where PROJ does not know it.
CrsHandle crs_handle(const std::string& crs);

/// The CRS as WKT 2 in one line, "" for none.
std::string wkt_of(const CrsHandle& crs);

/// Makes the layer's table with its fields and no rows.
/// \param options of the driver: "SPATIAL_INDEX=GIST".
/// \returns GDAL's layer, which belongs to the dataset; null where the driver refused.
void* create_layer(const DatasetHandle& dataset, const LayerDefinition& definition,
                   const CrsHandle& crs, const std::vector<std::string>& options);

/// Appends all rows, with feature ids from 1.
/// \param layer GDAL's layer, whose fields are found by name.
/// \returns whether every one could be added.
bool write_rows(void* layer, const PublishedLayer& published);

} // namespace io
