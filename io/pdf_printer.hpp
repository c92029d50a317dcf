#pragma once

#include <filesystem>

namespace io {

/// Prints a page of ours to a PDF with the Chromium (or Chrome) that the PATH names first.
///
/// It runs headless, with a profile of its own that is removed again, and without the network. An
/// old file at `pdf` stays whole until the new one is there.
/// \throws geo::Error (usage) where there is no such browser; (input) where it makes no PDF.
void print_pdf(const std::filesystem::path& html, const std::filesystem::path& pdf);

} // namespace io
