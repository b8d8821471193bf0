// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/chart_labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace deepvm::ui::plot {
namespace {

constexpr int gap = 16;  // between the title and what is beside it
constexpr int title_px = 15;

// Shortened to the width that there is; the whole is the tool tip then.
void fit(QLabel* label, const QString& whole, int room, const QString& more = {}) {
    const QString shown = label->fontMetrics().elidedText(whole, Qt::ElideRight, std::max(0, room));
    if (label->text() != shown) label->setText(shown);
    label->setVisible(!shown.isEmpty());  // an empty one would take the gap before it
    if (!more.isEmpty())
        label->setToolTip(whole + QLatin1Char('\n') + more);
    else
        label->setToolTip(shown == whole ? QString() : whole);
}

}  // namespace

ChartLabels::ChartLabels(QWidget* frame, PlotView* view)
    : frame_(frame),
      view_(view),
      title_(new QLabel(frame)),
      aside_(new QLabel(frame)),
      note_(new QLabel(frame)),
      caption_(new QLabel(frame)) {}

void ChartLabels::arrange(const FrameStyle& style) {
    title_->setObjectName(QStringLiteral("chartTitle"));
    aside_->setObjectName(QStringLiteral("chartAside"));
    note_->setObjectName(QStringLiteral("chartNote"));
    caption_->setObjectName(QStringLiteral("chartCaption"));
    for (QLabel* label : {title_, aside_, note_}) {
        label->setTextFormat(Qt::PlainText);
        label->setMinimumWidth(1);
        label->hide();
    }
    caption_->setContentsMargins(8, 0, 8, 0);
    caption_->setAlignment(Qt::AlignRight | Qt::AlignTop);
    caption_->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(gap);
    // A title with another text must not wait for a layout: it has all the room beforehand.
    row->addWidget(title_, style.asideAtRight ? 1 : 0, Qt::AlignBaseline);
    row->addWidget(aside_, style.asideAtRight ? 0 : 1, Qt::AlignBaseline);
    auto* column = new QVBoxLayout(frame_);
    column->setContentsMargins(style.margins);
    column->setSpacing(style.spacing);
    column->addLayout(row);
    column->addWidget(note_);
    column->addWidget(view_, 1);
    column->addWidget(caption_);
}

void ChartLabels::setColours(const theme::Palette& palette) {
    for (QLabel* label : {title_, aside_, note_, caption_}) {
        const bool first = label == title_;
        const auto style = QStringLiteral("QLabel { color: %1; font-size: %2px; font-weight: %3; }")
                               .arg((first ? palette.text : palette.muted).name())
                               .arg(plotFont(*view_, first ? title_px : label_px).pixelSize())
                               .arg(first ? 600 : 400);
        if (label->styleSheet() != style) label->setStyleSheet(style);
    }
}

void ChartLabels::write() {
    const auto margins = frame_->layout()->contentsMargins();
    const int room = frame_->width() - margins.left() - margins.right();
    fit(title_, texts.title, room);
    fit(aside_, texts.aside, room - title_->fontMetrics().horizontalAdvance(title_->text()) - gap);
    fit(note_, texts.note, room, texts.more);
}

void ChartLabels::setCaption(const QString& text) {
    caption_->setText(text);
    caption_->setVisible(!text.isEmpty());
}

void ChartLabels::paint(QPainter& painter, const theme::Palette& palette) const {
    for (const QLabel* label : {title_, aside_, note_, caption_}) {
        if (label->isHidden()) continue;
        painter.setFont(label->font());
        painter.setPen(label == title_ ? palette.text : palette.muted);
        const auto wrap = label == caption_ ? Qt::TextWordWrap : Qt::TextSingleLine;
        painter.drawText(QRectF(label->geometry()).adjusted(8, 0, -8, 0),
                         static_cast<int>(label->alignment()) | wrap, label->text());
    }
}

}  // namespace deepvm::ui::plot
