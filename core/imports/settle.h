// SPDX-License-Identifier: GPL-3.0-or-later
// Books of files into one merge. Private to this folder.
#pragma once

#include <map>
#include <string>

#include "catalog/merge.h"
#include "imports/book.h"
#include "imports/formats.h"
#include "imports/machines.h"
#include "imports/report.h"

namespace deepvm::imports {

/// Collects what the files say until it is merged.
class Settlement {
  public:
    Settlement(const Known& known, ImportReport& report) : known_(known), report_(report) {}

    /// First for all books: a later file may say what a machine is that an earlier one has prices of.
    void add_types(const Book& book, Format format);
    /// Then for all books.
    void add_offers(const Book& book, Format format);

    catalog::Merge& merge() { return merge_; }
    /// The data sets that the files have prices of.
    const std::map<std::string, bool>& datasets() const { return datasets_; }

  private:
    bool is_placed(const Entry& entry);
    void add_dataset(const std::string& name, bool published);
    void compare(const Entry& entry, const model::InstanceType& type, const Machine& machine);
    void add_quotas(const Book& book, Format format);
    std::size_t source(const Book& book, Format format, const std::string& provider, const std::string& id,
                       const std::string& day);
    std::size_t add_source(model::Source source, bool is_named);
    const model::Source* source_there(const std::string& id) const;

    const Known& known_;
    ImportReport& report_;
    catalog::Merge merge_;
    std::map<std::string, bool> datasets_;        // whether published
    std::map<std::string, std::size_t> sources_;  // by id
    std::map<std::string, std::size_t> unknown_;  // into the report, by "provider/type"
    std::map<std::string, bool> looked_at_;       // by "provider/type": whether the catalog will have it
};

}  // namespace deepvm::imports
