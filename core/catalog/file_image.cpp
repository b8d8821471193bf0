// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/file_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "catalog/schema.h"

namespace deepvm::catalog {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

constexpr std::size_t header_size = 100;
constexpr std::uintmax_t largest = 1U << 30U;  // tens of millions of offers

using Bytes = std::span<const unsigned char>;

// Header fields are big-endian (sqlite.org/fileformat.html, section 1.3).
std::uint32_t header_field(Bytes header, std::size_t offset, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8U | header[offset + i];
    return value;
}

// `header` is the beginning of a file of `size` bytes, all of it if it is shorter than header_size.
base::Result<void> check_header(const fs::path& file, Bytes header, std::uintmax_t size) {
    constexpr std::string_view magic{"SQLite format 3\0", 16};
    if (header.empty()) return refuse_catalog(ErrorCode::damaged, file, "the file is empty");
    if (std::memcmp(header.data(), magic.data(), std::min(header.size(), magic.size())) != 0)
        return refuse_catalog(ErrorCode::damaged, file, "is not a DeepVM catalog (not a SQLite file)");
    if (header.size() < header_size) return refuse_catalog(ErrorCode::damaged, file, "is cut off");
    const auto page_size = header_field(header, 16, 2);
    const auto whole = std::uint64_t{page_size == 1 ? 65536 : page_size} * header_field(header, 28, 4);
    if (size < whole)
        return refuse_catalog(ErrorCode::damaged, file,
                              fmt::format("is cut off after {} of {} bytes", size, whole));
    if (header_field(header, 68, 4) != static_cast<std::uint32_t>(application_id))
        return refuse_catalog(ErrorCode::damaged, file,
                              "is not a DeepVM catalog (a SQLite file of another program)");
    if (const auto found = header_field(header, 60, 4);
        found < oldest_schema_version || found > schema_version)
        return refuse_catalog(ErrorCode::wrong_version, file,
                              fmt::format("is a catalog of version {}, this program reads versions {} to {}",
                                          found, oldest_schema_version, schema_version));
    if (size > largest) return refuse_catalog(ErrorCode::unreadable, file, "is too large to be a catalog");
    return {};
}

}  // namespace

tl::unexpected<base::Error> refuse_catalog(ErrorCode code, const fs::path& file, std::string_view why) {
    return base::fail(
        code, fmt::format("{}: {}; rebuild it with \"deepvm catalog build\" or name another with --catalog",
                          file.string(), why));
}

base::Result<FileImage> read_image(const fs::path& file) {
    const auto unreadable = [&](std::string_view why) {
        return refuse_catalog(ErrorCode::unreadable, file, why);
    };
    std::error_code failure;
    const auto status = fs::status(file, failure);
    if (status.type() == fs::file_type::not_found) return unreadable("no such file");
    if (failure) return unreadable(fmt::format("cannot be read ({})", failure.message()));
    if (!fs::is_regular_file(status)) return unreadable("is not a file");
    const auto size = fs::file_size(file, failure);
    if (failure) return unreadable(fmt::format("cannot be read ({})", failure.message()));

    std::ifstream stream(file, std::ios::binary);
    const auto read = [&](unsigned char* to, std::size_t count) {
        stream.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(count));
        return stream.is_open() && !stream.bad();
    };
    std::array<unsigned char, header_size> header{};
    const auto cannot_read = [&] {
        return unreadable(fmt::format("cannot be read ({})", std::strerror(errno)));
    };
    if (!read(header.data(), header.size())) return cannot_read();
    const Bytes begin(header.data(), static_cast<std::size_t>(stream.gcount()));
    if (auto sound = check_header(file, begin, size); !sound) return tl::unexpected(std::move(sound.error()));

    FileImage image(size);
    std::copy(begin.begin(), begin.end(), image.data());
    if (!read(image.data() + header_size, image.size() - header_size)) return cannot_read();
    if (stream.gcount() != static_cast<std::streamsize>(image.size() - header_size))
        return refuse_catalog(ErrorCode::damaged, file, "became shorter while it was read");
    return image;
}

}  // namespace deepvm::catalog
