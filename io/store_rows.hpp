#pragma once

#include "io/store.hpp"
#include "io/store_table.hpp"

#include <string_view>

// The tables of a store, and what is in them as rows and back. Internal to the store.

namespace io {

extern const StoreTable facts_table;
extern const StoreTable zone_table;
extern const StoreTable candidate_table;
extern const StoreTable visit_table;
extern const StoreTable attendance_table;
extern const StoreTable run_table;

/// The status of an issued visit that can no longer be made: it is kept, and is no plan.
inline constexpr std::string_view withdrawn = "withdrawn";

void add_zone(const StoreDatabase& database, const StoredZone& zone);
StoredZone zone_of(const StoredRow& row);

void add_candidate(const StoreDatabase& database, const StoredCandidate& candidate);
StoredCandidate candidate_of(const StoredRow& row);

/// \param status as it is to be kept: a visit's own, or `withdrawn`.
void add_visit(const StoreDatabase& database, const schedule::Visit& visit,
               std::string_view status);
schedule::Visit visit_of(const StoredRow& row);

void add_attendance(const StoreDatabase& database, const schedule::Attendance& attendance);
schedule::Attendance attendance_of(const StoredRow& row);

void add_run(const StoreDatabase& database, const StoredRun& run);
StoredRun run_of(const StoredRow& row);

/// The day that attendances are found by.
geo::Day utc_day(geo::Instant instant);

} // namespace io
