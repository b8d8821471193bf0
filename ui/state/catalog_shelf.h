// SPDX-License-Identifier: GPL-3.0-or-later
// The offers of the catalog, and what each of them was before, read in the background.
#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "catalog/catalog.h"
#include "jobs/background_job.h"
#include "offers/table.h"
#include "state/planning.h"

namespace deepvm::ui::state {

class CatalogShelf : public QObject {
    Q_OBJECT

  public:
    explicit CatalogShelf(Planning& planning, QObject* parent = nullptr);

    /// Asks for the offers of the market on show, or of every provider in any region. Nothing happens when
    /// they are on show or on their way.
    void ask(bool everywhere);
    /// Null until the first are there; the last ones while others are on their way.
    const std::shared_ptr<const offers::Table>& table() const { return table_; }
    /// Why there are none; mostly nothing.
    const std::optional<base::Error>& error() const { return error_; }

    /// Asks what is kept of the offer of this row beside its prices.
    void askPast(std::size_t row);
    /// Of the row that was asked for last; nothing until it is there.
    const std::optional<catalog::OfferPast>& past() const { return past_; }

    bool busy() const { return tables_.busy() || pasts_.busy(); }

  signals:
    void tableChanged();
    void pastChanged();

  private:
    using Table = std::shared_ptr<const offers::Table>;
    /// What a table is made of.
    struct Wanted {
        std::shared_ptr<const Scene> scene;
        bool everywhere = false;

        bool operator==(const Wanted&) const = default;
    };
    /// On the worker's thread only.
    struct Reader {
        std::filesystem::path file;
        std::optional<catalog::Catalog> open;
        base::Result<const catalog::Catalog*> catalog();
    };

    Planning& planning_;
    std::optional<Wanted> wanted_;
    std::shared_ptr<Reader> reader_;
    Table table_;
    std::optional<base::Error> error_;
    std::optional<catalog::OfferPast> past_;
    jobs::BackgroundJob<Table> tables_;
    jobs::BackgroundJob<catalog::OfferPast> pasts_;
};

}  // namespace deepvm::ui::state
