#include "io/triage.hpp"

#include "io/interner.hpp"
#include "io/stacked_points.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace io {

namespace {

/// What becomes of a row.
enum class Fate : std::uint8_t {
    settled, ///< left out already for what it says itself
    used,
    duplicate,
    same_incident,
    cancelled,
    unreadable,
};

/// A row by its number: those of all parts are counted through.
using RowNumber = std::uint32_t;

struct Verdict {
    Reason reason = Reason::unreadable;
    Field column = Field::x;
};

/// A ward's name or code as it is compared: `St. Anne's Ward` is `St Annes`.
std::string comparable_ward(std::string_view text) {
    std::string spelt(text);
    for (std::size_t at = spelt.find('&'); at != std::string::npos; at = spelt.find('&')) {
        spelt.replace(at, 1, "and");
    }
    std::string plain = plain_name(spelt);
    if (plain.size() > 4 && plain.ends_with("ward")) {
        plain.resize(plain.size() - 4);
    }
    return plain;
}

class Triager {
  public:
    Triager(PlacedRows placed, std::span<const cluster::Ward> wards, const TriageOptions& options)
        : parts_(std::move(placed.parts)), pools_(std::move(placed.pools)), options_(options) {
        for (const cluster::Ward& ward : wards) {
            ward_codes_.push_back(comparable_ward(ward.code.text()));
            ward_names_.push_back(comparable_ward(ward.name));
        }
        firsts_.push_back(0);
        std::size_t baseline = 0;
        for (const PlacedPart& part : parts_) {
            firsts_.push_back(firsts_.back() + static_cast<RowNumber>(part.rows.rows.size()));
            baseline += part.rows.baseline.size();
        }
        fates_.resize(firsts_.back(), Fate::used);
        result_.counts.resize(parts_.size());
        result_.table.baseline.reserve(baseline);
    }

    Triaged run() {
        for (std::uint32_t p = 0; p < parts_.size(); ++p) {
            count_whole_part(p);
            take_baseline(p);
            judge_rows(p);
        }
        settle_references();
        const auto used =
            static_cast<std::size_t>(std::count(fates_.begin(), fates_.end(), Fate::used));
        result_.table.incidents.reserve(used);
        used_lines_.reserve(used);
        for (std::uint32_t p = 0; p < parts_.size(); ++p) {
            finish_rows(p);
        }
        pools_.clear();
        doubt_stacks();
        result_.table.offences = offences_.texts();
        result_.table.locations = locations_.texts();
        std::stable_sort(
            result_.issues.begin(), result_.issues.end(), [](const Issue& a, const Issue& b) {
                return std::tie(a.file, a.line, a.reason) < std::tie(b.file, b.line, b.reason);
            });
        return std::move(result_);
    }

  private:
    std::uint32_t part_of(RowNumber number) const {
        const auto after = std::upper_bound(firsts_.begin(), firsts_.end(), number);
        return static_cast<std::uint32_t>(after - firsts_.begin() - 1);
    }

    const SeriousRow& row(RowNumber number) const {
        const std::uint32_t part = part_of(number);
        return parts_[part].rows.rows[number - firsts_[part]];
    }

    std::string_view reference(RowNumber number) const {
        const std::uint32_t part = part_of(number);
        return parts_[part].rows.reference(number - firsts_[part]);
    }

    const Spot& spot_at(std::uint32_t part, std::uint32_t spot) const {
        return pools_[parts_[part].pool][spot];
    }

    /// Null for a row without a place.
    const Spot* spot(std::uint32_t part, const SeriousRow& row) const {
        return row.place == PlaceText::given ? &spot_at(part, row.spot) : nullptr;
    }

    bool usable(const Spot& spot) const {
        return spot.found == Found::in_ward &&
               (spot.fault == AxesFault::none || options_.axes == AxesRepair::repair);
    }

    void count_whole_part(std::uint32_t part) {
        const PartFacts& rows = parts_[part].rows.facts;
        result_.counts[part].rows_read = rows.rows_read;
        const std::string& offence = rows.columns[static_cast<std::size_t>(Field::offence)];
        const std::string& from = rows.columns[static_cast<std::size_t>(Field::from)];
        leave_out(part, rows.not_serious, Reason::not_serious, offence);
        leave_out(part, rows.domestic, Reason::domestic,
                  rows.columns[static_cast<std::size_t>(Field::domestic)]);
        leave_out(part, rows.location_type, Reason::location_type,
                  rows.columns[static_cast<std::size_t>(Field::location_type)]);
        leave_out(part, rows.outside_window, Reason::outside_window, from);
    }

