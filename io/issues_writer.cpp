#include "io/issues_writer.hpp"

#include "io/csv_text.hpp"

#include <vector>

namespace io {

std::string issues_csv(std::span<const Issue> issues, std::span<const std::string> files) {
    std::string text = "file,line,column,reason,action,rows\n";
    for (const Issue& issue : issues) {
        text += csv_row(std::vector<std::string>{
            spreadsheet_safe(files[issue.file]), issue.line > 0 ? std::to_string(issue.line) : "",
            spreadsheet_safe(issue.column), std::string(code(issue.reason)),
            std::string(code(action(issue.reason))), std::to_string(issue.rows)});
    }
    return text;
}

} // namespace io
