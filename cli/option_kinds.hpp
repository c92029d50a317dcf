#pragma once

#include "cli/option_table.hpp"
#include "geo/time_zone.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

// The kinds of option there are: how each reads its words and shows its value. Only for
// the files of options (option_groups.hpp).

namespace cli {

using Texts = std::vector<std::string>;

/// \throws geo::Error (usage): "'abc' is not a number".
[[noreturn]] void refuse(std::string_view text, std::string_view wanted);

/// \throws geo::Error (usage): "'abc' is not one of a, b, c", with the nearest of them.
[[noreturn]] void refuse_choice(std::string_view text, const std::vector<std::string_view>& words);

/// A number with decimals, both bounds included.
/// \throws geo::Error (usage) if the text is anything else; so do the readers below.
double number(const std::string& text, double least, double most);
/// A calendar day.
geo::Day day(const std::string& text);
/// "true" or "false".
bool yes_or_no(const std::string& text);
/// The name of a CRS that PROJ knows, as it was given.
std::string crs_name(const std::string& text);

template <typename Number>
Number whole_number(const std::string& text, Number least) {
    Number value{};
    const char* end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, value);
    if (fault != std::errc() || stop != end || value < least) {
        refuse(text, "a whole number from " + std::to_string(least) + " to " +
                         std::to_string(std::numeric_limits<Number>::max()));
    }
    return value;
}

/// One of the words of a choice.
template <typename Value, std::size_t N>
Value one_of(const std::string& text,
             const std::array<std::pair<std::string_view, Value>, N>& choices) {
    std::vector<std::string_view> words;
    for (const auto& [word, value] : choices) {
        if (text == word) {
            return value;
        }
        words.push_back(word);
    }
    refuse_choice(text, words);
}

template <typename Value, std::size_t N>
std::string word_of(Value value, const std::array<std::pair<std::string_view, Value>, N>& choices) {
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const auto& choice) { return choice.second == value; });
    return std::string(found->first);
}

// Ready-made pairs of set and get for the usual kinds of member. `at` finds the member in the
// settings; it is a generic lambda so that one serves for writing and for reading.

io::OptionValue shown(const std::string& text);
io::OptionValue shown(const std::optional<std::string>& text);
io::OptionValue shown(const std::optional<geo::Day>& value);

template <typename At>
Option text_option(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) { at(s) = words.front(); };
    option.get = [at](const Settings& s) { return shown(at(s)); };
    return option;
}

/// The name of a CRS, known to PROJ.
template <typename At>
Option crs_option(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) { at(s) = crs_name(words.front()); };
    option.get = [at](const Settings& s) { return shown(at(s)); };
    return option;
}

template <typename At>
Option day_option(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) { at(s) = day(words.front()); };
    option.get = [at](const Settings& s) { return shown(at(s)); };
    return option;
}

template <typename At>
Option flag_option(Option option, At at) {
    option.arity = Arity::flag;
    option.set = [at](Settings& s, const Texts& words) {
        at(s) = words.empty() || yes_or_no(words.front());
    };
    option.get = [at](const Settings& s) { return io::OptionValue(at(s)); };
    return option;
}

template <typename At>
Option count_option(Option option, At at, unsigned least) {
    using Number = std::remove_reference_t<decltype(at(std::declval<Settings&>()))>;
    option.set = [at, least](Settings& s, const Texts& words) {
        at(s) = whole_number<Number>(words.front(), static_cast<Number>(least));
    };
    option.get = [at](const Settings& s) {
        return io::OptionValue(static_cast<std::int64_t>(at(s)));
    };
    return option;
}

/// `std::chrono` lengths, set in whole units of their own.
template <typename At>
Option duration_option(Option option, At at, int least) {
    using Length = std::remove_reference_t<decltype(at(std::declval<Settings&>()))>;
    option.set = [at, least](Settings& s, const Texts& words) {
        at(s) = Length(whole_number<int>(words.front(), least));
    };
    option.get = [at](const Settings& s) {
        return io::OptionValue(static_cast<std::int64_t>(at(s).count()));
    };
    return option;
}

template <typename At>
Option metres_option(Option option, At at) {
    option.set = [at](Settings& s, const Texts& words) {
        at(s) = geo::Metres(number(words.front(), 1, 5000));
    };
    option.get = [at](const Settings& s) { return io::OptionValue(at(s).value()); };
    return option;
}

template <typename At, typename Choices>
Option choice_option(Option option, At at, const Choices& choices) {
    std::transform(choices.begin(), choices.end(), std::back_inserter(option.choices),
                   [](const auto& choice) { return choice.first; });
    option.set = [at, &choices](Settings& s, const Texts& words) {
        at(s) = one_of(words.front(), choices);
    };
    option.get = [at, &choices](const Settings& s) {
        return io::OptionValue(word_of(at(s), choices));
    };
    return option;
}

} // namespace cli
