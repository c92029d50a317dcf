#pragma once

#include "cluster/incident.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cluster {

/// Which records stand in which ward: their positions, ward after ward, without copying them.
///
/// Those of a ward keep the order given. Time and memory O(wards + records), four bytes a record.
class ByWard {
  public:
    /// \param records anything with a member `ward` below `wards`.
    template <typename Record>
    ByWard(std::size_t wards, std::span<const Record> records)
        : firsts_(wards + 1), positions_(records.size()) {
        for (const Record& record : records) {
            ++firsts_[record.ward + 1];
        }
        for (std::size_t w = 0; w < wards; ++w) {
            firsts_[w + 1] += firsts_[w];
        }
        std::vector<std::uint32_t> next = firsts_;
        for (std::size_t i = 0; i < records.size(); ++i) {
            positions_[next[records[i].ward]++] = static_cast<std::uint32_t>(i);
        }
    }

    /// Positions of the ward's records, ascending.
    std::span<const std::uint32_t> of(WardIndex ward) const {
        return std::span(positions_).subspan(firsts_[ward], firsts_[ward + 1] - firsts_[ward]);
    }

  private:
    std::vector<std::uint32_t> firsts_;
    std::vector<std::uint32_t> positions_;
};

} // namespace cluster
