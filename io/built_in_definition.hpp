#pragma once

#include <string_view>

namespace io {

/// The text of samples/definitions/data-police-uk.toml, built in.
extern const std::string_view data_police_uk_toml;

} // namespace io
