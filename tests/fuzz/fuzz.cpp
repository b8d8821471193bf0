// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "base/printable.h"
#include "catalog/builder.h"

namespace deepvm::fuzz {

namespace fs = std::filesystem;

void demand(bool holds, std::string_view what, std::string_view seen) {
    if (holds) return;
    const auto shown = base::printable(seen);
    std::fprintf(stderr, "DEMAND: %.*s\n%s\n", static_cast<int>(what.size()), what.data(), shown.c_str());
    std::abort();
}

void demand_line(std::string_view line, std::string_view what) {
    constexpr std::size_t longest = 600;
    demand(!line.empty(), what, "is empty");
    demand(line.size() <= longest, what, line);
    demand(base::printable(line) == line, what, line);
}

void demand_refusal(const base::Error& error) {
    demand_line(error.message, "a refusal is one line for a person");
}

void demand_price(base::Money price) {
    demand(price > base::Money() && price <= base::Money::largest(),
           "a price is above 0 and no larger than money", price.decimal());
}

std::uint64_t number_of(std::string_view bytes) {
    std::uint64_t number = 1469598103934665603U;  // FNV-1a
    for (const char byte : bytes)
        number = (number ^ static_cast<unsigned char>(byte)) * 1099511628211U;
    return number ^ number >> 32U;
}

MemoryFile::MemoryFile()
    : descriptor_(::memfd_create("input", MFD_CLOEXEC)),
      path_("/proc/self/fd/" + std::to_string(descriptor_)) {
    demand(descriptor_ >= 0, "a file in memory can be made");
}

MemoryFile::~MemoryFile() {
    ::close(descriptor_);
}

void MemoryFile::write(std::string_view bytes) {
    const bool done = ::ftruncate(descriptor_, 0) == 0 && ::pwrite(descriptor_, bytes.data(), bytes.size(),
                                                                   0) == static_cast<ssize_t>(bytes.size());
    demand(done, "a file in memory can be written");
}

Folder::Folder() {
    const fs::path memory = "/dev/shm";
    std::error_code none;
    const auto in = ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path(none);
    std::string name = in / "deepvm-fuzz-XXXXXX";
    demand(::mkdtemp(name.data()) != nullptr, "a folder can be made", name);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_bytes(const fs::path& file, std::string_view bytes) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    demand(static_cast<bool>(stream.flush()), "a file can be written", file.string());
}

fs::path sample_folder() {
    return DEEPVM_SOURCE_DIR "/tests/fuzz/catalog";
}

fs::path sample_catalog(const Folder& folder) {
    auto file = folder.file("sample.db");
    const auto built = catalog::build_catalog(sample_folder(), file);
    demand(built.has_value(), "the sample is a catalog", built ? "" : built.error().message);
    return file;
}

}  // namespace deepvm::fuzz