    void leave_out(std::uint32_t part, std::uint64_t rows, Reason reason,
                   const std::string& column) {
        if (rows > 0) {
            result_.counts[part].rows_left_out += rows;
            result_.issues.push_back({part, 0, column, reason, rows, {}});
        }
    }

    void take_baseline(std::uint32_t part) {
        for (const BaselineRow& row : parts_[part].rows.baseline) {
            const Spot& spot = spot_at(part, row.spot);
            if (usable(spot) && !spot.excluded) {
                result_.table.baseline.push_back({spot.place, row.when, spot.ward, row.lends});
                ++result_.counts[part].rows_baseline;
            }
        }
        parts_[part].rows.baseline = std::vector<BaselineRow>(); // lets go of the memory
    }

    void judge_rows(std::uint32_t part) {
        const std::vector<SeriousRow>& rows = parts_[part].rows.rows;
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            count_fault(part, rows[i]);
            if (const auto verdict = judge(part, rows[i])) {
                leave_out_row(part, rows[i], *verdict);
                fates_[firsts_[part] + i] = Fate::settled;
            }
        }
    }

    void count_fault(std::uint32_t part, const SeriousRow& row) {
        const Spot* at = spot(part, row);
        switch (at == nullptr ? AxesFault::none : at->fault) {
        case AxesFault::swapped:
            ++result_.axes.swapped;
            break;
        case AxesFault::lon_lat_in_grid:
            ++result_.axes.lon_lat_in_grid;
            break;
        case AxesFault::grid_in_lon_lat:
            ++result_.axes.grid_in_lon_lat;
            break;
        case AxesFault::none:
            break;
        }
    }

    /// The reasons that a row has by itself and that come before those it has by its reference.
    std::optional<Verdict> judge(std::uint32_t part, const SeriousRow& row) const {
        if (row.place == PlaceText::missing) {
            return Verdict{Reason::no_coordinates, row.place_column};
        }
        if (row.place == PlaceText::zero) {
            return Verdict{Reason::zero_coordinates, row.place_column};
        }
        if (const Spot* at = spot(part, row); at != nullptr && !usable(*at)) {
            return Verdict{at->fault == AxesFault::none ? Reason::outside_area
                                                        : Reason::axes_swapped,
                           Field::x};
        }
        if (const Spot* at = spot(part, row); at != nullptr && at->excluded) {
            return Verdict{Reason::excluded_place, Field::x};
        }
        if (row.date == DateText::missing) {
            return Verdict{Reason::no_date, row.date_column};
        }
        if (row.date != DateText::unreadable && options_.future &&
            row.when.from >= *options_.future) {
            return Verdict{Reason::future_date, row.date_column};
        }
        if (row.date == DateText::reversed) {
            return Verdict{Reason::to_before_from, row.date_column};
        }
        return std::nullopt;
    }

    void leave_out_row(std::uint32_t part, const SeriousRow& row, const Verdict& verdict) {
        ++result_.counts[part].rows_left_out;
        add_issue(part, row, verdict);
    }

    void add_issue(std::uint32_t part, const SeriousRow& row, const Verdict& verdict) {
        const Spot* at = spot(part, row);
        result_.issues.push_back(
            {part, row.line,
             parts_[part].rows.facts.columns[static_cast<std::size_t>(verdict.column)],
             verdict.reason, 1,
             at != nullptr && verdict.reason != Reason::axes_swapped ? at->known_place()
                                                                     : std::nullopt});
    }

    /// Groups the rows that stand so far by reference and lets one of each group stand.
    ///
    /// Rows are sorted by the hash of their reference, eight bytes a row; only where hashes agree
    /// are the texts looked at.
    void settle_references() {
        const std::vector<std::uint64_t> sorted = by_hash();
        const auto hash = [&](std::size_t i) { return sorted[i] >> 32U; };
        for (std::size_t first = 0; first < sorted.size();) {
            std::size_t last = first + 1;
            while (last < sorted.size() && hash(last) == hash(first)) {
                ++last;
            }
            settle_equal_hashes(std::span(sorted).subspan(first, last - first));
            first = last;
        }
    }

