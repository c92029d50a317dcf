#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace io {

/// Closes or destroys what GDAL handed out. GDAL's C handles are pointers without a type of their
/// own.
struct CloseDataset {
    void operator()(void* dataset) const;
};
struct DestroyFeature {
    void operator()(void* feature) const;
};
struct DestroyGeometry {
    void operator()(void* geometry) const;
};
struct ReleaseCrs {
    void operator()(void* crs) const;
};

using DatasetHandle = std::unique_ptr<void, CloseDataset>;
using FeatureHandle = std::unique_ptr<void, DestroyFeature>;
using GeometryHandle = std::unique_ptr<void, DestroyGeometry>;
using CrsHandle = std::unique_ptr<void, ReleaseCrs>;

/// Makes GDAL's drivers known, once in the life of the process; safe to call from any thread.
void register_gdal();

/// While it lives, GDAL's complaints on this thread are kept instead of printed.
///
/// May be nested; the innermost one hears. Belongs to the thread that made it.
class GdalErrors {
  public:
    GdalErrors();
    ~GdalErrors();
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;

    /// The first failure since the start or the last `clear`, in one line; "" when all went well.
    const std::string& failure() const { return failure_; }
    /// The same with all its lines.
    const std::string& whole_failure() const { return whole_; }
    void clear() {
        failure_.clear();
        whole_.clear();
    }
    /// Called by GDAL's handler; keeps the first failure, ignores warnings.
    void hear(std::string_view message);

  private:
    std::string failure_;
    std::string whole_;
};

/// A GDAL setting of this thread, as long as it lives.
class ThreadSetting {
  public:
    ThreadSetting(const char* key, const std::string& value);
    ~ThreadSetting();
    ThreadSetting(const ThreadSetting&) = delete;
    ThreadSetting& operator=(const ThreadSetting&) = delete;

  private:
    const char* key_;
};

/// Opens a vector source for reading: a file, a folder that is a database, a `/vsizip/` path or a
/// connection string.
///
/// Text files are read with their first row as the header and every field as text.
/// \throws geo::Error (input) with GDAL's reason if no driver reads it.
DatasetHandle open_vector(const std::string& source);

/// The names of the layers, in the file's order.
std::vector<std::string> layer_names(const DatasetHandle& dataset);

/// `text` as UTF-8: unchanged if it is UTF-8 already, else read as Windows-1252.
std::string utf8_text(std::string_view text);

} // namespace io
