// plain_loop FILE...: GDAL's plain loop over every row of each file, one thread, nothing else. What
// `run` is measured by.

#include <gdal.h>
#include <ogr_api.h>

#include <cstdio>

int main(int count, char** words) {
    GDALAllRegister();
    long rows = 0;
    for (int i = 1; i < count; ++i) {
        GDALDatasetH data = GDALOpenEx(words[i], GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
        if (data == nullptr) {
            return 1;
        }
        for (int j = 0; j < GDALDatasetGetLayerCount(data); ++j) {
            OGRLayerH layer = GDALDatasetGetLayer(data, j);
            while (OGRFeatureH feature = OGR_L_GetNextFeature(layer)) {
                OGR_F_Destroy(feature);
                ++rows;
            }
        }
        GDALClose(data);
    }
    std::printf("%ld rows\n", rows);
}
