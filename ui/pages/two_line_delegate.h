// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

#include "theme/palette.h"

namespace deepvm::ui::pages {

/// A cell with a smaller, muted line under its text (models::subtitle_role), and with figures of one width
/// where it is a number: Qt 6.4 cannot ask a font for its own. A marked row stands out by weight.
class TwoLineDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    explicit TwoLineDelegate(QObject* parent = nullptr);

    static constexpr int row_height = 36;  ///< pixels of the design

    void setColours(const theme::Palette& palette) { palette_ = palette; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// What is cut stands in the tool tip.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

  private:
    theme::Palette palette_;
};

}  // namespace deepvm::ui::pages
