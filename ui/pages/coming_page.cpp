// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/coming_page.h"

#include <QVBoxLayout>

#include "widgets/pieces.h"

namespace deepvm::ui::pages {

ComingPage::ComingPage(const QString& title, const QString& text, QWidget* parent) : QWidget(parent) {
    auto* heading = widgets::label(title, "heading");
    heading->setAlignment(Qt::AlignCenter);
    auto* words = widgets::label(text, "muted");
    words->setWordWrap(true);
    words->setAlignment(Qt::AlignCenter);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(widgets::margin, widgets::grid, widgets::margin, widgets::grid);
    all->setSpacing(widgets::grid);
    all->addStretch();
    all->addWidget(heading);
    all->addWidget(words);
    all->addStretch();
}

}  // namespace deepvm::ui::pages
