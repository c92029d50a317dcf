#include "cluster/ground.hpp"

#include <algorithm>

namespace cluster {

std::vector<WardQuota> quotas_of(std::span<const RankedWard> ranked,
                                 std::span<const ChosenDisc> discs) {
    std::vector<WardQuota> quotas;
    for (const RankedWard& ward : ranked) {
        WardQuota quota{ward, {}};
        for (const ChosenDisc& chosen : discs) {
            if (chosen.ward == ward.ward) {
                quota.radii.push_back(chosen.disc.radius);
            }
        }
        std::sort(quota.radii.rbegin(), quota.radii.rend());
        quotas.push_back(std::move(quota));
    }
    return quotas;
}

} // namespace cluster
