// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <map>

#include "theme/style_sheet.h"

namespace deepvm::ui::window {

/// The pages of the window, by ids that never change and are the same in every language.
struct PageName {
    const char* id;
    const char* title;
};
inline constexpr PageName rail_pages[] = {{"explore", "Explore"}, {"explain", "Explain"}, {"risk", "Risk"},
                                          {"compare", "Compare"}, {"catalog", "Catalog"}, {"learn", "Learn"}};

/// A drawn icon over its word.
class RailButton : public QAbstractButton, public theme::Coloured {
    Q_OBJECT

  public:
    explicit RailButton(const PageName& page, QWidget* parent = nullptr);
    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::string id_;
    theme::Palette palette_;
};

/// The way to the pages, at the left of the window.
class PageRail : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit PageRail(QWidget* parent = nullptr);
    /// None of them for a page that has no button.
    void select(const QString& id);
    void setColours(const theme::Palette& palette) override;

  signals:
    void picked(const QString& id);

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::map<QString, RailButton*> buttons_;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::window
