#include "cli/watched.hpp"

#include "geo/error.hpp"
#include "io/store.hpp"
#include "io/zones_reader.hpp"

#include <algorithm>
#include <utility>

namespace cli {

namespace {

Watched of_file(const std::string& path, const Settings& settings) {
    io::ReadZones read = io::read_zones(path, settings.analysis_crs);
    Watched watched{.zones = std::move(read.zones),
                    .crs = std::move(read.analysis_crs),
                    .warnings = std::move(read.warnings)};
    for (const cluster::Zone& zone : watched.zones) {
        watched.in_force.push_back({zone.id});
        watched.discs.push_back({zone.id, zone.disc});
    }
    return watched;
}

/// One zone, of the history of all: `stands` are where it stood, one after another.
void add(Watched& watched, std::span<const io::StoredZone> stands) {
    const io::StoredZone& last = stands.back();
    cluster::Zone zone;
    zone.id = last.id;
    zone.name = last.name;
    zone.ward_code = last.ward_code;
    zone.ward_name = last.ward_name;
    zone.disc = last.disc;
    watched.zones.push_back(std::move(zone));
    watched.in_force.push_back({last.id, stands.front().valid_from, last.valid_to});
    if (!last.valid_to) {
        watched.discs.push_back({last.id, last.disc});
    }
}

Watched of_store(const std::string& where, geo::Instant as_of) {
    const io::Store store = io::Store::open_existing(where);
    io::StoreContent content = store.read(geo::Instant());
    Watched watched{.crs = store.crs(),
                    .visits = std::move(content.visits),
                    .attendances = std::move(content.attendances)};
    std::erase_if(content.zones,
                  [&](const io::StoredZone& zone) { return zone.valid_from >= as_of; });
    for (auto first = content.zones.begin(); first != content.zones.end();) {
        const auto last = std::find_if(first, content.zones.end(), [&](const io::StoredZone& zone) {
            return zone.id != first->id;
        });
        add(watched, {first, last});
        first = last;
    }
    return watched;
}

} // namespace

Watched watched_zones(const Settings& settings, geo::Instant as_of) {
    if (settings.zones) {
        return of_file(*settings.zones, settings);
    }
    if (settings.store) {
        return of_store(*settings.store, as_of);
    }
    throw geo::Error(geo::ErrorKind::usage,
                     "--zones is missing, and --store; give one of them on the command line or in "
                     "the configuration");
}

} // namespace cli
