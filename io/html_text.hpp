#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

// What pages are put together with.

namespace io {

/// The text as it may stand in an element or a quoted attribute.
std::string html_escaped(std::string_view text);

/// The JSON text as it may stand in a script element: with `<`, `>`, `&`, U+2028 and U+2029 written
/// as escapes of the JSON strings that alone can hold them, so that no name in it can end the
/// element.
std::string script_safe_json(std::string_view json);

/// A name and the text that its place `{{name}}` is filled with.
using Filling = std::pair<std::string_view, std::string_view>;

/// The page with its places filled, in one pass: what is filled in is not searched again.
/// \throws std::logic_error if a place has no filling.
std::string filled(std::string_view page, std::span<const Filling> fillings);

/// "'sha256-...'": allows an inline script or style with exactly this text in a
/// Content-Security-Policy.
std::string policy_hash(std::string_view text);

} // namespace io
