#include "cli/parse.hpp"
#include "geo/error.hpp"
#include "io/connection_text.hpp"

#include <exception>
#include <iostream>
#include <string>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

/// Lets large blocks go back to the system when they are freed. Left to itself the C library keeps
/// blocks of up to 32 MB once some were freed, which for a whole country is hundreds of megabytes.
void give_memory_back() {
#ifdef __GLIBC__
    constexpr int one_megabyte = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, one_megabyte);
#endif
}

} // namespace

int main(int count, char** words) {
    give_memory_back();
    try {
        const std::vector<std::string> line(words + 1, words + count);
        const cli::Parsed parsed = cli::parse(line);
        if (const auto* text = std::get_if<std::string>(&parsed)) {
            std::cout << *text;
            return 0;
        }
        const auto& call = std::get<cli::Call>(parsed);
        const cli::ExitCode done = call.command->run(call.settings);
        if (!std::cout.flush()) {
            throw geo::Error(geo::ErrorKind::input,
                             "what was printed could not be written; check where stdout goes");
        }
        return static_cast<int>(done);
    } catch (const geo::Error& error) {
        std::cerr << "patrolzones: " << io::without_password(error.what()) << '\n';
        return static_cast<int>(cli::exit_code(error.kind()));
    } catch (const std::exception& bug) {
        std::cerr << "patrolzones: this is a bug, please report it: " << bug.what() << '\n';
        return static_cast<int>(cli::ExitCode::bug);
    }
}
