#include "cluster/offence_mix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace cluster {

std::optional<std::string> offence_mix(const IncidentTable& table,
                                       std::span<const Incident> inside) {
    struct Part {
        std::uint32_t count = 0;
        std::uint32_t offence = 0;
    };
    std::vector<Part> parts(table.offences.size());
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        parts[i].offence = i;
    }
    for (const Incident& incident : inside) {
        if (incident.offence < parts.size()) {
            ++parts[incident.offence].count;
        }
    }
    std::sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
        return a.count != b.count ? a.count > b.count
                                  : table.offences[a.offence] < table.offences[b.offence];
    });
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, parts.size()); ++i) {
        const double share = 100.0 * parts[i].count / static_cast<double>(inside.size());
        if (parts[i].count > 0 && share >= 0.5) {
            text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : ", ",
                                table.offences[parts[i].offence], share);
        }
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace cluster
