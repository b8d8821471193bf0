// SPDX-License-Identifier: GPL-3.0-or-later
// CSV folders of any size, as catalogs are: providers with many regions, types with and without accelerators.
#pragma once

#include <cstddef>
#include <filesystem>

namespace deepvm::bench {

/// Three providers; a tenth of the types have accelerators; nine of ten types are offered in a region, two
/// of three with a spot price. How many regions and types there are follows from `offers`: 300 regions and
/// about 11,000 types at a million.
struct SyntheticSize {
    std::size_t offers = 1000;
    unsigned seed = 1;
};

/// Writes the files that `deepvm catalog build --from folder` reads; the same size gives the same files.
/// Throws std::runtime_error when the folder cannot be written.
void write_synthetic_catalog(const std::filesystem::path& folder, SyntheticSize size);

}  // namespace deepvm::bench
