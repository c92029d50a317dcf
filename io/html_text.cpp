#include "io/html_text.hpp"

#include "io/checksum.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

namespace io {

namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

template <typename Replacements>
std::string replaced(std::string_view text, const Replacements& replacements) {
    std::string result;
    result.reserve(text.size() + text.size() / 16);
    while (!text.empty()) {
        const auto found = std::ranges::find_if(
            replacements, [&](const Replacement& r) { return text.starts_with(r.first); });
        if (found == replacements.end()) {
            result += text.front();
            text.remove_prefix(1);
        } else {
            result += found->second;
            text.remove_prefix(found->first.size());
        }
    }
    return result;
}

/// RFC 4648, of the bytes that hexadecimal digits stand for.
std::string base64_of_hexadecimal(std::string_view digits) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t digits_a_group = 6; // 24 bits: four letters
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += digits_a_group) {
        std::string group(digits.substr(i, digits_a_group));
        const std::size_t letters = group.size() * 4 / digits_a_group + (group.size() < 6 ? 1 : 0);
        group.resize(digits_a_group, '0');
        std::uint32_t bits = 0;
        std::from_chars(group.data(), group.data() + group.size(), bits, 16);
        for (unsigned letter = 0; letter < 4; ++letter) {
            text += letter < letters ? alphabet[(bits >> (18U - 6U * letter)) & 63U] : '=';
        }
    }
    return text;
}

} // namespace

std::string html_escaped(std::string_view text) {
    static constexpr std::array<Replacement, 5> replacements{
        {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}}};
    return replaced(text, replacements);
}

std::string script_safe_json(std::string_view json) {
    static constexpr std::array<Replacement, 5> replacements{{{"<", "\\u003c"},
                                                              {">", "\\u003e"},
                                                              {"&", "\\u0026"},
                                                              {"\xE2\x80\xA8", "\\u2028"},
                                                              {"\xE2\x80\xA9", "\\u2029"}}};
    return replaced(json, replacements);
}

std::string filled(std::string_view page, std::span<const Filling> fillings) {
    std::string text;
    for (std::size_t at = 0;;) {
        const std::size_t open = page.find("{{", at);
        text += page.substr(at, open - at);
        if (open == std::string_view::npos) {
            return text;
        }
        const std::size_t close = page.find("}}", open);
        const std::string_view name = page.substr(open + 2, close - open - 2);
        const auto found = std::ranges::find(fillings, name, &Filling::first);
        if (found == fillings.end()) {
            throw std::logic_error(fmt::format("a page has a place '{}' that nobody fills", name));
        }
        text += found->second;
        at = close + 2;
    }
}

std::string policy_hash(std::string_view text) {
    return fmt::format("'sha256-{}'", base64_of_hexadecimal(sha256_of_text(text)));
}

} // namespace io
