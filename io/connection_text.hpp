#pragma once

#include <string>

namespace io {

/// A connection string without its password, fit for messages and the manifest: `***` stands for
/// it, in either way of writing one ("password=..." and "postgresql://user:...@host"). Any other
/// text as it is.
std::string without_password(const std::string& connection);

/// `message` without the password of `connection`, wherever it stands in it.
std::string without_password_of(const std::string& connection, std::string message);

} // namespace io
