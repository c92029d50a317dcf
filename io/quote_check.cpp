#include "io/quote_check.hpp"

#include "geo/error.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>

namespace io {

namespace {

struct CloseFile {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

/// Follows the marks through a text that comes in blocks.
class QuoteFollower {
  public:
    void take(std::string_view block) {
        std::size_t done = 0;
        for (std::size_t mark = block.find('"'); mark != std::string_view::npos;
             mark = block.find('"', mark + 1)) {
            count_lines(block.substr(done, mark - done));
            done = mark;
            toggle();
        }
        count_lines(block.substr(done));
    }

    std::vector<std::string> finish() {
        if (open_) {
            throw geo::Error(
                geo::ErrorKind::input,
                fmt::format(
                    "line {}: a quotation mark opens a cell and is never closed, which hides the "
                    "rows after it; close or remove it",
                    opened_));
        }
        return std::move(warnings_);
    }

  private:
    void count_lines(std::string_view text) {
        line_ += static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    }

    void toggle() {
        constexpr std::uint64_t too_long = 20;
        if (open_ && line_ - opened_ > too_long) {
            warnings_.push_back(fmt::format(
                "line {}: a cell in quotation marks goes on for {} lines; if a stray mark "
                "began it, the rows in it are not read",
                opened_, line_ - opened_ + 1));
        }
        open_ = !open_;
        opened_ = line_;
    }

    std::vector<std::string> warnings_;
    std::uint64_t line_ = 1;
    std::uint64_t opened_ = 1;
    bool open_ = false;
};

} // namespace

std::vector<std::string> check_quotes(const std::string& dataset) {
    const std::unique_ptr<VSILFILE, CloseFile> file(VSIFOpenL(dataset.c_str(), "rb"));
    if (!file) {
        return {};
    }
    constexpr std::size_t block = 1 << 18;
    std::vector<char> buffer(block);
    QuoteFollower follower;
    while (const std::size_t read = VSIFReadL(buffer.data(), 1, block, file.get())) {
        follower.take({buffer.data(), read});
    }
    return follower.finish();
}

} // namespace io
