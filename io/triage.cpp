#include "io/triage.hpp"

#include "io/interner.hpp"
#include "io/stacked_points.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace io {

namespace {

/// A row that only its reference, its status or its text can still take out.
struct Candidate {
    std::uint32_t part = 0;
    std::uint32_t row = 0;
    std::optional<Reason> reason; ///< nothing: used
};

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
    Triager(std::span<const PlacedPart> parts, std::span<const cluster::Ward> wards,
            const TriageOptions& options)
        : parts_(parts), options_(options) {
        for (const cluster::Ward& ward : wards) {
            ward_codes_.push_back(comparable_ward(ward.code.text()));
            ward_names_.push_back(comparable_ward(ward.name));
        }
        result_.counts.resize(parts.size());
    }

    Triaged run() {
        for (std::uint32_t p = 0; p < parts_.size(); ++p) {
            count_whole_part(p);
            take_baseline(p);
            judge_rows(p);
        }
        settle_references();
        for (const Candidate& candidate : candidates_) {
            finish(candidate);
        }
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
    const SeriousRow& row(const Candidate& candidate) const {
        return parts_[candidate.part].rows.rows[candidate.row];
    }

    const Spot* spot(std::uint32_t part, const SeriousRow& row) const {
        return row.spot ? &parts_[part].spot(*row.spot) : nullptr;
    }

    bool usable(const Spot& spot) const {
        return spot.ward && (spot.fault == AxesFault::none || options_.axes == AxesRepair::repair);
    }

    void count_whole_part(std::uint32_t part) {
        const PartRows& rows = parts_[part].rows;
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
            const Spot& spot = parts_[part].spot(row.spot);
            if (usable(spot) && !spot.excluded) {
                result_.table.baseline.push_back({*spot.place, row.when, *spot.ward, row.lends});
                ++result_.counts[part].rows_baseline;
            }
        }
    }

    void judge_rows(std::uint32_t part) {
        const std::vector<SeriousRow>& rows = parts_[part].rows.rows;
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            count_fault(part, rows[i]);
            if (const auto verdict = judge(part, rows[i])) {
                leave_out_row(part, rows[i], *verdict);
            } else {
                candidates_.push_back({part, i, {}});
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
            {part, row.line, parts_[part].rows.columns[static_cast<std::size_t>(verdict.column)],
             verdict.reason, 1,
             at != nullptr && verdict.reason != Reason::axes_swapped ? at->place : std::nullopt});
    }

    /// Groups the candidates by reference, in their order, and lets one of each group stand.
    void settle_references() {
        std::unordered_map<std::string_view, std::uint32_t> group_of;
        std::vector<std::vector<std::uint32_t>> groups;
        for (std::uint32_t c = 0; c < candidates_.size(); ++c) {
            const std::string_view reference =
                parts_[candidates_[c].part].rows.reference(row(candidates_[c]));
            if (reference.empty()) {
                candidates_[c].reason = own_fault(row(candidates_[c]));
                continue;
            }
            const auto [at, is_new] =
                group_of.try_emplace(reference, static_cast<std::uint32_t>(groups.size()));
            if (is_new) {
                groups.emplace_back();
            }
            groups[at->second].push_back(c);
        }
        for (const auto& group : groups) {
            settle(group);
        }
    }

    static std::optional<Reason> own_fault(const SeriousRow& row) {
        if (row.cancelled) {
            return Reason::cancelled;
        }
        return row.unreadable ? std::optional(Reason::unreadable) : std::nullopt;
    }

    void settle(const std::vector<std::uint32_t>& group) {
        const auto standing = gravest(group);
        std::set<Sameness> seen;
        for (const std::uint32_t c : group) {
            const bool is_new = seen.insert(sameness(candidates_[c])).second;
            if (standing == c) {
                continue;
            }
            if (!is_new) {
                candidates_[c].reason = Reason::duplicate;
            } else if (standing) {
                candidates_[c].reason = Reason::same_incident;
            } else {
                candidates_[c].reason = own_fault(row(candidates_[c]));
            }
        }
    }

    /// Definitions list the gravest offence first; within an offence the heavier row is graver.
    static bool graver(const SeriousRow& a, const SeriousRow& b) {
        return a.offence.offence != b.offence.offence ? a.offence.offence < b.offence.offence
                                                      : a.weight > b.weight;
    }

