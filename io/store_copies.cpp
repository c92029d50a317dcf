#include "io/store_copies.hpp"

#include "io/file_text.hpp"
#include "io/store.hpp"
#include "io/words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace io {

namespace fs = std::filesystem;

namespace {

using Copy = std::pair<std::uint64_t, fs::path>; // the run and the file

/// The newest first.
std::vector<Copy> copies_in(const fs::path& folder, const std::string& stem) {
    const std::string start = stem + "-run";
    std::vector<Copy> copies;
    std::error_code fault;
    for (fs::directory_iterator i(folder, fault); !fault && i != fs::directory_iterator();
         i.increment(fault)) {
        const fs::path& path = i->path();
        const std::string name = path.stem().string();
        const auto run = name.starts_with(start) && path.extension() == ".gpkg"
                             ? whole_number_of(name.substr(start.size()))
                             : std::nullopt;
        if (run) {
            copies.emplace_back(*run, path);
        }
    }
    std::ranges::sort(copies, std::greater<>());
    return copies;
}

} // namespace

StoreCopies::StoreCopies(const fs::path& store)
    : folder_(store.parent_path() / (store.stem().string() + "-copies")),
      stem_(store.stem().string()) {}

void StoreCopies::add(const Store& store, std::uint64_t run, unsigned keep) const {
    if (!store.is_file()) {
        return;
    }
    std::error_code fault;
    fs::create_directories(folder_, fault);
    const fs::path copy = folder_ / fmt::format("{}-run{}.gpkg", stem_, run);
    const fs::path beside = folder_ / fmt::format(".{}.new", stem_); // whole before it has its name
    try {
        store.back_up(beside.string());
    } catch (...) {
        fs::remove(beside, fault);
        throw;
    }
    fs::rename(beside, copy, fault);
    if (fault) {
        throw write_error(copy, fault);
    }
    const std::vector<Copy> copies = copies_in(folder_, stem_);
    for (std::size_t i = keep; i < copies.size(); ++i) {
        fs::remove(copies[i].second, fault); // if it cannot, the next night tries again
    }
}

std::optional<fs::path> StoreCopies::newest() const {
    const std::vector<Copy> copies = copies_in(folder_, stem_);
    return copies.empty() ? std::nullopt : std::optional(copies.front().second);
}

std::string how_to_restore(const std::string& where) {
    if (is_database_store(where)) {
        return "restore its schema from the database's own backup (docs/operations.md)";
    }
    const auto copy = StoreCopies(where).newest();
    return copy ? fmt::format("put its newest copy, {}, in its place (docs/operations.md)",
                              copy->string())
                : "there is no copy of it beside it; restore it from a backup (docs/operations.md)";
}

} // namespace io
