// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace deepvm::ui::widgets {

FlowLayout::FlowLayout(QWidget* parent, int spacing) : QLayout(parent) {
    setContentsMargins(0, 0, 0, 0);
    setSpacing(spacing);
}

FlowLayout::~FlowLayout() {
    qDeleteAll(items_);
}

QLayoutItem* FlowLayout::takeAt(int index) {
    return index >= 0 && index < items_.size() ? items_.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const {
    QSize least;
    for (const auto* item : items_)
        if (!item->isEmpty()) least = least.expandedTo(item->minimumSize());
    return least;
}

void FlowLayout::setGeometry(const QRect& rect) {
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

// The height that it takes. What stands in a line is centred in it.
int FlowLayout::arrange(const QRect& rect, bool place) const {
    int y = rect.y();
    for (qsizetype first = 0; first < items_.size();) {
        int width = 0;
        int height = 0;
        qsizetype behind = first;
        for (; behind < items_.size(); ++behind) {
            const auto* item = items_[behind];
            if (item->isEmpty()) continue;
            const QSize size = item->sizeHint();
            if (width > 0 && width + spacing() + size.width() > rect.width()) break;
            width += (width > 0 ? spacing() : 0) + size.width();
            height = std::max(height, size.height());
        }
        int x = rect.x();
        for (; first < behind; ++first) {
            auto* item = items_[first];
            if (item->isEmpty()) continue;
            const QSize size = item->sizeHint();
            if (place)
                item->setGeometry(QRect(x, y + (height - size.height()) / 2,
                                        std::min(size.width(), rect.width()), size.height()));
            x += size.width() + spacing();
        }
        y += height + (behind < items_.size() ? spacing() : 0);
    }
    return y - rect.y();
}

}  // namespace deepvm::ui::widgets
