#include "cluster/method.hpp"

namespace cluster {

std::string_view code(Method method) {
    switch (method) {
    case Method::zones:
        return "zones";
    case Method::flat_year:
        return "flat_year";
    case Method::last_period:
        return "last_period";
    case Method::incidents:
        return "incidents";
    case Method::kernel_peaks:
        return "kernel_peaks";
    case Method::dbscan:
        return "dbscan";
    case Method::k_means:
        return "k_means";
    case Method::grid_150:
        return "grid_150";
    case Method::grid_300:
        return "grid_300";
    case Method::random:
        return "random";
    case Method::hindsight:
        return "hindsight";
    }
    return "";
}

} // namespace cluster
