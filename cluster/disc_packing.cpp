// Set packing by depth-first branch and bound: candidates are few, sets are small, and the sum of
// the next values bounds what a set may still gain.

#include "cluster/disc_packing.hpp"

#include <algorithm>

namespace cluster {

namespace {

class Packer {
  public:
    Packer(std::span<const FoundDisc> discs, const PackingLimits& limits)
        : discs_(discs), limits_(limits) {}

    std::vector<Disc> run() {
        extend(0, 0);
        return best_;
    }

  private:
    void extend(std::size_t from, double value) {
        if (value > best_value_) {
            best_value_ = value;
            best_ = chosen_;
        }
        const auto room = static_cast<double>(limits_.most - chosen_.size());
        for (std::size_t i = from; i < discs_.size() && tried_ < limits_.trials; ++i) {
            const FoundDisc& next = discs_[i];
            if (value + room * next.value <= best_value_) {
                break;
            }
            ++tried_;
            if (fits(next.disc)) {
                chosen_.push_back(next.disc);
                extend(i + 1, value + next.value);
                chosen_.pop_back();
            }
        }
    }

    bool fits(const Disc& disc) const {
        return std::all_of(chosen_.begin(), chosen_.end(), [&](const Disc& other) {
            return apart(disc, other, limits_.separation);
        });
    }

    std::span<const FoundDisc> discs_;
    const PackingLimits& limits_;
    std::size_t tried_ = 0;
    double best_value_ = 0;
    std::vector<Disc> chosen_;
    std::vector<Disc> best_;
};

} // namespace

std::vector<Disc> best_packing(std::span<const FoundDisc> discs, const PackingLimits& limits) {
    return Packer(discs, limits).run();
}

} // namespace cluster
