#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace io {

/// The folder in which a refresh publishes: a folder for each night, and `current`, which is always
/// one whole night.
///
/// `current` is a symbolic link that is replaced by rename(2); where links cannot be made, a folder
/// that is exchanged with the new night's in one step (RENAME_EXCHANGE), so that its name leads to
/// the new night and the old one stands under its own. A reader who goes by `current` sees the old
/// night or the new one, never a mix.
class Nights {
  public:
    explicit Nights(std::filesystem::path published) : published_(std::move(published)) {}

    /// "2026-11-25-run12": the name of a night's folder.
    static std::string name(const std::string& day, std::uint64_t run);

    std::filesystem::path folder(const std::string& night) const { return published_ / night; }
    std::filesystem::path current_folder() const { return published_ / "current"; }

    /// The night that `current` is, or nothing.
    std::optional<std::string> current() const;

    /// Makes `current` that night, which is there and whole. Doing it twice changes nothing.
    /// \throws geo::Error (input); `current` is then what it was.
    void make_current(const std::string& night) const;

    /// The number of the run that a night is named after; nothing for other names.
    static std::optional<std::uint64_t> run_of(const std::string& night);

    /// The highest number of a run that any night here is named after, the current one included; 0
    /// where there is none.
    std::uint64_t newest_run() const;

    /// Sets right what a killed run left: folders in the making or half removed go, and so does a
    /// night that was built but never came out, which is one after both `last_run` and the current
    /// night. To be called by the one run at work here. Faults are left for the next night.
    ///
    /// \param last_run the last one in the store, 0 for none.
    void clear_unfinished(std::uint64_t last_run) const;

    /// Removes the oldest nights beyond the newest `count`, never the current one. A night goes in
    /// one step; files that are not ours stay, with their folder. Faults are left for the next
    /// night.
    void keep(unsigned count) const;

    /// The file in a night's folder that says which night it is.
    static constexpr const char* name_file = "night.txt";

  private:
    /// Folders of nights by their names, but for `current`; hidden ones are others.
    std::vector<std::string> nights() const;
    void remove(const std::string& night) const;
    void give_back_name(const std::string& night) const;

    std::filesystem::path published_;
};

} // namespace io
