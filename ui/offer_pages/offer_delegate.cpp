// SPDX-License-Identifier: GPL-3.0-or-later
#include "offer_pages/offer_delegate.h"

#include <QGlyphRun>
#include <QList>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "theme/style_sheet.h"

namespace deepvm::ui::offer_pages {

const OfferDelegate::Figures& OfferDelegate::figuresOf(const QFont& font) const {
    const auto known = std::find_if(figures_.begin(), figures_.end(),
                                    [&](const Figures& each) { return each.font == font; });
    if (known != figures_.end()) return *known;
    constexpr std::size_t most = 4;  // upright and slanted, before and after a change of size
    if (figures_.size() >= most) figures_.clear();
    Figures made{font, QRawFont::fromFont(font), 0};
    const auto digits = made.raw.glyphIndexesForString(QStringLiteral("0123456789"));
    for (const QPointF& advance : made.raw.advancesForGlyphIndexes(digits))
        made.width = std::max(made.width, advance.x());
    return figures_.emplace_back(std::move(made));
}

// Right-aligned, figures below each other: Qt 6.4 cannot ask a font for its own of one width. False where the
// number does not fit, or the font lacks one of its signs.
bool OfferDelegate::drawNumber(QPainter& painter, const QRect& inside, const QString& number) const {
    const auto& figures = figuresOf(painter.font());
    const auto glyphs = figures.raw.glyphIndexesForString(number);
    if (glyphs.size() != number.size() || glyphs.contains(0)) return false;
    const auto advances = figures.raw.advancesForGlyphIndexes(glyphs);
    QList<QPointF> places;
    double right = 0;
    for (qsizetype i = 0; i < number.size(); ++i) {
        const double own = advances[i].x();
        const double width = number[i].isDigit() ? figures.width : own;
        places << QPointF(right + (width - own) / 2, 0);
        right += width;
    }
    if (right > inside.width()) return false;
    QGlyphRun run;
    run.setRawFont(figures.raw);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    const double baseline = inside.center().y() + (figures.raw.ascent() - figures.raw.descent()) / 2;
    painter.drawGlyphRun(QPointF(inside.right() + 1 - right, baseline), run);
    return true;
}

void OfferDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    constexpr int margin = 11;  // pixels of the design, as in the header
    if ((option.state & QStyle::State_Selected) != 0) painter->fillRect(option.rect, palette_.selected);
    painter->fillRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1, palette_.grid);
    const QVariant font = index.data(Qt::FontRole);
    painter->setFont(font.isValid() ? font.value<QFont>().resolve(option.font) : option.font);
    painter->setPen(palette_.text);
    const int space = theme::scaled(margin);
    const QRect inside = option.rect.adjusted(space, 0, -space, 0);
    const QString text = index.data().toString();
    const int alignment = index.data(Qt::TextAlignmentRole).toInt();
    if ((alignment & Qt::AlignRight) != 0 && drawNumber(*painter, inside, text)) return;
    const auto metrics = painter->fontMetrics();
    const bool fits = metrics.horizontalAdvance(text) <= inside.width();
    painter->drawText(inside, alignment | Qt::TextSingleLine,
                      fits ? text : metrics.elidedText(text, Qt::ElideRight, inside.width()));
}

}  // namespace deepvm::ui::offer_pages
