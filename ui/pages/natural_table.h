// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace deepvm::ui::pages {

/// A table that is a part of a page: as high as its rows, up to a limit, as wide as it may be. One
/// column takes what the others leave, and is cut before the table scrolls; the last one shows itself only
/// where there is room for it, when it is an extra.
class NaturalTable : public QTableView {
    Q_OBJECT

  public:
    static constexpr int most_rows = 12;

    explicit NaturalTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    void setStretched(int column) { stretched_ = column; }
    /// The last column repeats what tooltips say.
    void setLastIsExtra() { extra_ = true; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void rowFocused(const QRect& cell);  ///< the arrow keys came to this cell, in the table's coordinates

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

  private:
    void fit();
    void fitColumns();

    int stretched_ = 0;
    bool extra_ = false;
};

}  // namespace deepvm::ui::pages
