#include "io/weight_table.hpp"

#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/field_mapping.hpp"
#include "io/number_text.hpp"
#include "io/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace io {

namespace {

using geo::Error;
using geo::ErrorKind;

constexpr std::array<std::string_view, 11> offence_names{
    "code",    "offencecode",     "hoclass",  "homeofficecode", "hocode", "classcode",
    "offence", "offencecategory", "category", "crimetype",      "class"};
constexpr std::array<std::string_view, 8> weight_names{
    "weight", "score", "harm", "harmscore", "severity", "severityscore", "days", "cchi"};

/// Sums of weights are exact in millionths up to 9e12.
constexpr double largest_weight = 1e6;

std::size_t column_called(const CsvTable& table, std::span<const std::string_view> names,
                          std::string_view what) {
    for (const std::string_view name : names) {
        const auto at =
            std::find_if(table.columns.begin(), table.columns.end(),
                         [&](const std::string& column) { return plain_name(column) == name; });
        if (at != table.columns.end()) {
            return static_cast<std::size_t>(at - table.columns.begin());
        }
    }
    throw Error(ErrorKind::input,
                fmt::format("there is no column '{}' among '{}'; the header is code,weight", what,
                            fmt::join(table.columns, "', '")));
}

/// The columns of the table, and the entries read so far.
class TableReader {
  public:
    explicit TableReader(const CsvTable& table)
        : offence_(column_called(table, offence_names, "code")),
          weight_(column_called(table, weight_names, "weight")),
          offence_name_(table.columns[offence_]), weight_name_(table.columns[weight_]) {}

    void add(const CsvRow& row) {
        const std::string& offence = row.cells[offence_];
        if (normal_text(offence).empty()) {
            throw Error(ErrorKind::input,
                        fmt::format("{}: the offence is empty; write its code or category, or "
                                    "remove the line",
                                    offence_name_));
        }
        const auto weight = read_number(row.cells[weight_]);
        if (!weight || !(*weight > 0) || *weight > largest_weight) {
            throw Error(
                ErrorKind::input,
                fmt::format("{}: '{}' is no weight; write a number above 0 and up to {:.0f}",
                            weight_name_, row.cells[weight_], largest_weight));
        }
        keep(entries.by_code, normal_code(offence), offence, *weight);
        keep(entries.by_text, normal_text(offence), offence, *weight);
    }

    WeightTable entries;

  private:
    void keep(std::map<std::string, double>& known, const std::string& key,
              const std::string& offence, double weight) const {
        const auto [at, is_new] = known.try_emplace(key, weight);
        if (!is_new && at->second != weight) {
            throw Error(ErrorKind::input,
                        fmt::format("{}: '{}' has weight {} on this line and {} before; keep one "
                                    "of them",
                                    offence_name_, offence, weight, at->second));
        }
    }

    std::size_t offence_;
    std::size_t weight_;
    std::string offence_name_;
    std::string weight_name_;
};

std::optional<double> found(const std::map<std::string, double>& entries, const std::string& key) {
    const auto at = entries.find(key);
    return at == entries.end() ? std::nullopt : std::optional(at->second);
}

/// The entry of the smallest class that holds the code.
std::optional<double> of_code(const WeightTable& table, const std::string& code) {
    std::optional<double> weight;
    std::size_t longest = 0;
    for (const auto& [entry, value] : table.by_code) {
        if (entry.size() > longest && covers_class(entry, code)) {
            longest = entry.size();
            weight = value;
        }
    }
    return weight;
}

/// Calls one of the two for every code and category, in the order of OffenceLookup::Match::written.
template <typename OnCode, typename OnCategory>
void for_each_written(const OffenceDefinition& definition, const OnCode& on_code,
                      const OnCategory& on_category) {
    for (const DefinedOffence& offence : definition.offences) {
        for (const std::string& code : offence.codes) {
            on_code(offence, code);
        }
        for (const std::string& category : offence.categories) {
            on_category(offence, category);
        }
    }
}

} // namespace

WeightTable read_weight_table(const std::string& path) {
    const CsvTable table = read_table(path, "weights");
    return geo::within(without_password(path), [&] {
        if (table.rows.empty()) {
            throw Error(ErrorKind::input,
                        "there is a header but no weight; write a line for each offence");
        }
        TableReader reader(table);
        for (const CsvRow& row : table.rows) {
            geo::within(fmt::format("{} {}", table.row_word, row.line), [&] { reader.add(row); });
        }
        reader.entries.path = path;
        return std::move(reader.entries);
    });
}

std::vector<double> weights_of(const OffenceDefinition& definition, const WeightTable& table) {
    std::vector<double> weights;
    std::vector<std::string> missing;
    const auto take = [&](std::optional<double> weight, const DefinedOffence& offence,
                          const std::string& text) {
        weight = weight ? weight : found(table.by_text, normal_text(offence.name));
        if (!weight) {
            missing.push_back(text);
        }
        weights.push_back(weight.value_or(0));
    };
    for_each_written(
        definition,
        [&](const DefinedOffence& offence, const std::string& code) {
            take(of_code(table, code), offence, code);
        },
        [&](const DefinedOffence& offence, const std::string& category) {
            take(found(table.by_text, category), offence, category);
        });
    if (!missing.empty()) {
        throw Error(ErrorKind::usage,
                    fmt::format("no weight for {} of the definition '{}'; add a line for each",
                                fmt::join(missing, ", "), definition.name))
            .within(table.path);
    }
    return weights;
}

std::vector<double> weights_of(const OffenceDefinition& definition) {
    std::vector<double> weights;
    const auto take = [&](const DefinedOffence& offence, const std::string&) {
        weights.push_back(offence.weight);
    };
    for_each_written(definition, take, take);
    return weights;
}

} // namespace io
