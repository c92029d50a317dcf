#pragma once

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace io {

/// Runs `work` in a child of this process and returns what it returns (0 to 100); 101 if it throws,
/// 102 if it dies otherwise. For what must not happen to the test program itself.
template <typename Work>
int in_child(const Work& work) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        int result = 101;
        try {
            result = work();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "in the child: %s\n", error.what());
        }
        std::_Exit(result);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 102;
}

/// As `in_child`, as a user to whom permissions apply; root gives its rights up first.
template <typename Work>
int as_ordinary_user(const Work& work) {
    return in_child([&] {
        if (::geteuid() == 0) {
            constexpr uid_t nobody = 65534;
            if (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0) {
                return 100;
            }
        }
        return work();
    });
}

} // namespace io
