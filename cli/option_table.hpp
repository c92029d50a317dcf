#pragma once

#include "cli/settings.hpp"
#include "io/manifest_writer.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The commands that an option belongs to, as a set of bits.
using CommandSet = unsigned;
inline constexpr CommandSet for_run = 1U << 0U;
inline constexpr CommandSet for_check = 1U << 1U;
inline constexpr CommandSet for_zones = 1U << 2U;
inline constexpr CommandSet for_schedule = 1U << 3U;
inline constexpr CommandSet for_verify = 1U << 4U;
inline constexpr CommandSet for_init = 1U << 5U;
inline constexpr CommandSet for_evaluate = 1U << 6U;
inline constexpr CommandSet for_compliance = 1U << 9U;
inline constexpr CommandSet for_refresh = 1U << 8U;
inline constexpr CommandSet for_adopt = 1U << 10U;
inline constexpr CommandSet for_report = 1U << 7U;

/// How many words an option takes.
enum class Arity { flag, one, many };

/// What the words are, which decides how a configuration file may write them.
enum class Words { plain, path };

/// One thing that can be set: on the command line as `--name`, in the configuration as `key`.
///
/// Command line, configuration, help and manifest all come from this table, so they cannot
/// disagree.
struct Option {
    std::string_view name;        ///< "top-wards"; empty where only the configuration has it
    std::string_view key;         ///< "top_wards", "incidents.crs"
    std::string_view placeholder; ///< "N"; empty for a flag
    std::string_view help;
    std::string_view group; ///< heading in the help
    Arity arity = Arity::one;
    Words words = Words::plain;
    CommandSet commands = 0;
    std::vector<std::string_view> choices = {}; ///< the words that it takes, where they are few
    /// Reads the words into the settings. \throws geo::Error (usage) with value and remedy.
    std::function<void(Settings&, const std::vector<std::string>&)> set;
    /// The value in force, for the manifest.
    std::function<io::OptionValue(const Settings&)> get;
};

/// All options, in the order of the help and the manifest.
std::span<const Option> option_table();

/// The option with this configuration key, or null.
const Option* option_by_key(std::string_view key);

/// The options in force, for the manifest: every one that belongs to `command`.
std::vector<io::EffectiveOption> effective_options(const Settings& settings, CommandSet command);

/// Those of them that the audience of the settings may be told. Beyond the force these are a few
/// that say how zones and plan were made: no path, no column, no place, and not the least count of
/// a zone, which bounds the counts that are withheld.
std::vector<io::EffectiveOption> told_options(const Settings& settings, CommandSet command);

} // namespace cli
