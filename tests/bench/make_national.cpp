// make_national FOLDER ROWS WARDS [FILES]: writes wards.gpkg and FILES CSV files of incidents, as
// large as a whole country: a tiling of WARDS polygons laid out as wide as Great Britain on
// EPSG:27700, and ROWS incidents in them, two in three near one of a few places of their ward. The
// same every time.

#include "samples/county/random.hpp"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int side = 5'200; // metres: 8,400 wards of 27 km2 make 227,000 km2
constexpr int west = 100'000;
constexpr int south = 20'000;

struct Corner {
    int x = 0;
    int y = 0;
};

/// The tiling: a grid whose corners are moved by up to a quarter of a side, `columns` wide.
class Tiling {
  public:
    explicit Tiling(int wards)
        : columns_(std::max(1, static_cast<int>(std::sqrt(wards * 0.55)))), wards_(wards) {}

    int wards() const { return wards_; }

    /// The corner of column and row, the same from each of its four tiles.
    Corner corner(int column, int row) const {
        county::Random random(static_cast<std::uint64_t>(row) * 100'003U +
                              static_cast<std::uint64_t>(column) + 1U);
        return {west + column * side + random.between(-side / 4, side / 4),
                south + row * side + random.between(-side / 4, side / 4)};
    }

    std::vector<Corner> ring(int ward) const {
        const int column = ward % columns_;
        const int row = ward / columns_;
        return {corner(column, row), corner(column + 1, row), corner(column + 1, row + 1),
                corner(column, row + 1), corner(column, row)};
    }

    /// A place that lies in the ward whatever its corners are.
    Corner middle(int ward) const {
        return {west + ward % columns_ * side + side / 2,
                south + ward / columns_ * side + side / 2};
    }

  private:
    int columns_;
    int wards_;
};

std::string code(int ward) {
    char text[16];
    std::snprintf(text, sizeof text, "E05%06d", ward);
    return text;
}

void write_wards(const Tiling& tiling, const std::string& path) {
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    GDALDatasetH data = GDALCreate(driver, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    OGRSpatialReferenceH grid = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(grid, 27700);
    OGRLayerH layer = GDALDatasetCreateLayer(data, "wards", grid, wkbPolygon, nullptr);
    for (const char* name : {"WD24CD", "WD24NM"}) {
        OGRFieldDefnH field = OGR_Fld_Create(name, OFTString);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    GDALDatasetStartTransaction(data, 0);
    for (int ward = 0; ward < tiling.wards(); ++ward) {
        OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
        for (const Corner& corner : tiling.ring(ward)) {
            OGR_G_AddPoint_2D(ring, corner.x, corner.y);
        }
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        OGR_G_AddGeometryDirectly(polygon, ring);
        OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
        OGR_F_SetFieldString(feature, 0, code(ward).c_str());
        OGR_F_SetFieldString(feature, 1, ("Ward " + std::to_string(ward)).c_str());
        OGR_F_SetGeometryDirectly(feature, polygon);
        if (OGR_L_CreateFeature(layer, feature) != OGRERR_NONE) {
            throw std::runtime_error("cannot write " + path);
        }
        OGR_F_Destroy(feature);
    }
    GDALDatasetCommitTransaction(data);
    OSRDestroySpatialReference(grid);
    GDALClose(data);
}

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

/// Within what a ward surely holds: its middle, half a side each way.
int kept_inside(int offset) {
    constexpr int most = side / 4 - 1;
    return std::max(-most * 1000, std::min(most * 1000, offset));
}

/// Wards differ in how much happens in them: a few hold many times the mean.
int busy_ward(int wards, county::Random& random) {
    const double draw = static_cast<double>(random.below(1'000'000)) / 1e6;
    return static_cast<int>(std::pow(draw, 1.6) * wards);
}

/// One incident: offsets from the middle of its ward in millimetres.
Corner place_in(int ward, county::Random& random) {
    if (random.in_hundred(33)) {
        return {random.between(-side * 250, side * 250), random.between(-side * 250, side * 250)};
    }
    county::Random of_ward(static_cast<std::uint64_t>(ward) * 11U + random.below(6));
    const int x = of_ward.between(-side * 220, side * 220);
    const int y = of_ward.between(-side * 220, side * 220);
    const auto spread = [&] {
        return random.between(-90'000, 90'000) + random.between(-90'000, 90'000);
    };
    return {x + spread(), y + spread()};
}

/// The rows `first` to `last` (without it) of the country.
struct Part {
    long first = 0;
    long last = 0;
};

void write_incidents(const Tiling& tiling, const std::string& path, const Part& part) {
    county::Random random(static_cast<std::uint64_t>(part.first) + 1U);
    const File file(std::fopen(path.c_str(), "w"));
    if (!file) {
        throw std::runtime_error("cannot write " + path);
    }
    std::fputs("Incident Ref,HO Class,Date From,Easting,Northing\n", file.get());
    for (long row = part.first; row < part.last; ++row) {
        const int ward = busy_ward(tiling.wards(), random);
        const Corner middle = tiling.middle(ward);
        const Corner offset = place_in(ward, random);
        std::fprintf(file.get(), "N%09ld,8N,%04d-%02d-%02d %02d:%02d,%.3f,%.3f\n", row,
                     2023 + random.between(0, 1), random.between(1, 12), random.between(1, 28),
                     random.between(0, 23), random.between(0, 59),
                     middle.x + kept_inside(offset.x) / 1000.0,
                     middle.y + kept_inside(offset.y) / 1000.0);
    }
}

void make(const std::string& folder, long rows, int wards, int files) {
    std::filesystem::create_directories(folder);
    const Tiling tiling(wards);
    write_wards(tiling, folder + "/wards.gpkg");
    for (int i = 0; i < files; ++i) {
        write_incidents(tiling, folder + "/incidents-" + std::to_string(100 + i) + ".csv",
                        {rows * i / files, rows * (i + 1) / files});
    }
}

} // namespace

int main(int count, char** words) {
    if (count < 4) {
        std::fputs("make_national FOLDER ROWS WARDS [FILES]\n", stderr);
        return 2;
    }
    try {
        GDALAllRegister();
        make(words[1], std::atol(words[2]), std::atoi(words[3]),
             count > 4 ? std::atoi(words[4]) : 8);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "make_national: %s\n", error.what());
        return 1;
    }
}
