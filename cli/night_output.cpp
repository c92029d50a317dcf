#include "cli/night_output.hpp"

#include "cli/night_status.hpp"
#include "geo/error.hpp"
#include "io/nights.hpp"
#include "io/store_copies.hpp"
#include "io/zones_writer.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <optional>
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

/// What went wrong with tonight's copy of the store, if something did: the night itself is out.
std::optional<std::string> copy_store(const Workplace& work, const io::Store& store,
                                      std::uint64_t run) {
    try {
        io::StoreCopies(*work.settings.store).add(store, run, work.settings.keep);
        return std::nullopt;
    } catch (const geo::Error& error) {
        return fmt::format("the store was not copied: {}", error.what());
    }
}

} // namespace

void finish_last_night(const Workplace& work, const std::optional<io::StoredRun>& last) {
    const std::optional<std::string> current = work.nights.current();
    const auto shown = current ? io::Nights::run_of(*current) : std::nullopt;
    std::error_code fault;
    if (last && shown.value_or(0) < last->number &&
        fs::exists(work.nights.folder(last->night) / "manifest.json", fault)) {
        work.nights.make_current(last->night);
    }
    work.nights.clear_unfinished(last ? last->number : 0);
}

NightOutput bring_out(Workplace& work, const Result& result, const Findings& found,
                      const io::StoredRun& run, io::Store& store, const io::Status& status) {
    const Settings& tonight = *result.settings;
    Result whole = result;
    whole.further_files = {{io::Nights::name_file, run.night + "\n"}};
    if (tonight.audience == io::Audience::internal) { // working papers of who adopts
        whole.further_files.emplace_back("candidates.geojson",
                                         candidates_geojson(found.drift, found.candidates, tonight,
                                                            *result.evidence, work.time_zone));
        whole.further_files.emplace_back(
            "matches.csv", matches_csv(found.drift, found.scored,
                                       tonight.hotspots.selection.min_incidents, work.now));
    }
    io::OutputFolder folder(work.nights.folder(run.night), io::Existing::replace);
    const BuiltOutput built = build_output(whole, folder, work.watch);
    folder.commit();
    io::StoreChange change = found.change;
    change.run = run;
    store.apply(change);
    work.nights.make_current(run.night);
    if (built.database) {
        built.database->commit();
    }
    NightOutput out{.manifest = built.manifest};
    io::Status told = status;
    if (auto fault = copy_store(work, store, run.number)) {
        told.message += "; " + *fault;
        out.warnings.push_back(std::move(*fault));
    }
    work.nights.keep(tonight.keep);
    write_status(tonight, told, work.time_zone);
    return out;
}

} // namespace cli