    /// Hash of the reference and number of each row that has one, sorted. A row without is settled.
    std::vector<std::uint64_t> by_hash() {
        std::vector<std::uint64_t> keys;
        keys.reserve(fates_.size());
        for (std::uint32_t p = 0; p < parts_.size(); ++p) {
            const PartRows& part = parts_[p].rows;
            for (std::uint32_t i = 0; i < part.rows.size(); ++i) {
                const RowNumber number = firsts_[p] + i;
                const std::string_view reference = part.reference(i);
                if (fates_[number] == Fate::settled) {
                    continue;
                }
                if (reference.empty()) {
                    fates_[number] = own_fault(part.rows[i]);
                } else {
                    keys.push_back(std::hash<std::string_view>()(reference) << 32U | number);
                }
            }
        }
        std::sort(keys.begin(), keys.end());
        return keys;
    }

    void settle_equal_hashes(std::span<const std::uint64_t> keys) {
        const auto number = [](std::uint64_t key) { return static_cast<RowNumber>(key); };
        if (keys.size() == 1) {
            fates_[number(keys[0])] = own_fault(row(number(keys[0])));
            return;
        }
        std::map<std::string_view, std::vector<RowNumber>> groups;
        for (const std::uint64_t key : keys) {
            groups[reference(number(key))].push_back(number(key));
        }
        for (const auto& [text, group] : groups) {
            settle(group);
        }
    }

    /// The fate of a row that no other one stands for; used if it has no fault.
    static Fate own_fault(const SeriousRow& row) {
        if (row.cancelled) {
            return Fate::cancelled;
        }
        return row.unreadable ? Fate::unreadable : Fate::used;
    }

    /// \param group ascending.
    void settle(const std::vector<RowNumber>& group) {
        const auto standing = gravest(group);
        std::set<Sameness> seen;
        for (const RowNumber number : group) {
            const bool is_new = seen.insert(sameness(number)).second;
            if (standing == number) {
                continue;
            }
            if (!is_new) {
                fates_[number] = Fate::duplicate;
            } else if (standing) {
                fates_[number] = Fate::same_incident;
            } else {
                fates_[number] = own_fault(row(number));
            }
        }
    }

    /// Definitions list the gravest offence first; within an offence the heavier row is graver.
    static bool graver(const SeriousRow& a, const SeriousRow& b) {
        return a.offence.offence != b.offence.offence ? a.offence.offence < b.offence.offence
                                                      : a.weight > b.weight;
    }

    /// The row that stands for the incident, the first of equals.
    std::optional<RowNumber> gravest(const std::vector<RowNumber>& group) const {
        std::optional<RowNumber> best;
        for (const RowNumber number : group) {
            const SeriousRow& mine = row(number);
            if (own_fault(mine) == Fate::used && (!best || graver(mine, row(*best)))) {
                best = number;
            }
        }
        return best;
    }

    using Sameness =
        std::tuple<const OffenceDefinition*, std::uint16_t, PlaceText,
                   std::optional<geo::GridPoint>, DateText, geo::Instant, geo::Instant>;

    Sameness sameness(RowNumber number) const {
        const SeriousRow& mine = row(number);
        const std::uint32_t part = part_of(number);
        const Spot* at = spot(part, mine);
        return {parts_[part].rows.facts.definition,
                mine.offence.written,
                mine.place,
                at == nullptr ? std::nullopt : at->known_place(),
                mine.date,
                mine.when.from,
                mine.when.to};
    }

    /// Uses up the rows of a part.
    void finish_rows(std::uint32_t part) {
        const PartRows& rows = parts_[part].rows;
        for (std::uint32_t i = 0; i < rows.rows.size(); ++i) {
            finish(part, i);
        }
        PartRows done = std::exchange(parts_[part].rows, {});
        parts_[part].rows.facts = std::move(done.facts);
    }

    void finish(std::uint32_t part, std::uint32_t index) {
        const SeriousRow& row = parts_[part].rows.rows[index];
        switch (fates_[firsts_[part] + index]) {
        case Fate::settled:
            return;
        case Fate::used:
            return use(part, index);
        case Fate::duplicate:
            return leave_out_row(part, row, {Reason::duplicate, Field::reference});
        case Fate::same_incident:
            return leave_out_row(part, row, {Reason::same_incident, Field::reference});
        case Fate::cancelled:
            return leave_out_row(part, row, {Reason::cancelled, Field::status});
        case Fate::unreadable:
            return leave_out_row(part, row, {Reason::unreadable, *row.unreadable});
        }
    }

