// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>
#include <optional>

#include "catalog/catalog.h"
#include "offers/table.h"

namespace deepvm::ui::offer_pages {

/// The raw figures of one offer: each price with what it is, where it is from, how old it is and what it was.
class OfferDetails : public QWidget {
    Q_OBJECT

  public:
    explicit OfferDetails(QWidget* parent = nullptr);

    /// `past` follows when it is known.
    void show(const offers::Table& table, std::size_t row, const std::optional<catalog::OfferPast>& past);

  signals:
    void closed();
    void marketAsked();  ///< to see it in its market

  private:
    void section(const QString& title);
    void line(const QString& text, const char* role);
    void machine(const offers::Table& table, std::size_t row);
    void source(const offers::Table& table, const model::Source* source);
    void before(const std::optional<catalog::OfferPast>& past, bool spot);
    void spot(const offers::Table& table, std::size_t row, const std::optional<catalog::OfferPast>& past);
    void speed(const offers::Table& table, std::size_t row);

    QLabel* title_;
    QPushButton* market_;
    QWidget* lines_;
    QVBoxLayout* list_;
};

}  // namespace deepvm::ui::offer_pages
