// fault_points: a library that is loaded before all others (LD_PRELOAD) and lets a fault happen at
// one exact point of a program's run.
//
// A point is a call of the C library by which something leaves the process: a write, a file made,
// renamed, removed or brought to the disk, a message to a database. Points are counted from 1, in
// the order in which they are reached, so that the same run has the same points. What the
// environment says:
//
//   FAULT_PROGRAM   the short name of the program that is meant; its children are left alone
//   FAULT_ACTION    `list`: appends the name of each point's call to the file FAULT_LIST
//                   `kill`: dies of SIGKILL before the call of point FAULT_AT
//                   `tear`: the same, but half of what is to be written there is written first
//                   `pause`: stops (SIGSTOP) before that call, until SIGCONT
//                   `drop`: at the first message to a database from that point on, its connection
//                   is lost
//   FAULT_NO_LINKS  set: symbolic links cannot be made (EPERM), as on FAT
//
// Built for tests only; needs Linux with glibc.

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

enum class Action { none, list, kill, tear, pause, drop };

/// What the environment asks for.
struct Task {
    Action action = Action::none;
    unsigned long at = 0;
    bool no_links = false;
    int list = -1;
};

Action action_of(const std::string& word) {
    return word == "list"    ? Action::list
           : word == "kill"  ? Action::kill
           : word == "tear"  ? Action::tear
           : word == "pause" ? Action::pause
           : word == "drop"  ? Action::drop
                             : Action::none;
}

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

Task read_task() {
    Task task;
    if (variable("FAULT_PROGRAM") != program_invocation_short_name) {
        return task;
    }
    task.action = action_of(variable("FAULT_ACTION"));
    task.at = std::strtoul(variable("FAULT_AT").c_str(), nullptr, 10);
    task.no_links = !variable("FAULT_NO_LINKS").empty();
    if (task.action == Action::list) {
        task.list = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, variable("FAULT_LIST").c_str(),
                                               O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    }
    return task;
}

const Task& task() {
    static const Task asked = read_task();
    return asked;
}

/// The C library's own function of that name.
template <typename Function>
Function* own(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

std::atomic<unsigned long> points{0};

/// What is about to be written at a point, if that is what it does.
struct Written {
    int file = -1;
    const void* bytes = nullptr;
    size_t size = 0;
    off64_t offset = -1; ///< where the file stands, if negative
};

void write_half(const Written& what) {
    if (what.file < 0) {
        return;
    }
    if (what.offset >= 0) {
        ::syscall(SYS_pwrite64, what.file, what.bytes, what.size / 2, what.offset);
    } else {
        ::syscall(SYS_write, what.file, what.bytes, what.size / 2);
    }
}

/// Counts the point and does what is asked for there.
void reach(const char* call, const Written& what = {}) {
    const Task& asked = task();
    if (asked.action == Action::none || asked.action == Action::drop) {
        return;
    }
    const unsigned long point = ++points;
    if (asked.action == Action::list) {
        const std::string line = std::string(call) + "\n";
        ::syscall(SYS_write, asked.list, line.data(), line.size());
    } else if (point == asked.at) {
        if (asked.action == Action::tear) {
            write_half(what);
        }
        ::kill(::getpid(), asked.action == Action::pause ? SIGSTOP : SIGKILL);
    }
}

/// Terminals and pipes are not what is to last.
bool lasts(int file) {
    return file > STDERR_FILENO && file != task().list;
}

/// libfaketime keeps its clock in shared memory of its own.
bool is_of_the_clock(int file) {
    std::array<char, 64> path{};
    const std::string name = "/proc/self/fd/" + std::to_string(file);
    const ssize_t length = ::readlink(name.c_str(), path.data(), path.size());
    return std::string(path.data(), length > 0 ? static_cast<size_t>(length) : 0)
        .starts_with("/dev/shm/faketime");
}

/// The C library's open or open64: a point of the run where it may make a file.
int opened(const char* function, const char* path, int flags, mode_t mode) {
    if ((flags & O_CREAT) != 0) {
        reach("create");
    }
    return own<int(const char*, int, ...)>(function)(path, flags, mode);
}

} // namespace

// NOLINTBEGIN: these are the C library's names and types.
extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
    if (lasts(file)) {
        reach("write", {file, bytes, size});
    }
    return own<ssize_t(int, const void*, size_t)>("write")(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
    reach("pwrite", {file, bytes, size, offset});
    return own<ssize_t(int, const void*, size_t, off_t)>("pwrite")(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset) {
    reach("pwrite", {file, bytes, size, offset});
    return own<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(file, bytes, size, offset);
}

ssize_t writev(int file, const struct iovec* parts, int count) {
    if (lasts(file)) {
        reach("writev");
    }
    return own<ssize_t(int, const struct iovec*, int)>("writev")(file, parts, count);
}

size_t fwrite(const void* bytes, size_t size, size_t count, FILE* stream) {
    if (stream != stdout && stream != stderr) {
        reach("fwrite");
    }
    return own<size_t(const void*, size_t, size_t, FILE*)>("fwrite")(bytes, size, count, stream);
}

ssize_t send(int file, const void* bytes, size_t size, int flags) {
    const bool is_drop = task().action == Action::drop && ++points >= task().at;
    if (is_drop) {
        ::shutdown(file, SHUT_RDWR);
    } else {
        reach("send", {file, bytes, size});
    }
    return own<ssize_t(int, const void*, size_t, int)>("send")(file, bytes, size, flags);
}

int fsync(int file) {
    reach("fsync");
    return own<int(int)>("fsync")(file);
}

int fdatasync(int file) {
    reach("fsync");
    return own<int(int)>("fdatasync")(file);
}

int ftruncate(int file, off_t size) {
    if (!is_of_the_clock(file)) {
        reach("ftruncate");
    }
    return own<int(int, off_t)>("ftruncate")(file, size);
}

int ftruncate64(int file, off64_t size) {
    reach("ftruncate");
    return own<int(int, off64_t)>("ftruncate64")(file, size);
}

int rename(const char* from, const char* to) {
    reach("rename");
    return own<int(const char*, const char*)>("rename")(from, to);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned how) {
    reach("rename");
    return own<int(int, const char*, int, const char*, unsigned)>("renameat2")(from_folder, from,
                                                                               to_folder, to, how);
}

int unlink(const char* path) {
    reach("unlink");
    return own<int(const char*)>("unlink")(path);
}

int remove(const char* path) {
    reach("unlink");
    return own<int(const char*)>("remove")(path);
}

int rmdir(const char* path) {
    reach("rmdir");
    return own<int(const char*)>("rmdir")(path);
}

int mkdir(const char* path, mode_t mode) {
    reach("mkdir");
    return own<int(const char*, mode_t)>("mkdir")(path, mode);
}

int symlink(const char* leads_to, const char* path) {
    reach("symlink");
    if (task().no_links) {
        errno = EPERM;
        return -1;
    }
    return own<int(const char*, const char*)>("symlink")(leads_to, path);
}

int open(const char* path, int flags, ...) {
    std::va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    std::va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return opened("open64", path, flags, mode);
}

FILE* fopen64(const char* path, const char* mode) {
    if (std::strpbrk(mode, "wa+") != nullptr) {
        reach("create");
    }
    return own<FILE*(const char*, const char*)>("fopen64")(path, mode);
}

} // extern "C"
// NOLINTEND
