// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QLineEdit>
#include <QWidget>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "catalog/catalog.h"
#include "offers/filter.h"
#include "widgets/number_field.h"
#include "widgets/select_box.h"

namespace deepvm::ui::offer_pages {

/// The fields above the offers. Together they are a filter, the same that a person may write.
class OfferFilters : public QWidget {
    Q_OBJECT

  public:
    /// Why an expression is none, and of which other one the rows on show are: half of what was typed was
    /// read on the way.
    static QString refusal(const base::Error& error, const QString& readable);

    explicit OfferFilters(QWidget* parent = nullptr);

    /// What there is to choose from: the market on show, by its name for people, or all that the catalog has.
    void setMarkets(const QString& onShow, const std::vector<catalog::MarketSummary>& all);
    void setTable(std::shared_ptr<const offers::Table> table);

    /// Whether every provider is asked for, not the market on show.
    bool everywhere() const;
    offers::OfferFilter filter() const;
    bool empty() const;
    void clear();
    /// The market on show, and nothing else.
    void backToMarket();

  signals:
    void changed();

  private:
    QWidget* labelled(const QString& text, QWidget* field);
    widgets::NumberField* number(const QString& name, const QString& title, const QString& unit, bool whole);
    widgets::SelectBox* box(const QString& name, const QString& title);
    void refill(widgets::SelectBox& box, const QString& all, const QStringList& names);
    void fillPlaces();

    static QString typed(double value);

    std::shared_ptr<const offers::Table> table_;
    widgets::SelectBox* market_;
    widgets::SelectBox* region_;
    widgets::SelectBox* accelerator_;
    widgets::SelectBox* host_;
    QLineEdit* search_;
    widgets::NumberField* gpus_;
    widgets::NumberField* memory_;
    widgets::NumberField* least_;
    widgets::NumberField* most_;
    QCheckBox* spot_;
    QCheckBox* latest_;
    std::array<std::optional<double>, 4> numbers_;  ///< of these fields
};

}  // namespace deepvm::ui::offer_pages
