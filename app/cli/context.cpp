// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/context.h"

#include <fmt/format.h>

#include "catalog/locations.h"

namespace deepvm::cli {

base::Result<std::filesystem::path> catalog_file(const Context& context) {
    if (!context.catalog_file.empty()) return context.catalog_file;
    return catalog::default_catalog_file();
}

base::Result<catalog::Catalog> open_catalog(const Context& context) {
    return catalog_file(context).and_then([](const auto& file) { return catalog::Catalog::open(file); });
}

int report(const base::Error& error) {
    fmt::print(stderr, "deepvm: {}\n", error.message);
    return exit_bad_input;
}

}  // namespace deepvm::cli
