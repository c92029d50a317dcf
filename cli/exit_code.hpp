#pragma once

#include "geo/error.hpp"

namespace cli {

/// What the program tells its caller (docs/operations and the man page list them for people).
enum class ExitCode : int {
    done = 0,
    bug = 1,
    usage = 2,
    input = 3,
    rule_broken = 4,
    refused = 5,
    locked = 75,
};

constexpr ExitCode exit_code(geo::ErrorKind kind) {
    switch (kind) {
    case geo::ErrorKind::usage:
        return ExitCode::usage;
    case geo::ErrorKind::input:
        return ExitCode::input;
    case geo::ErrorKind::refused:
        return ExitCode::refused;
    case geo::ErrorKind::locked:
        return ExitCode::locked;
    }
    return ExitCode::bug;
}

} // namespace cli
