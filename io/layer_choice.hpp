#pragma once

#include "io/gdal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace io {

/// The layer to read: the one asked for, else the only one that has rows.
///
/// \param holds what it is to hold, for messages: "the incidents".
/// \throws geo::Error (input) if it is not there, none has rows, or several have.
void* choose_layer(const DatasetHandle& dataset, const std::optional<std::string>& wanted,
                   std::string_view holds);

/// The layer's CRS as text that PROJ reads, if it has one.
std::optional<std::string> layer_crs(void* layer);

} // namespace io
