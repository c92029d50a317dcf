#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace io {

/// One offence that counts as serious violence, under every code or text it is written with.
struct DefinedOffence {
    std::string name;                    ///< label for people
    std::vector<std::string> codes;      ///< class codes, normalised ("8N", "4.1")
    std::vector<std::string> categories; ///< texts, normalised ("violence and sexual offences")
    double weight = 1;                   ///< its share of every sum of weights; positive
};

/// What counts as serious violence: the analyst's own table.
struct OffenceDefinition {
    std::string name;                         ///< for messages and the manifest
    std::optional<std::string> warning;       ///< printed whenever the definition is used
    std::vector<DefinedOffence> offences;     ///< gravest first
    std::vector<std::string> status_left_out; ///< patterns of statuses that cancel a row
    std::vector<std::string>
        domestic_left_out; ///< patterns of the domestic marker that leave a row out
    std::vector<std::string>
        location_types_left_out; ///< patterns of location types that leave a row out
    std::vector<std::string>
        patrol_generated; ///< patterns or class codes (matches_offence) of other offences that
                          ///< patrols bring about, so that they say where officers were: they lend
                          ///< no strength to the forecast
};

/// Serious rows to leave out, besides those that the definition leaves out.
struct RowFilters {
    std::vector<std::string> domestic;       ///< patterns (matches_any) of the domestic marker
    std::vector<std::string> location_types; ///< likewise of the type of location
};

/// The usual ways of marking a row as domestic.
const std::vector<std::string>& usual_domestic_markers();

/// Reads a definition (docs/formats/definition.md).
///
/// \param name how to call it where the text gives no `name`.
/// \throws geo::Error (usage) with line and remedy if the text is no definition.
OffenceDefinition parse_definition(std::string_view toml, const std::string& name);

/// Reads a definition file. \throws geo::Error (usage) if it is missing or wrong.
OffenceDefinition read_definition(const std::string& path);

/// The definition for data.police.uk categories that is used where none is given
/// (samples/definitions/data-police-uk.toml).
const OffenceDefinition& data_police_uk_definition();

/// The definition for files without an offence column: every row counts, with weight 1.
const OffenceDefinition& any_offence_definition();

/// A recorded-crime class code in one form: upper case, `/` written `.`, no blanks, no leading
/// zeros in either part, so that "004/1" and "4.1", or "8n" and "008N", are equal. "4.1" and "4.10"
/// stay different.
std::string normal_code(std::string_view code);

/// Whether the class `wider` is `code` or holds it: "92" holds "92A", "92.65" and "92" itself, not
/// "921"; "4.1" does not hold "4.10". Both as normal_code makes them.
bool covers_class(std::string_view wider, std::string_view code);

/// A text in lower case, with its blanks squeezed into one and trimmed.
std::string normal_text(std::string_view text);

/// Whether `text` matches one of the patterns: letter case and outer blanks ignored, `*` standing
/// for any text.
bool matches_any(std::string_view text, const std::vector<std::string>& patterns);

/// Whether an offence's text matches one of the patterns: as matches_any, or by the class code that
/// it starts with where a pattern is a class code ("92" matches "92/65" and "092A Trafficking").
bool matches_offence(std::string_view text, const std::vector<std::string>& patterns);

/// Finds offences of a definition by the text of a column; remembers each text it has seen.
///
/// A column matches by its whole text (as a category), its whole text as a class code, or the class
/// code that it starts with ("8N Assault with injury"). Not for use from two threads at once.
class OffenceLookup {
  public:
    /// \param definition must outlive the lookup.
    explicit OffenceLookup(const OffenceDefinition& definition);

    /// One way of writing one of the offences.
    struct Match {
        std::uint16_t offence = 0; ///< index into OffenceDefinition::offences
        std::uint16_t written =
            0; ///< which of all codes and categories of the definition, gravest first
    };

    /// Nothing if the definition does not hold the offence.
    std::optional<Match> find(std::string_view text);

  private:
    std::optional<Match> look_up(std::string_view text) const;

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>()(text);
        }
    };
    std::unordered_map<std::string, Match> by_code_;
    std::unordered_map<std::string, Match> by_category_;
    std::unordered_map<std::string, std::optional<Match>, TextHash, std::equal_to<>> seen_;
};

} // namespace io
