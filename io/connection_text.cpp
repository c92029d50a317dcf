#include "io/connection_text.hpp"

#include "geo/error.hpp"

#include <fmt/core.h>
#include <regex>
#include <string_view>

namespace io {

namespace {

/// Where passwords stand: the first group is one, with its quotes.
const std::regex& password_pattern() {
    static const std::regex pattern(R"re(password\s*=\s*('(?:[^'\\]|\\.)*'|"[^"]*"|[^\s;&'"]+))re"
                                    R"re(|://[^/@:\s]*:([^/@\s]*)@)re",
                                    std::regex::icase);
    return pattern;
}

/// Where a schema is named: the second group is what stands there.
const std::regex& schema_pattern() {
    static const std::regex pattern(R"re((^PG:|\s)schemas\s*=\s*('[^']*'|[^\s]*))re",
                                    std::regex::icase);
    return pattern;
}

/// What stands for a password.
constexpr std::string_view stars = "***";

std::string with_stars(std::string text, std::string_view secret) {
    for (auto at = text.find(secret); !secret.empty() && at != std::string::npos;
         at = text.find(secret, at + stars.size())) {
        text.replace(at, secret.size(), stars);
    }
    return text;
}

/// The password of a match: of one way of writing it or the other.
std::ssub_match secret_of(const std::smatch& found) {
    return found[1].matched ? found[1] : found[2];
}

} // namespace

std::string without_password(const std::string& connection) {
    std::string text;
    auto from = connection.cbegin();
    std::smatch found;
    while (std::regex_search(from, connection.cend(), found, password_pattern())) {
        const std::string secret = secret_of(found).str();
        const bool hidden = secret.starts_with(stars); // in a message, with what follows it
        text.append(from, secret_of(found).first).append(hidden ? secret : stars);
        from = secret_of(found).second;
    }
    return text.append(from, connection.cend());
}

std::string without_password_of(const std::string& connection, std::string message) {
    std::smatch found;
    if (!std::regex_search(connection, found, password_pattern())) {
        return message;
    }
    const std::string secret = secret_of(found).str();
    message = with_stars(std::move(message), secret);
    const bool quoted = secret.size() > 2 && (secret.front() == '\'' || secret.front() == '"');
    return quoted ? with_stars(std::move(message), secret.substr(1, secret.size() - 2)) : message;
}

std::optional<std::string> schema_of(const std::string& connection) {
    std::smatch found;
    if (!std::regex_search(connection, found, schema_pattern())) {
        return std::nullopt;
    }
    std::string schema = found[2].str();
    if (schema.size() > 1 && schema.front() == '\'') {
        schema = schema.substr(1, schema.size() - 2);
    }
    static const std::regex plain("[a-z_][a-z0-9_]*");
    if (!std::regex_match(schema, plain)) {
        throw geo::Error(geo::ErrorKind::usage,
                         fmt::format("schemas={}: is no name of one schema; use small letters, "
                                     "digits and _, a letter first",
                                     schema));
    }
    return schema;
}

std::string without_schema(const std::string& connection) {
    return std::regex_replace(connection, schema_pattern(), "$1");
}

} // namespace io
