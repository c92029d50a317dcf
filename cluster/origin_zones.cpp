// What every method makes of the past as of one day.

#include "cluster/origin_zones.hpp"

#include "cluster/baselines.hpp"
#include "geo/parallel.hpp"

#include <algorithm>

namespace cluster {

namespace {

const ForecastOptions nothing_borrowed{.borrowed = 0, .recency = {}};

constexpr std::uint32_t random_count = 20;
static_assert(all_methods.size() - 1 + random_count <= 64, "Part::inside has a bit for each set");

Weighting without_recency(Weighting weighting) {
    weighting.recency.half_life.reset();
    return weighting;
}

/// The records of a span with their weights as of its end.
IncidentTable training_table(const IncidentTable& raw, Weighting weighting,
                             const geo::TimeSpan& span) {
    IncidentTable table = part_of(raw, span);
    weighting.recency.as_of = span.to;
    weigh(table.incidents, weighting);
    return table;
}

class ZoneMaker {
  public:
    ZoneMaker(std::span<const Ward> wards, const IncidentTable& raw, const Origin& origin,
              const ZoneMaking& making)
        : wards_(wards), raw_(raw), making_(making), origin_(origin), hotspots_(making.hotspots),
          training_(training_table(raw, making.weighting, origin.training)) {
        hotspots_.forecast.recency = making.weighting.recency;
        hotspots_.forecast.recency.as_of = origin.training.to;
    }

    OriginZones make() {
        const Hotspots found = find_hotspots(wards_, training_, hotspots_);
        quotas_ = quotas_of(found.top(), found.discs);
        OriginZones made;
        for (const RankedWard& ward : found.top()) {
            made.wards.push_back(ward.ward);
        }
        hotspots_.selection.threads = 1; // methods run side by side from here
        geo::parallel_for(all_methods.size(), making_.hotspots.selection.threads,
                          [&](std::size_t m) {
                              made.sets[m] = all_methods[m] == Method::zones
                                                 ? std::vector{ZoneSet{.discs = found.discs}}
                                                 : sets_of(all_methods[m]);
                          });
        return made;
    }

  private:
    std::vector<ZoneSet> sets_of(Method method) const {
        const SelectionOptions& selection = hotspots_.selection;
        switch (method) {
        case Method::zones:
            break;
        case Method::flat_year:
            return {optimal_discs(ground_of(last_year(), nothing_borrowed), selection)};
        case Method::last_period:
            return last_period();
        case Method::incidents:
            return {discs_on_incidents(ground_of(training_, nothing_borrowed))};
        case Method::kernel_peaks:
            return {discs_on_kernel_peaks(ground_of(training_, nothing_borrowed), {})};
        case Method::dbscan:
            return {discs_on_density_clusters(ground_of(training_, nothing_borrowed), {})};
        case Method::k_means:
            return {discs_on_mean_clusters(ground_of(training_, nothing_borrowed), making_.seed)};
        case Method::grid_150:
            return {heaviest_cells(ground_of(training_, nothing_borrowed), geo::Metres(150))};
        case Method::grid_300:
            return {heaviest_cells(ground_of(training_, nothing_borrowed), geo::Metres(300))};
        case Method::random:
            return random_draws();
        case Method::hindsight:
            return {optimal_discs(ground_of(test_counts(), nothing_borrowed), selection)};
        }
        return {};
    }

    /// As read, but for what the settings make of a record whatever its age.
    IncidentTable last_year() const {
        const geo::TimeSpan span{std::max(origin_.one_year_earlier, origin_.training.from),
                                 origin_.training.to};
        return training_table(raw_, without_recency(making_.weighting), span);
    }

    /// Every test incident at weight 1: incidents are what is scored.
    IncidentTable test_counts() const {
        IncidentTable table = part_of(raw_, origin_.test);
        for (Incident& incident : table.incidents) {
            incident.weight = 1;
        }
        return table;
    }

    std::vector<ZoneSet> last_period() const {
        const geo::TimeSpan span{origin_.training.from, origin_.one_test_earlier};
        const IncidentTable earlier = training_table(raw_, making_.weighting, span);
        if (earlier.incidents.empty()) {
            return {};
        }
        ForecastOptions forecast = hotspots_.forecast;
        forecast.recency.as_of = span.to;
        return {optimal_discs(ground_of(earlier, forecast), hotspots_.selection)};
    }

    std::vector<ZoneSet> random_draws() const {
        const Ground ground = ground_of(training_, nothing_borrowed);
        std::vector<ZoneSet> draws;
        for (std::uint32_t draw = 0; draw < random_count; ++draw) {
            draws.push_back(random_discs(ground, {.seed = making_.seed, .draw = draw}));
        }
        return draws;
    }

    Ground ground_of(const IncidentTable& table, const ForecastOptions& forecast) const {
        return {.wards = wards_,
                .quotas = quotas_,
                .sites = forecast_sites(table, wards_.size(), forecast),
                .separation = hotspots_.selection.separation};
    }

    std::span<const Ward> wards_;
    const IncidentTable& raw_;
    const ZoneMaking& making_;
    const Origin& origin_;
    HotspotOptions hotspots_;
    IncidentTable training_;
    std::vector<WardQuota> quotas_;
};

} // namespace

bool lies_in(const geo::TimeSpan& when, const geo::TimeSpan& span) {
    return when.from >= span.from && when.to <= span.to;
}

IncidentTable part_of(const IncidentTable& table, const geo::TimeSpan& span) {
    IncidentTable part;
    part.offences = table.offences;
    part.locations = table.locations;
    const auto inside = [&](const auto& record) { return lies_in(record.when, span); };
    std::copy_if(table.incidents.begin(), table.incidents.end(), std::back_inserter(part.incidents),
                 inside);
    std::copy_if(table.baseline.begin(), table.baseline.end(), std::back_inserter(part.baseline),
                 inside);
    part.month_only = static_cast<std::uint32_t>(
        std::count_if(part.incidents.begin(), part.incidents.end(),
                      [](const Incident& i) { return i.precision == TimePrecision::month; }));
    return part;
}

OriginZones make_zones(std::span<const Ward> wards, const IncidentTable& raw, const Origin& origin,
                       const ZoneMaking& making) {
    return ZoneMaker(wards, raw, origin, making).make();
}

} // namespace cluster
