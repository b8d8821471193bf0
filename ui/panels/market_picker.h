// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QFrame>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include "state/desk.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::panels {

/// "DeepVM paper, 2024" with how many types and how old the prices are; opens a searchable list of all data
/// sets, any provider, any region of each, and all their regions.
class MarketPicker : public QAbstractButton, public theme::Coloured {
    Q_OBJECT

  public:
    explicit MarketPicker(QWidget* parent = nullptr);

    void setMarkets(const state::Desk::Markets& markets);
    /// What is chosen now, and the line under it.
    void setCurrent(const catalog::Selection& selection, const QString& note);

    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    /// "AWS us-east-1", "Any provider" for one line of the catalog.
    static QString title(const catalog::MarketSummary& market, const std::string& region);

  signals:
    void picked(const deepvm::catalog::Selection& selection);

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void addMarket(const catalog::MarketSummary& market, const std::string& region);
    void buildPopup();
    void openPopup();
    void pick(const QModelIndex& index);

    theme::Palette palette_;
    QString title_;
    QString note_;
    catalog::Selection current_;
    QStandardItemModel model_;
    QSortFilterProxyModel filtered_;
    QFrame* popup_ = nullptr;
    QLineEdit* search_ = nullptr;
    QListView* list_ = nullptr;
};

}  // namespace deepvm::ui::panels
