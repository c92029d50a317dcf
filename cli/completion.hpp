#pragma once

#include <string>

namespace cli {

/// The text of the bash completion: commands, each one's options, the words of choices, files where
/// an option takes a path. Made of the tables, so that it knows what the program knows; needs no
/// other package in the user's shell.
std::string bash_completion();

} // namespace cli
