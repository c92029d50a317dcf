#pragma once

#include <optional>
#include <string>

namespace io {

/// A connection string without its password, fit for messages and the manifest: `***` stands for
/// it, in either way of writing one ("password=..." and "postgresql://user:...@host"). Any other
/// text as it is.
std::string without_password(const std::string& connection);

/// `message` without the password of `connection`, wherever it stands in it.
std::string without_password_of(const std::string& connection, std::string message);

/// The schema that a connection string of GDAL's PostgreSQL driver names ("PG:dbname=vrn
/// schemas=gis"); nothing where it names none.
/// \throws geo::Error (usage) if it is not one name of small letters, digits and _, which needs no
/// quotes anywhere.
std::optional<std::string> schema_of(const std::string& connection);

/// The connection string without the schema that it names.
std::string without_schema(const std::string& connection);

} // namespace io
