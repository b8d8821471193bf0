// SPDX-License-Identifier: GPL-3.0-or-later
// Which columns of the offers are on show, in which order and how wide; as text for the settings.
#pragma once

#include <QMenu>
#include <QObject>
#include <QStringList>
#include <QTableView>
#include <map>
#include <vector>

namespace deepvm::ui::offer_pages {

class OfferColumns : public QObject {
    Q_OBJECT

  public:
    /// Of a table that shows an OffersModel.
    explicit OfferColumns(QTableView& table, QObject* parent = nullptr);

    /// Whether the offers are of several providers: then the usual columns name each one's.
    void setSeveral(bool several);
    /// The columns on show from left to right.
    std::vector<int> shown() const;
    /// "type=150", the same; widths in pixels of the design.
    QStringList kept() const;
    /// Anything that is no column is ignored; nothing of use stands for the usual ones.
    void restore(const QStringList& kept);
    /// "spot up"; empty for the usual order.
    QString keptSort() const;
    void restoreSort(const QString& kept);

    /// A tick for each column, and the way back to the usual ones.
    void fillMenu(QMenu& menu);

  signals:
    void changed();

  private:
    std::vector<std::pair<int, int>> usual() const;
    std::vector<std::pair<int, int>> now() const;
    void setShown(const std::vector<std::pair<int, int>>& columns);
    void rememberWidth(int column, int pixels);

    QTableView& table_;
    std::map<int, int> widths_;  ///< in pixels of the design
    bool arranging_ = false;
    bool several_ = false;
};

}  // namespace deepvm::ui::offer_pages
