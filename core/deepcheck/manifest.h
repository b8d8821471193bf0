// SPDX-License-Identifier: GPL-3.0-or-later
// What one rank handed over of one checkpoint: its files by name, size and the hashes of their chunks, under
// one root hash. It travels beside the bytes and stands beside them in storage ("deepcheck-manifest/1").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "deepcheck/hash.h"
#include "deepcheck/position.h"

namespace deepvm::deepcheck {

inline constexpr std::uint64_t chunk_bytes =
    std::uint64_t{4} * 1024 * 1024;                ///< the last of a file is shorter
inline constexpr std::size_t most_files = 65'536;  ///< of one shard
inline constexpr int most_ranks = 4096;
inline constexpr std::size_t longest_name = 255;  ///< bytes of one part of a file's name, or of a job's
inline constexpr std::size_t longest_path = 1024;

/// Who hands over what.
enum class Spread : std::uint8_t {
    sharded,     ///< each rank its own files
    replicated,  ///< all ranks the same files, of which each sends its slice
    whole,       ///< rank 0 alone
};
std::string_view name(Spread spread);
std::optional<Spread> spread_named(std::string_view text);

/// One file. `begin` and `size` are the bytes of it that this shard has: all of them but for slices.
struct FileEntry {
    std::string name;         ///< relative, with /, of 1..longest_path bytes
    std::uint64_t whole = 0;  ///< bytes of the whole file
    std::uint64_t begin = 0;
    std::uint64_t size = 0;
    std::vector<Hash> chunks;  ///< of `size` bytes from `begin` on, in pieces of chunk_bytes

    bool operator==(const FileEntry&) const = default;
};

struct Manifest {
    std::string job;  ///< letters, digits, "-", "_" and ".", not first
    Position position;
    int rank = 0;   ///< 0..ranks-1
    int ranks = 1;  ///< 1..most_ranks
    Spread spread = Spread::sharded;
    std::vector<FileEntry> files;  ///< by name, each once

    bool operator==(const Manifest&) const = default;
};

/// Over everything a manifest says.
Hash root_of(const Manifest& manifest);

std::uint64_t bytes_of(const Manifest& manifest);
std::uint64_t chunks_of(const Manifest& manifest);

/// Whether a name stays where it is put: relative, no part of it "", "." or "..", no part that begins with
/// ".partial-" or ".deleting-", no control character. The error says which name and why.
base::Result<void> check_file_name(std::string_view name);
base::Result<void> check_job_name(std::string_view name);

/// All of the rules above, and that chunks and sizes agree.
base::Result<void> check(const Manifest& manifest);

/// JSON with the root in it. Reading checks everything, the root included, and refuses a newer format with
/// ErrorCode::wrong_version; unknown members have no effect. `where` stands before what was wrong.
std::string manifest_json(const Manifest& manifest);
base::Result<Manifest> read_manifest(std::string_view json, const std::string& where);

}  // namespace deepvm::deepcheck
