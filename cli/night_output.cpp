#include "cli/night_output.hpp"

#include "cli/night_status.hpp"
#include "io/nights.hpp"
#include "io/zones_writer.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace cli {

namespace fs = std::filesystem;

namespace {

/// Candidates as a layer: zones under the ids that they carry on or would get.
std::string candidates_geojson(const Drift& drift, const FoundZones& found,
                               const Settings& settings, const Evidence& evidence,
                               const geo::TimeZone& time_zone) {
    std::vector<io::PublishedZone> zones;
    for (std::size_t c = 0; c < drift.candidates.size(); ++c) {
        zones.push_back(io::published(found.zones[c].zone));
        zones.back().id = drift.candidates[c].id;
        zones.back().name = drift.candidates[c].name;
    }
    const io::Publication told = io::disclosed({std::move(zones), {}}, settings.audience);
    return io::zones_geojson(told.zones, geo::Projection("EPSG:4326", evidence.wards.analysis_crs),
                             time_zone);
}

void copy_store(const Workplace& work, const io::Store& store, std::uint64_t run) {
    if (!store.is_file()) {
        return;
    }
    const fs::path path = *work.settings.store;
    const fs::path folder = path.parent_path() / (path.stem().string() + "-copies");
    std::error_code fault;
    fs::create_directories(folder, fault);
    store.back_up((folder / fmt::format("{}-run{}.gpkg", path.stem().string(), run)).string());
    for (std::uint64_t old = run > work.settings.keep ? run - work.settings.keep : 0; old > 0;
         --old) {
        if (!fs::remove(folder / fmt::format("{}-run{}.gpkg", path.stem().string(), old), fault)) {
            break; // and so are those before it
        }
    }
}

} // namespace

void roll_forward(const Workplace& work, const std::optional<io::StoredRun>& last) {
    std::error_code fault;
    if (last && work.nights.current() != last->night &&
        fs::exists(work.nights.folder(last->night) / "manifest.json", fault)) {
        work.nights.make_current(last->night);
    }
}

std::string bring_out(Workplace& work, const Result& result, const Findings& found,
                      const io::StoredRun& run, io::Store& store, const io::Status& status) {
    const Settings& tonight = *result.settings;
    Result whole = result;
    whole.further_files = {
        {io::Nights::name_file, run.night + "\n"},
        {"candidates.geojson", candidates_geojson(found.drift, found.candidates, tonight,
                                                  *result.evidence, work.time_zone)},
        {"matches.csv", matches_csv(found.drift, found.scored,
                                    tonight.hotspots.selection.min_incidents, work.now)}};
    io::OutputFolder folder(work.nights.folder(run.night), io::Existing::replace);
    std::string manifest = publish(whole, folder, work.watch);
    io::StoreChange change = found.change;
    change.run = run;
    store.apply(change);
    work.nights.make_current(run.night);
    copy_store(work, store, run.number);
    work.nights.keep(tonight.keep);
    write_status(tonight, status, work.time_zone);
    return manifest;
}

} // namespace cli
