// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "theme/style_sheet.h"

namespace deepvm::ui::window {

enum class Side { left, right };

/// The edge of a column that folds it to a strip; folded, the strip bears its name.
class FoldHandle : public QAbstractButton, public theme::Coloured {
    Q_OBJECT

  public:
    FoldHandle(Side side, const QString& title, QWidget* parent = nullptr);
    void setFolded(bool folded);
    Side side() const { return side_; }
    bool folded() const { return folded_; }
    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Side side_;
    bool folded_ = false;
    theme::Palette palette_;
};

/// A column beside the page that folds to a strip.
class SideColumn : public QWidget {
    Q_OBJECT

  public:
    /// `width` of the content, in pixels of the design.
    SideColumn(Side side, const QString& title, QWidget* content, int width, QWidget* parent = nullptr);

    bool folded() const { return handle_->folded(); }
    void setFolded(bool folded);
    int openWidth() const;
    int stripWidth() const;

  signals:
    void asked();  ///< a person wants it folded or unfolded

  private:
    QWidget* content_;
    int width_;
    FoldHandle* handle_;
};

}  // namespace deepvm::ui::window
