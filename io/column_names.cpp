#include "io/column_names.hpp"

#include "io/gdal.hpp"
#include "io/table_reader.hpp"

#include "geo/error.hpp"

#include <ogr_api.h>

namespace io {

std::vector<std::string> column_names(const SourcePart& part) {
    return geo::within(part.name, [&] {
        const DatasetHandle dataset = open_vector(part.dataset);
        auto* layer = static_cast<OGRLayerH>(layer_or_first(dataset, part.layer.value_or("")));
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
        std::vector<std::string> names;
        const int count = OGR_FD_GetFieldCount(definition);
        names.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            names.push_back(utf8_text(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i))));
        }
        return names;
    });
}

} // namespace io
