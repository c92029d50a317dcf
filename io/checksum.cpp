#include "io/checksum.hpp"

#include "geo/error.hpp"

#include <array>
#include <fmt/core.h>
#include <fstream>
#include <memory>
#include <openssl/evp.h>

namespace io {

namespace {

struct FreeDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// SHA-256 fed piece by piece.
class Sha256 {
  public:
    Sha256() : context_(EVP_MD_CTX_new()) {
        check(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
    }

    void add(std::string_view bytes) {
        check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
    }

    std::string hexadecimal() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned int length = 0;
        check(EVP_DigestFinal_ex(context_.get(), digest.data(), &length) == 1);
        std::string text;
        for (unsigned int i = 0; i < length; ++i) {
            text += fmt::format("{:02x}", digest[i]);
        }
        return text;
    }

  private:
    static void check(bool worked) {
        if (!worked) {
            throw geo::Error(geo::ErrorKind::input,
                             "OpenSSL offers no SHA-256 here; check its configuration");
        }
    }

    std::unique_ptr<EVP_MD_CTX, FreeDigest> context_;
};

} // namespace

std::string sha256_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    Sha256 sum;
    std::array<char, 1U << 16U> buffer{};
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        sum.add({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (!file.eof()) { // not opened, a folder, or a disk at fault: eof is never reached
        throw geo::Error(
            geo::ErrorKind::input,
            fmt::format("{}: cannot be read; check the path and its permissions", path.string()));
    }
    return sum.hexadecimal();
}

std::string sha256_of_text(std::string_view text) {
    Sha256 sum;
    sum.add(text);
    return sum.hexadecimal();
}

} // namespace io
