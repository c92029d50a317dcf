#include "cli/command_report.hpp"

#include "cli/steps.hpp"
#include "cli/summary.hpp"
#include "geo/error.hpp"
#include "io/file_text.hpp"
#include "io/pdf_printer.hpp"
#include "io/report_json.hpp"
#include "io/report_page.hpp"
#include "io/sheets_writer.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace cli {

namespace {

namespace fs = std::filesystem;

/// What was made, for people and programs.
struct Made {
    std::vector<std::string> files;
    std::size_t sheets = 0;
};

/// The data of the folder, with the background map of the settings where they have one.
io::ReportData data_of(const Settings& settings, const fs::path& folder) {
    io::ReportData data = io::read_report_of(folder);
    if (settings.tile_url) {
        data.tiles = {*settings.tile_url, settings.tile_attribution.value_or("")};
    }
    return data;
}

/// Everything is made before the first file is written, so that a fault leaves the folder as it
/// was.
Made make_files(const Settings& settings, const fs::path& folder, const io::ReportData& data) {
    Made made;
    const std::string page = io::report_html(data);
    std::optional<io::Sheets> sheets;
    if (settings.sheets || settings.pdf) {
        sheets = io::patrol_sheets(data, {settings.sheets_from, settings.sheets_days});
        made.sheets = sheets->pages;
    }
    const auto write = [&](const char* name, const std::string& text) {
        io::replace_text(folder / name, text);
        made.files.push_back((folder / name).string());
    };
    write("report.html", page);
    if (sheets) {
        write("sheets.html", sheets->html);
    }
    if (settings.pdf) {
        io::print_pdf(folder / "sheets.html", folder / "sheets.pdf");
        made.files.push_back((folder / "sheets.pdf").string());
    }
    return made;
}

std::string text_of(const Made& made) {
    std::string text;
    if (made.sheets > 0) {
        text += fmt::format("{} patrol sheet{}, a page each\n", grouped(made.sheets),
                            made.sheets == 1 ? "" : "s");
    }
    text += "Open\n";
    for (const std::string& file : made.files) {
        text += fmt::format("  {}\n", file);
    }
    return text;
}

std::string json_of(const Made& made) {
    const nlohmann::ordered_json json{
        {"program", "patrolzones"}, {"files", made.files}, {"sheets", made.sheets}};
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace

ExitCode run_report(const Settings& settings) {
    Stopwatch watch;
    const fs::path folder = required(settings.from_out, "from-out");
    const io::ReportData data = watch.time("read", [&] { return data_of(settings, folder); });
    const Made made = watch.time("write", [&] { return make_files(settings, folder, data); });
    print(settings, {{}, text_of(made), json_of(made)}, watch);
    return ExitCode::done;
}

} // namespace cli
