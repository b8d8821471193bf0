// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace deepvm::ui::pages {

/// A page whose content is still to come: says what it will be for.
class ComingPage : public QWidget {
    Q_OBJECT

  public:
    ComingPage(const QString& title, const QString& text, QWidget* parent = nullptr);
};

}  // namespace deepvm::ui::pages