    void use(std::uint32_t part, std::uint32_t index) {
        const PartRows& rows = parts_[part].rows;
        const SeriousRow& row = rows.rows[index];
        const Spot& at = spot_at(part, row.spot); // what has no place was left out before
        cluster::Incident incident;
        incident.place = at.place;
        incident.when = row.when;
        incident.weight = row.weight;
        incident.ward = at.ward;
        incident.precision = row.precision;
        incident.offence = static_cast<std::uint16_t>(
            offences_.number(rows.facts.definition->offences[row.offence.offence].name));
        if (!rows.texts.empty() && rows.texts[index].location) {
            incident.location = locations_.number(rows.locations[*rows.texts[index].location]);
        }
        result_.table.month_only += row.precision == cluster::TimePrecision::month ? 1 : 0;
        result_.table.incidents.push_back(incident);
        ++result_.counts[part].rows_used;
        used_lines_.push_back(row.line);
        if (at.rounded) {
            add_issue(part, row, {Reason::rounded_coordinates, Field::x});
        }
        if (!rows.texts.empty() && rows.texts[index].ward &&
            ward_disagrees(part, *rows.texts[index].ward, at.ward)) {
            add_issue(part, row, {Reason::ward_disagrees, Field::ward});
        }
    }

    bool ward_disagrees(std::uint32_t part, std::uint32_t text, cluster::WardIndex ward) {
        std::vector<std::string>& plain = ward_texts_[part];
        if (plain.empty()) {
            for (const std::string& written : parts_[part].rows.wards) {
                plain.push_back(comparable_ward(written));
            }
        }
        return plain[text] != ward_codes_[ward] && plain[text] != ward_names_[ward];
    }

    /// Where each distinct place has its first incident, and how many there are on it.
    struct Stacks {
        std::vector<std::uint32_t> firsts;
        std::vector<std::uint32_t> sizes;
    };

    Stacks stacks() const {
        const auto& incidents = result_.table.incidents;
        const std::hash<geo::GridPoint> hash;
        Stacks found;
        PositionTable known;
        for (std::uint32_t i = 0; i < incidents.size(); ++i) {
            const auto next = static_cast<std::uint32_t>(found.firsts.size());
            const geo::GridPoint& place = incidents[i].place;
            const auto place_of = [&](std::uint32_t stack) -> const geo::GridPoint& {
                return incidents[found.firsts[stack]].place;
            };
            const std::uint32_t stack = known.find_or_enter(
                hash(place), next, [&](std::uint32_t other) { return place_of(other) == place; },
                [&](std::uint32_t other) { return hash(place_of(other)); });
            if (stack == next) {
                found.firsts.push_back(i);
                found.sizes.push_back(0);
            }
            ++found.sizes[stack];
        }
        return found;
    }

    /// One issue a point, at the first of its rows.
    void doubt_stacks() {
        const Stacks found = stacks();
        const auto improbable = improbable_stack(found.sizes);
        for (std::size_t s = 0; improbable && s < found.sizes.size(); ++s) {
            if (found.sizes[s] >= *improbable) {
                const std::uint32_t first = found.firsts[s];
                const std::uint32_t part = part_of_incident(first);
                result_.issues.push_back(
                    {part, used_lines_[first],
                     parts_[part].rows.facts.columns[static_cast<std::size_t>(Field::x)],
                     Reason::stacked_point, found.sizes[s], result_.table.incidents[first].place});
            }
        }
    }

    std::uint32_t part_of_incident(std::uint64_t incident) const {
        std::uint32_t part = 0;
        while (incident >= result_.counts[part].rows_used) {
            incident -= result_.counts[part++].rows_used;
        }
        return part;
    }

    std::vector<PlacedPart> parts_;
    std::vector<std::vector<Spot>> pools_;
    TriageOptions options_;
    std::vector<std::string> ward_codes_;
    std::vector<std::string> ward_names_;
    std::map<std::uint32_t, std::vector<std::string>> ward_texts_; ///< by part
    std::vector<RowNumber> firsts_;         ///< number of each part's first row, and of all rows
    std::vector<Fate> fates_;               ///< by number
    std::vector<std::uint32_t> used_lines_; ///< of each incident, in its part
    TextInterner offences_;
    TextInterner locations_;
    Triaged result_;
};

} // namespace

Triaged triage(PlacedRows placed, std::span<const cluster::Ward> wards,
               const TriageOptions& options) {
    return Triager(std::move(placed), wards, options).run();
}

} // namespace io
