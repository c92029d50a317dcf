#pragma once

#include "geo/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace io {

/// The message of the error of that kind that `work` must end with.
template <typename Work>
std::string error_text(geo::ErrorKind kind, const Work& work) {
    try {
        work();
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), kind) << error.what();
        return error.what();
    }
    ADD_FAILURE() << "no error";
    return "";
}

} // namespace io
