#pragma once

#include "io/gdal.hpp"
#include "io/published_layers.hpp"

#include <span>

namespace io {

/// Writes the table `layer_styles` with a default style for each layer, where QGIS looks for it.
///
/// The table's columns are QGIS's. `update_time` is the content's stamp.
/// \returns whether it could be written.
bool write_style_table(const DatasetHandle& dataset, std::span<const PublishedLayer> layers,
                       const LayersContent& content);

} // namespace io
