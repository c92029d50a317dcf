#include "io/file_text.hpp"

#include "io/gdal.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <fmt/core.h>
#include <memory>
#include <unistd.h>

namespace io {

namespace {

std::error_code last_fault() {
    return {errno, std::generic_category()};
}

/// A file descriptor that is closed once.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int number() const { return number_; }
    /// Network file systems report a failed write only here.
    std::error_code close() {
        const int closed = ::close(number_);
        number_ = -1;
        return closed == 0 ? std::error_code() : last_fault();
    }

  private:
    int number_;
};

std::error_code write_all(Descriptor& file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file.number(), text.data(), text.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return last_fault();
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.number()) != 0) {
        return last_fault();
    }
    return file.close();
}

std::string_view remedy(std::error_code fault) {
    switch (fault.value()) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "free some space or choose another folder";
    case EACCES:
    case EPERM:
    case EROFS:
        return "make the folder writable or choose another one";
    default:
        return "choose another folder";
    }
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); } // NOLINT(*-owning-memory)
};

geo::Error read_error(const std::filesystem::path& path, const std::string& reason) {
    return {geo::ErrorKind::input,
            fmt::format("{}: {}; check the path and its permissions", path.string(), reason)};
}

} // namespace

std::string read_text(const std::filesystem::path& path) {
    std::error_code unknown; // whether it can be opened shows below
    if (std::filesystem::is_directory(path, unknown)) {
        throw geo::Error(geo::ErrorKind::input,
                         fmt::format("{}: is a folder; name a file in it", path.string()));
    }
    const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
    if (!file) {
        throw read_error(path, last_fault().message());
    }
    std::string text;
    std::array<char, 65536> buffer{};
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
        text.append(buffer.data(), got);
    }
    if (std::ferror(file.get()) != 0) {
        throw read_error(path, last_fault().message());
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.erase(0, byte_order_mark.size());
    }
    return utf8_text(text);
}

std::error_code try_write(const std::filesystem::path& path, std::string_view text) {
    // O_EXCL: what is deleted after a failure is then surely a file made here.
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.number() < 0) {
        return last_fault();
    }
    const std::error_code fault = write_all(file, text);
    if (fault) {
        ::unlink(path.c_str());
    }
    return fault;
}

void write_text(const std::filesystem::path& path, std::string_view text) {
    if (const std::error_code fault = try_write(path, text)) {
        throw write_error(path, fault);
    }
}

void replace_text(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::path beside = path;
    beside.replace_filename(fmt::format(".{}.new", path.filename().string()));
    std::error_code fault;
    std::filesystem::remove(beside, fault); // what a killed run left
    fault = try_write(beside, text);
    if (!fault) {
        std::filesystem::rename(beside, path, fault);
    }
    if (fault) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        throw write_error(path, fault);
    }
}

geo::Error write_error(const std::filesystem::path& path, std::error_code fault) {
    return {geo::ErrorKind::input, fmt::format("{}: cannot be written: {}; {}", path.string(),
                                               fault.message(), remedy(fault))};
}

} // namespace io
