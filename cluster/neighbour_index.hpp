#pragma once

#include "cluster/site.hpp"

#include <memory>
#include <span>
#include <vector>

namespace cluster {

/// A KD-tree (nanoflann) over sites that answers "which lie within a distance", rim included,
/// exactly.
///
/// Building O(n log n), a query O(log n + found). Safe for reading from several threads.
class NeighbourIndex {
  public:
    /// \param sites must outlive the index and stay where they are.
    explicit NeighbourIndex(std::span<const Site> sites);
    ~NeighbourIndex();
    NeighbourIndex(NeighbourIndex&&) noexcept;
    NeighbourIndex& operator=(NeighbourIndex&&) noexcept;

    std::span<const Site> sites() const;

    /// Indices of the sites within `radius` of `centre`, ascending.
    std::vector<std::uint32_t> within(const geo::GridPoint& centre, geo::Metres radius) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace cluster
