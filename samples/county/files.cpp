#include "samples/county/files.hpp"

#include "samples/county/lonlat.hpp"
#include "samples/county/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace county {
namespace {

constexpr std::array<std::string_view, 3> years{"2023-24", "2024-25", "2025-26"};

std::size_t export_year(const Row& row) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(row.from));
    const int since = static_cast<int>(date.year()) - 2023;
    return static_cast<std::size_t>(since - (unsigned{date.month()} < 11 ? 1 : 0));
}

std::string quoted(const std::string& field) {
    return field.find(',') == std::string::npos ? field : '"' + field + '"';
}

constexpr std::string_view export_header =
    "Reference,HO Class,Offence,Committed From Date,Committed From Time,Committed To Date,"
    "Committed To Time,Easting,Northing,Ward,Location,Domestic,Location Type,Status\r\n";

std::string line(const Row& row) {
    std::string text;
    for (const std::string* field :
         {&row.reference, &row.ho_class, &row.offence, &row.from_date, &row.from_time, &row.to_date,
          &row.to_time, &row.easting, &row.northing, &row.ward, &row.location, &row.domestic,
          &row.location_type}) {
        text += quoted(*field) + ',';
    }
    return text + quoted(row.status) + "\r\n";
}

// The county's only letters beyond ASCII lie in U+0080 to U+00FF, two bytes in UTF-8, one in
// Windows-1252.
std::string in_windows_1252(const std::string& utf8) {
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        if (lead < 0x80) {
            bytes += utf8[i];
        } else {
            const auto tail = static_cast<unsigned char>(utf8[++i]);
            bytes += static_cast<char>((lead & 0x03U) << 6U | (tail & 0x3FU));
        }
    }
    return bytes;
}

std::string feature(const Ward& ward) {
    std::string ring;
    for (const Spot& spot : ward.ring) {
        ring += fmt::format("{}[{},{}]", ring.empty() ? "" : ",", spot.easting, spot.northing);
    }
    return fmt::format(R"({{"type":"Feature","properties":{{"WD26CD":"{}","WD26NM":"{}"}},)"
                       R"("geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})",
                       ward.code, ward.name, ring);
}

std::string hexadecimal(Random& random) {
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text += fmt::format("{:016x}", random.next());
    }
    return text;
}

// "008n" is class 8N.
std::string plain_class(const std::string& written) {
    std::string text = written.substr(written.find_first_not_of('0'));
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

const char* category(const Row& row) {
    static const std::map<std::string, const char*> categories{
        {"34A", "Robbery"},      {"34B", "Robbery"},    {"39", "Theft from the person"},
        {"45", "Vehicle crime"}, {"46", "Shoplifting"}, {"58B", "Criminal damage and arson"},
        {"92D", "Drugs"},        {"9A", "Public order"}};
    const auto found = categories.find(plain_class(row.ho_class));
    return found == categories.end() ? "Violence and sexual offences" : found->second;
}

struct Month {
    std::chrono::year_month month;
    std::string text; // "2026-08"
};

std::vector<Month> street_months() {
    std::vector<Month> months;
    for (const unsigned month : {8U, 9U, 10U}) {
        months.push_back({std::chrono::year(2026) / std::chrono::month(month),
                          fmt::format("2026-{:02}", month)});
    }
    return months;
}

/// Writes lines in the order of columns that data.police.uk documents.
class StreetWriter {
  public:
    StreetWriter(const County& county, std::string month, Random& random)
        : county_(county), month_(std::move(month)), random_(random),
          text_("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA "
                "code,LSOA name,"
                "Crime type,Last outcome category,Context\n") {}

    void crime(const Row& row) {
        add(hexadecimal(random_), row.street, row.spot, category(row),
            row.status == "Charged" ? "Awaiting court outcome" : "Under investigation");
    }

    void anti_social_behaviour() {
        const std::size_t street = random_.below(static_cast<unsigned>(county_.streets.size()));
        const auto& points = county_.streets[street].points;
        add("", street, points[random_.below(static_cast<unsigned>(points.size()))],
            "Anti-social behaviour", "");
    }

    const std::string& text() const { return text_; }

  private:
    void add(const std::string& id, std::size_t street, Spot spot, const char* type,
             const char* outcome) {
        constexpr std::string_view force = "Ambershire Police";
        std::string place = ",,No Location,,";
        if (!random_.in_hundred(3)) {
            const LonLatText at = lonlat_text(spot);
            const Ward& ward = county_.wards[county_.streets[street].ward];
            place = fmt::format("{},{},On or near {},X01{:06},{} {:03}{}", at.longitude,
                                at.latitude, county_.streets[street].name, street + 1,
                                ward.town.empty() ? "Ambershire" : ward.town,
                                county_.streets[street].ward + 1, "ABCDEFGH"[street % 8]);
        }
        text_ +=
            fmt::format("{},{},{},{},{},{},{},\n", id, month_, force, force, place, type, outcome);
    }

    const County& county_;
    std::string month_;
    Random& random_;
    std::string text_;
};

bool published(const Row& row) {
    return row.kind == Kind::plain || row.kind == Kind::not_serious;
}

File street_file(const County& county, std::span<const Row> rows, const Month& month,
                 Random& random) {
    StreetWriter writer(county, month.text, random);
    for (const Row& row : rows) {
        const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(row.from));
        if (published(row) && date.year() / date.month() == month.month) {
            writer.crime(row);
            if (random.in_hundred(30)) {
                writer.anti_social_behaviour();
            }
        }
    }
    return {fmt::format("street/{}/{}-ambershire-street.csv", month.text, month.text),
            writer.text()};
}

} // namespace

File wards_file(const County& county) {
    std::string text =
        "{\"type\":\"FeatureCollection\",\"name\":\"ambershire_wards\",\n"
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::27700\"}},\n"
        "\"features\":[\n";
    for (const Ward& ward : county.wards) {
        text += feature(ward) + (&ward == &county.wards.back() ? "\n" : ",\n");
    }
    return {"wards.geojson", text + "]}\n"};
}

std::vector<File> export_files(std::span<const Row> rows) {
    std::array<std::string, years.size()> texts;
    texts.fill(std::string(export_header));
    for (const Row& row : rows) {
        texts.at(export_year(row)) += line(row);
    }
    texts[0].insert(0, "\xEF\xBB\xBF");
    texts[1] = in_windows_1252(texts[1]);
    std::vector<File> files;
    for (std::size_t i = 0; i < years.size(); ++i) {
        files.push_back({fmt::format("incidents-{}.csv", years.at(i)), std::move(texts.at(i))});
    }
    return files;
}

File rows_file(std::span<const Row> rows) {
    std::map<std::pair<std::size_t, Kind>, unsigned> counts;
    for (const Row& row : rows) {
        ++counts[{export_year(row), row.kind}];
    }
    std::string text = "file,kind,rows\n";
    for (const auto& [key, count] : counts) {
        text +=
            fmt::format("incidents-{}.csv,{},{}\n", years.at(key.first), name(key.second), count);
    }
    return {"rows.csv", text};
}

std::vector<File> street_files(const County& county, std::span<const Row> rows) {
    Random random(4);
    std::vector<File> files;
    for (const Month& month : street_months()) {
        files.push_back(street_file(county, rows, month, random));
    }
    return files;
}

} // namespace county
