#pragma once

#include "geo/time_zone.hpp"
#include "io/gdal.hpp"

#include "cluster/zone.hpp"
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

// The tables of a store, whatever database it is in: what both GeoPackage and PostGIS do alike
// through GDAL. Internal to the store.

namespace io {

enum class StoreType { text, whole, real, day, instant };

struct StoreColumn {
    const char* name;
    StoreType type;
};

struct StoreTable {
    const char* name;
    std::span<const StoreColumn> columns;
    bool circles = false;        ///< each row has a zone's circle as its geometry
    const char* index = nullptr; ///< a column to be found by
};

/// Throws what GDAL complained of, if it did or `worked` is false.
/// \throws geo::Error (input).
void require_gdal(bool worked, const GdalErrors& errors, std::string_view doing);

/// A database that a store is in. One transaction at a time.
class StoreDatabase {
  public:
    /// \param dataset opened for changes.
    StoreDatabase(DatasetHandle dataset, std::string name);

    bool has(const StoreTable& table) const;
    void make(const StoreTable& table, const std::string& crs);

    /// Does the work in one transaction: all of it, or, where it throws, nothing.
    void in_transaction(const std::function<void()>& work);

    /// Sends SQL that both databases know; the first value of the first row as text, if there is
    /// one.
    std::optional<std::string> sql(const std::string& statement) const;

    void* handle() const { return dataset_.get(); }
    /// The table's layer.
    void* layer(const StoreTable& table) const;
    /// What is put before each error.
    const std::string& name() const { return name_; }

  private:
    DatasetHandle dataset_;
    std::string name_;
};

/// A row being written, by the columns' names.
class NewRow {
  public:
    NewRow(const StoreDatabase& database, const StoreTable& table);

    NewRow& set(const char* column, const std::string& text);
    NewRow& set(const char* column, std::uint64_t whole);
    NewRow& set(const char* column, double real);
    NewRow& set(const char* column, geo::Day day);
    NewRow& set(const char* column, geo::Instant instant);
    template <typename Value>
    NewRow& set(const char* column, const std::optional<Value>& value) {
        return value ? set(column, *value) : *this; // else it stays null
    }
    NewRow& circle(const cluster::Disc& disc);
    void add();

  private:
    int position(const char* column) const;
    void* layer_;
    FeatureHandle feature_;
};

/// A row that was read, by the columns' names.
class StoredRow {
  public:
    explicit StoredRow(void* feature) : feature_(feature) {}

    std::int64_t id() const;
    bool is_null(const char* column) const;
    std::string text(const char* column) const;
    std::uint64_t whole(const char* column) const;
    double real(const char* column) const;
    geo::Day day(const char* column) const;
    geo::Instant instant(const char* column) const;
    std::optional<geo::Instant> instant_if_any(const char* column) const;
    std::optional<std::string> text_if_any(const char* column) const;

  private:
    int position(const char* column) const;
    void* feature_;
};

/// Calls `visit` with each row for which the condition (SQL, both databases) holds; all rows where
/// it is empty. In no order.
void each_row(const StoreDatabase& database, const StoreTable& table, const std::string& condition,
              const std::function<void(const StoredRow&)>& visit);

/// Removes the rows for which the condition holds and `doomed` says so.
void remove_rows(const StoreDatabase& database, const StoreTable& table,
                 const std::string& condition, const std::function<bool(const StoredRow&)>& doomed);

/// Text as SQL writes it, quotes doubled.
std::string sql_text(std::string_view text);

} // namespace io
