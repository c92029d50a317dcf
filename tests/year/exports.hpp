#pragma once

#include "geo/time_zone.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace year {

/// The sample county's export of incidents as it grows: month by month, as whoever runs the crime
/// system hands it over.
class Exports {
  public:
    /// \param samples the folder of the sample county's `incidents-*.csv`. \param folder where the
    /// exports are put.
    Exports(const std::filesystem::path& samples, std::filesystem::path folder);

    /// Replaces the export by one of all rows from the first day of `first` to before the first day
    /// of `after`. A row whose date says nothing that can be belongs to the day of the row before
    /// it.
    void hand_over(std::chrono::year_month first, std::chrono::year_month after) const;

  private:
    struct Row {
        geo::Day day{};
        std::string line; ///< with its end
    };
    struct File {
        std::string name;
        std::string header;
        std::vector<Row> rows;
    };
    static File read(const std::filesystem::path& path);

    std::filesystem::path folder_;
    std::vector<File> files_;
};

} // namespace year