    /// The candidate that stands for the incident, the first of equals.
    std::optional<std::uint32_t> gravest(const std::vector<std::uint32_t>& group) const {
        std::optional<std::uint32_t> best;
        for (const std::uint32_t c : group) {
            const SeriousRow& mine = row(candidates_[c]);
            if (!own_fault(mine) && (!best || graver(mine, row(candidates_[*best])))) {
                best = c;
            }
        }
        return best;
    }

    using Sameness =
        std::tuple<const OffenceDefinition*, std::uint16_t, PlaceText,
                   std::optional<geo::GridPoint>, DateText, geo::Instant, geo::Instant>;

    Sameness sameness(const Candidate& candidate) const {
        const SeriousRow& mine = row(candidate);
        const Spot* at = spot(candidate.part, mine);
        return {parts_[candidate.part].rows.definition,
                mine.offence.written,
                mine.place,
                at == nullptr ? std::nullopt : at->place,
                mine.date,
                mine.when.from,
                mine.when.to};
    }

    void finish(const Candidate& candidate) {
        const SeriousRow& mine = row(candidate);
        if (!candidate.reason) {
            use(candidate.part, mine);
            return;
        }
        Field column = Field::reference;
        if (*candidate.reason == Reason::cancelled) {
            column = Field::status;
        } else if (*candidate.reason == Reason::unreadable) {
            column = *mine.unreadable;
        }
        leave_out_row(candidate.part, mine, {*candidate.reason, column});
    }

    void use(std::uint32_t part, const SeriousRow& row) {
        const PartRows& rows = parts_[part].rows;
        const Spot& at = parts_[part].spot(*row.spot); // what has no place was left out before
        cluster::Incident incident;
        incident.place = *at.place;
        incident.when = row.when;
        incident.weight = row.weight;
        incident.ward = *at.ward;
        incident.precision = row.precision;
        incident.offence = static_cast<std::uint16_t>(
            offences_.number(rows.definition->offences[row.offence.offence].name));
        if (row.location) {
            incident.location = locations_.number(rows.locations[*row.location]);
        }
        result_.table.month_only += row.precision == cluster::TimePrecision::month ? 1 : 0;
        result_.table.incidents.push_back(incident);
        ++result_.counts[part].rows_used;
        used_.emplace_back(part, row.line);
        doubt(part, row, at);
    }

    void doubt(std::uint32_t part, const SeriousRow& row, const Spot& at) {
        if (at.rounded) {
            add_issue(part, row, {Reason::rounded_coordinates, Field::x});
        }
        if (row.ward && ward_disagrees(part, *row.ward, *at.ward)) {
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

    /// One issue a point, at the first of its rows.
    void doubt_stacks() {
        std::unordered_map<geo::GridPoint, std::uint32_t> stack_of;
        std::vector<std::uint32_t> sizes;
        std::vector<std::uint32_t> first;
        const auto& incidents = result_.table.incidents;
        for (std::uint32_t i = 0; i < incidents.size(); ++i) {
            const auto [at, is_new] =
                stack_of.try_emplace(incidents[i].place, static_cast<std::uint32_t>(sizes.size()));
            if (is_new) {
                sizes.push_back(0);
                first.push_back(i);
            }
            ++sizes[at->second];
        }
        const auto improbable = improbable_stack(sizes);
        for (std::size_t s = 0; improbable && s < sizes.size(); ++s) {
            if (sizes[s] >= *improbable) {
                const auto& [part, line] = used_[first[s]];
                result_.issues.push_back(
                    {part, line, parts_[part].rows.columns[static_cast<std::size_t>(Field::x)],
                     Reason::stacked_point, sizes[s], incidents[first[s]].place});
            }
        }
    }

    std::span<const PlacedPart> parts_;
    TriageOptions options_;
    std::vector<std::string> ward_codes_;
    std::vector<std::string> ward_names_;
    std::map<std::uint32_t, std::vector<std::string>> ward_texts_; ///< by part
    std::vector<Candidate> candidates_;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> used_; ///< part and line of each incident
    TextInterner offences_;
    TextInterner locations_;
    Triaged result_;
};

} // namespace

Triaged triage(std::span<const PlacedPart> parts, std::span<const cluster::Ward> wards,
               const TriageOptions& options) {
    return Triager(parts, wards, options).run();
}

} // namespace io
