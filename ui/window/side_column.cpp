// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/side_column.h"

#include <QHBoxLayout>
#include <QPainter>

#include "widgets/pieces.h"

namespace deepvm::ui::window {

FoldHandle::FoldHandle(Side side, const QString& title, QWidget* parent)
    : QAbstractButton(parent), side_(side) {
    setText(title);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setColours(theme::palette(theme::Mode::light));
    setFolded(false);
}

void FoldHandle::setFolded(bool folded) {
    folded_ = folded;
    setAccessibleName(folded ? tr("Unfold: %1").arg(text()) : tr("Fold: %1").arg(text()));
    setToolTip(accessibleName());
    updateGeometry();
    update();
}

void FoldHandle::setColours(const theme::Palette& palette) {
    palette_ = palette;
    updateGeometry();
    update();
}

QSize FoldHandle::sizeHint() const {
    return {folded_ ? theme::scaled(32) : widgets::gutter, 64};
}

void FoldHandle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hot = underMouse() || hasFocus();
    if (folded_) {
        painter.setPen(hot ? palette_.accent : palette_.line);
        painter.setBrush(palette_.surface);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    }
    const bool rightwards = (side_ == Side::left) == folded_;
    const QPointF centre(width() / 2.0, theme::scaled(18));
    const double way = rightwards ? 2.5 : -2.5;
    painter.setPen(QPen(hot ? palette_.accent : palette_.muted, 1.75, Qt::SolidLine, Qt::RoundCap));
    painter.drawPolyline(
        QPolygonF({centre + QPointF(-way, -4.5), centre + QPointF(way, 0), centre + QPointF(-way, 4.5)}));
    if (!folded_) return;
    painter.setFont(theme::sized(font(), 12, QFont::Medium));
    painter.setPen(palette_.muted);
    painter.translate(width() / 2.0, theme::scaled(36));
    painter.rotate(90);
    const int room = height() - theme::scaled(44);
    painter.drawText(QRectF(0, -width() / 2.0, room, width()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
}

SideColumn::SideColumn(Side side, const QString& title, QWidget* content, int width, QWidget* parent)
    : QWidget(parent), content_(content), width_(width), handle_(new FoldHandle(side, title)) {
    theme::setDesignSize(*content_, {width, 0});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(side == Side::left ? content_ : handle_);
    row->addWidget(side == Side::left ? handle_ : content_);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    handle_->setObjectName(side == Side::left ? QStringLiteral("foldControls") : QStringLiteral("foldPlans"));
    connect(handle_, &QAbstractButton::clicked, this, &SideColumn::asked);
}

void SideColumn::setFolded(bool folded) {
    content_->setVisible(!folded);
    handle_->setFolded(folded);
    // An open column has its handle as the gap to the page.
    const int gap = folded ? widgets::grid : 0;
    const bool left = handle_->side() == Side::left;
    layout()->setContentsMargins(left ? 0 : gap, 0, left ? gap : 0, 0);
}

int SideColumn::openWidth() const {
    return theme::scaled(width_) + widgets::gutter;
}

int SideColumn::stripWidth() const {
    return theme::scaled(32) + widgets::grid;
}

}  // namespace deepvm::ui::window
