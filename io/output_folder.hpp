#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>
#include <vector>

namespace io {

/// What to do where the output folder is there already.
enum class Existing { refuse, replace };

/// The files that this program writes into an output folder; no other file in one is ever deleted.
std::span<const std::string_view> published_names();

/// Removes our files from a folder, and the folder if nothing else is in it. Faults are let be.
void remove_published(const std::filesystem::path& folder);

/// An output folder in the making: a hidden folder beside the place it is meant for, renamed there
/// when everything is in it.
///
/// Until `commit` the old folder stays whole; a folder that is not committed leaves nothing behind.
/// `Existing::replace` swaps old and new in one step where the file system can (RENAME_EXCHANGE),
/// else in two; what is in the old folder and not ours moves over, old files of ours that the new
/// folder does not have are dropped, so nothing stale stands beside the new. A folder that cannot
/// be swapped (the working directory, a mount point, a folder whose parent may not be written) has
/// its files renamed into place one by one, manifest.json last. What a killed run left is removed
/// by the next one for the same place.
class OutputFolder {
  public:
    /// Makes the hidden folder, and missing parents.
    /// \throws geo::Error (usage) if `out` exists and `existing` is refuse; (input) if it is no
    /// folder or nothing can be written there.
    explicit OutputFolder(std::filesystem::path out, Existing existing = Existing::refuse);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Writes a file into the folder in the making.
    /// \throws geo::Error (input) if it cannot be written, for want of room for instance.
    void write(std::string_view name, std::string_view text) const;

    /// Where a library is to write a file of this name.
    std::filesystem::path building(std::string_view name) const { return hidden_ / name; }

    /// Brings all files to the disk, where a full one is noticed, and leaves the folder hidden:
    /// what remains for `commit` is a renaming. \throws geo::Error (input) if it cannot.
    void bring_to_disk() const;

    /// Brings all files to the disk and the folder into place. Once only.
    /// \throws geo::Error (input) if it cannot; the old files are whole then, unless they had to be
    /// replaced one by one.
    void commit();

    /// Where the folder will be, as it was given.
    const std::filesystem::path& path() const { return out_; }

  private:
    void make_parents();
    void make_hidden();
    std::error_code make_hidden_in(const std::filesystem::path& place);
    void remove_abandoned() const;
    void place_new();
    void replace_old();
    void move_one_by_one();
    void move_foreign_files() const;
    void discard() noexcept;

    std::filesystem::path out_;    ///< as given, for messages
    std::filesystem::path target_; ///< absolute, links resolved
    std::filesystem::path hidden_;
    std::vector<std::filesystem::path> made_parents_; ///< outermost first
    int lock_ = -1; ///< flock on the hidden folder: shows other runs that this one is alive
    bool replaces_ = false;
    bool hidden_is_new_ = true; ///< false once the hidden folder holds the old files
};

} // namespace io
