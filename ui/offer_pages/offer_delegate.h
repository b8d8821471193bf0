// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QRawFont>
#include <QStyledItemDelegate>
#include <vector>

#include "theme/palette.h"

namespace deepvm::ui::offer_pages {

/// Cells of one line of text, drawn by hand: the style sheet takes five times as long for each, and hundreds
/// of them are seen at once while somebody scrolls.
class OfferDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setColours(const theme::Palette& palette) { palette_ = palette; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

  private:
    /// A font whose figures are set as wide as the widest of them.
    struct Figures {
        QFont font;
        QRawFont raw;
        double width = 0;
    };
    const Figures& figuresOf(const QFont& font) const;
    bool drawNumber(QPainter& painter, const QRect& inside, const QString& number) const;

    theme::Palette palette_ = theme::palette(theme::Mode::light);
    mutable std::vector<Figures> figures_;  ///< of the fonts that were drawn with
};

}  // namespace deepvm::ui::offer_pages
