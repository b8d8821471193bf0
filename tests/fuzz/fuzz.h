// SPDX-License-Identifier: GPL-3.0-or-later
// What the fuzz targets share: bytes as a file, a folder in memory, and what a reader owes to whoever hands
// it any bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/money.h"

namespace deepvm::fuzz {

/// Where it does not hold, says what and ends the program, which libFuzzer takes for a find.
void demand(bool holds, std::string_view what, std::string_view seen = {});

/// A line for a person: not empty, without control characters, not longer than anybody reads.
void demand_line(std::string_view line, std::string_view what);

/// What was refused is said in one such line.
void demand_refusal(const base::Error& error);

/// A price: above 0 and no more than money can be.
void demand_price(base::Money price);

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// A number that is the same for the same bytes, to choose the inputs that get the slow checks.
std::uint64_t number_of(std::string_view bytes);

/// A file without a disk under it.
class MemoryFile {
  public:
    MemoryFile();
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    void write(std::string_view bytes);
    const std::filesystem::path& path() const { return path_; }

  private:
    int descriptor_;
    std::filesystem::path path_;
};

/// A folder of this program, in memory where there is such a place, gone when it ends.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path file(std::string_view name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

std::string bytes_of(const std::filesystem::path& file);
void write_bytes(const std::filesystem::path& file, std::string_view bytes);

/// The CSV files of a catalog so small that it is read in a moment.
std::filesystem::path sample_folder();

/// A catalog built of these, in `folder`.
std::filesystem::path sample_catalog(const Folder& folder);

}  // namespace deepvm::fuzz
