#include "cli/command_adopt.hpp"

#include "cli/standing_zones.hpp"
#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "io/ward_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace cli {

namespace {

using geo::Error;
using geo::ErrorKind;

template <typename Rows>
auto by_id(Rows& rows, const std::string& id) {
    return std::find_if(rows.begin(), rows.end(),
                        [&](const auto& row) { return row.id.text() == id; });
}

template <typename Rows>
[[noreturn]] void refuse(std::string_view option, const std::string& id, const Rows& rows,
                         std::string_view what) {
    std::vector<std::string> known;
    std::transform(rows.begin(), rows.end(), std::back_inserter(known),
                   [](const auto& row) { return row.id.text(); });
    const std::string nearest = geo::nearest_word(id, known);
    throw Error(ErrorKind::usage,
                fmt::format("--{}: '{}' is {}{}", option, id, what,
                            nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
}

/// Changes that are being collected.
class Changes {
  public:
    Changes(const Settings& settings, geo::Instant now)
        : reason_(settings.reason.value_or("")), now_(now) {}

    void end(io::StoredZone zone, const std::string& why) {
        zone.valid_to = now_;
        zone.why_ended = with_reason(why);
        adoption_.zones.push_back(std::move(zone));
    }
    void begin(const io::StoredCandidate& candidate, const std::string& why) {
        adoption_.zones.push_back({.id = candidate.id,
                                   .name = candidate.name,
                                   .ward_code = candidate.ward_code,
                                   .ward_name = candidate.ward_name,
                                   .disc = candidate.disc,
                                   .valid_from = now_,
                                   .why = with_reason(why)});
    }
    void say(std::string line) { adoption_.lines.push_back(std::move(line)); }
    Adoption take() { return std::move(adoption_); }

  private:
    std::string with_reason(const std::string& why) const {
        return reason_.empty() ? why : why + ": " + reason_;
    }

    std::string reason_;
    geo::Instant now_;
    Adoption adoption_;
};

void adopt(const io::StoredCandidate& candidate, const std::vector<io::StoredZone>& history,
           const std::vector<io::StoredZone>& standing, Changes& changes) {
    const auto zone = by_id(standing, candidate.id.text());
    if (zone == standing.end()) {
        if (by_id(history, candidate.id.text()) == history.end()) {
            changes.begin(candidate, "new");
            changes.say(
                fmt::format("{} ({}) comes into force", candidate.id.text(), candidate.name));
        } else { // ids do not come back
            changes.say(fmt::format("{} ({}) was retired since the last refresh; the next one "
                                    "proposes its place under an id of its own",
                                    candidate.id.text(), candidate.name));
        }
        return;
    }
    if (zone->disc == candidate.disc) {
        return; // in force already, and where it is
    }
    const std::string how =
        fmt::format("moved {:.0f} m, radius {:.0f} to {:.0f} m",
                    geo::distance(zone->disc.centre, candidate.disc.centre).value(),
                    zone->disc.radius.value(), candidate.disc.radius.value());
    changes.end(*zone, how);
    changes.begin(candidate, how);
    changes.say(fmt::format("{} ({}): {}", zone->id.text(), zone->name, how));
}

void retire(const io::StoredZone& zone, Changes& changes) {
    changes.end(zone, "retired");
    changes.say(fmt::format("{} ({}) is retired", zone.id.text(), zone.name));
}

void adopt_all(const io::StoreContent& content, const std::vector<io::StoredZone>& standing,
               Changes& changes) {
    if (content.candidates.empty()) {
        throw Error(ErrorKind::usage,
                    "there are no candidates to adopt; run patrolzones refresh first");
    }
    for (const io::StoredZone& zone : standing) {
        if (by_id(content.candidates, zone.id.text()) == content.candidates.end()) {
            retire(zone, changes);
        }
    }
    for (const io::StoredCandidate& candidate : content.candidates) {
        adopt(candidate, content.zones, standing, changes);
    }
}

/// \throws geo::Error (usage) if a zone is to be both adopted and retired.
void require_one_wish_each(const Settings& settings) {
    for (const std::string& id : settings.adopt_zones) {
        if (std::find(settings.retire_zones.begin(), settings.retire_zones.end(), id) !=
            settings.retire_zones.end()) {
            throw Error(ErrorKind::usage,
                        fmt::format("zone '{}' is to be adopted (--zone) and retired (--retire); "
                                    "name it once",
                                    id));
        }
    }
}

std::vector<std::string> each_once(std::vector<std::string> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

} // namespace

Adoption adoption(const Settings& settings, const io::StoreContent& content, geo::Instant now) {
    const std::vector<io::StoredZone> standing = in_force(content.zones);
    Changes changes(settings, now);
    require_one_wish_each(settings);
    if (settings.adopt_zones.empty() && settings.retire_zones.empty()) {
        adopt_all(content, standing, changes);
    }
    for (const std::string& id : each_once(settings.adopt_zones)) {
        const auto candidate = by_id(content.candidates, id);
        if (candidate == content.candidates.end()) {
            refuse("zone", id, content.candidates, "no candidate of the last night");
        }
        adopt(*candidate, content.zones, standing, changes);
    }
    for (const std::string& id : each_once(settings.retire_zones)) {
        const auto zone = by_id(standing, id);
        if (zone == standing.end()) {
            refuse("retire", id, standing, "no zone in force");
        }
        retire(*zone, changes);
    }
    return changes.take();
}

ExitCode run_adopt(const Settings& settings) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    io::Store store = io::Store::open_existing(required(settings.store, "store"));
    const Adoption adopted = adoption(settings, store.read(now), now);
    std::string text;
    for (const std::string& line : adopted.lines) {
        text += line + "\n";
    }
    if (adopted.lines.empty()) {
        text = "nothing changes: the candidates stand where the zones in force stand\n";
    } else if (!settings.dry_run) {
        store.apply({.zones = adopted.zones});
        text += "The next refresh plans for them.\n";
    } else {
        text += "Nothing was written: --dry-run\n";
    }
    print(settings, {{}, text, fmt::format("{{\"changes\": {}}}\n", adopted.lines.size())},
          Stopwatch());
    return ExitCode::done;
}

} // namespace cli
