// SPDX-License-Identifier: GPL-3.0-or-later
// New machine types from what files say of them and from what the catalog knows of their kin. Private to this
// folder.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "imports/book.h"
#include "model/instance.h"
#include "model/market.h"

namespace deepvm::imports {

/// What the catalog has before the import.
class Known {
  public:
    static base::Result<Known> of(const std::filesystem::path& catalog);

    bool has_dataset(const std::string& name) const { return datasets_.contains(name); }
    bool is_published(const std::string& name) const;
    /// Of all data sets, in the order of the alphabet.
    std::vector<std::string> datasets() const;
    /// Null where it has none.
    const model::InstanceType* find(const std::string& dataset, const std::string& type) const;
    /// Those of a data set, by name.
    const std::map<std::string, model::InstanceType>& types(const std::string& dataset) const;
    /// Null where the catalog has no source of this id.
    const model::Source* source(const std::string& id) const;
    const std::vector<model::Accelerator>& accelerators() const { return accelerators_; }

  private:
    struct Dataset {
        bool published = false;
        std::map<std::string, model::InstanceType> types;
    };
    std::map<std::string, Dataset> datasets_;
    std::vector<model::Accelerator> accelerators_;
    std::map<std::string, model::Source> sources_;
};

/// The type, or what is missing to know it: "vCPUs, accelerator".
tl::expected<model::InstanceType, std::string> new_type(const Known& known, const std::string& dataset,
                                                        bool published, const std::string& name,
                                                        const Machine* machine);

}  // namespace deepvm::imports
