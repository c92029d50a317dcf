#include "schedule/unit.hpp"

namespace schedule {

double usual_speed_kmh(Mode mode) {
    switch (mode) {
    case Mode::foot:
        return 5;
    case Mode::bicycle:
        return 12;
    case Mode::vehicle:
        return 25;
    }
    return 5;
}

} // namespace schedule
