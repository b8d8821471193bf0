// SPDX-License-Identifier: GPL-3.0-or-later
// A catalog built anew of the project's CSV files, and these files read once more.
#pragma once

#include <QList>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "support.h"

namespace deepvm::test {

inline std::string id_of(const model::Source* source) {
    return source ? source->id : std::string();
}

/// What a test of its contents is, besides a QObject.
class BuiltCatalog {
  protected:
    void build() {
        const auto file = folder_.filePath("catalog.db").toStdString();
        QVERIFY(catalog::build_catalog(source_csv().toStdString(), file).has_value());
        auto opened = catalog::Catalog::open(file);
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
        catalog_.emplace(std::move(*opened));
    }

    std::shared_ptr<const model::Market> load(const std::string& market, const std::string& region = {}) {
        auto loaded = catalog_->load({market, region});
        if (!loaded) qFatal("%s", loaded.error().message.c_str());
        return *loaded;
    }

    const catalog::MarketSummary& summary(const std::string& name) {
        const auto& all = catalog_->markets();
        return *std::find_if(all.begin(), all.end(), [&](const auto& market) { return market.name == name; });
    }

    QTemporaryDir folder_;
    std::optional<catalog::Catalog> catalog_;
    const QList<Row> types_ = csv_rows(source_csv("instance_types.csv"));
    const QList<Row> offers_ = csv_rows(source_csv("offers.csv"));
};

}  // namespace deepvm::test
