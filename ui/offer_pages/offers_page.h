// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <optional>

#include "models/offers_model.h"
#include "offer_pages/offer_columns.h"
#include "offer_pages/offer_delegate.h"
#include "offer_pages/offer_details.h"
#include "offer_pages/offer_filters.h"
#include "pages/page.h"
#include "state/catalog_shelf.h"
#include "state/highlight.h"
#include "state/window_layout.h"
#include "theme/style_sheet.h"
#include "widgets/empty_page.h"

namespace deepvm::ui::offer_pages {

/// The offers of the market or of the whole catalog as a table: filtered, sorted, with the raw figures of the
/// chosen one beside it.
class OffersPage : public pages::Page, public theme::Coloured {
    Q_OBJECT

  public:
    OffersPage(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
               QWidget* parent = nullptr);

    void setColours(const theme::Palette& palette) override;
    bool busy() const { return shelf_.busy(); }
    /// Chooses the offer, once the offers are there; filters that hide it are taken away.
    void showOffer(const std::string& provider, const std::string& region, const std::string& type);
    /// What is shown, as CSV.
    base::Result<void> exportTo(const QString& file) const;

    void restore(const state::WindowLayout& layout);
    void store(state::WindowLayout& layout) const;

  signals:
    void layoutChanged();               ///< store() has something new
    void importAsked();                 ///< for prices out of files
    void entered(const QString& page);  ///< to go there

  private:
    struct Meant {
        std::string provider;
        std::string region;
        std::string type;
    };

    QWidget* buildHead();
    void buildTable();
    QWidget* buildBody();
    void refresh() override;
    void takeTable();
    void applyFilter();
    void sayWrong(const QString& refusal);
    void fitCount();
    void refreshCount();
    void showMeant();
    void choose(std::size_t offer);
    std::optional<std::size_t> chosen() const;
    void showDetails();
    void showInMarket();
    void copy() const;
    void askForCsv();
    void clearFilters();
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

    state::Planning& planning_;
    state::Highlight& highlight_;
    state::CatalogShelf shelf_;
    models::OffersModel* offers_;
    QLineEdit* expression_;
    QLabel* count_;
    QLabel* wrong_;
    OfferFilters* filters_;
    QTableView* table_;
    OfferDelegate* cells_;
    OfferColumns* columns_ = nullptr;
    OfferDetails* details_;
    widgets::EmptyPage* none_;
    QStackedWidget* body_;
    QMenu* columnMenu_;
    QTimer refusing_;  ///< runs while an expression that cannot be read may still become one
    QString refusal_;
    offers::OfferFilter typed_;     ///< the last expression that could be read
    QString readable_;              ///< its text
    std::optional<Meant> meant_;    ///< to be chosen once the offers are there
    std::optional<Meant> current_;  ///< what is chosen, by name: another table has other rows
};

}  // namespace deepvm::ui::offer_pages
