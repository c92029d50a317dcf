#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace io {

class Store;

/// The copies of a GeoPackage store: "vrn-copies/vrn-run12.gpkg" beside "vrn.gpkg".
class StoreCopies {
  public:
    /// \param store path of the GeoPackage.
    explicit StoreCopies(const std::filesystem::path& store);

    /// Copies the store as it is after a run, whole or not at all, then removes the oldest copies
    /// beyond the newest `keep`. Nothing for a database.
    /// \throws geo::Error (input) if it cannot be copied; no copy is removed then.
    void add(const Store& store, std::uint64_t run, unsigned keep) const;

    /// The copy after the latest run, or nothing.
    std::optional<std::filesystem::path> newest() const;

  private:
    std::filesystem::path folder_;
    std::string stem_;
};

/// What a person is to do whose store is damaged or gone, naming the newest copy: "put its newest
/// copy, vrn-copies/vrn-run12.gpkg, in its place (docs/operations.md)".
///
/// \param where as Store::open takes it.
std::string how_to_restore(const std::string& where);

} // namespace io
