// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window/page_stack.h"
#include "window/side_column.h"

namespace deepvm::ui::window {

/// The page between its two columns. Where there is no room for both, the one that was opened last stays;
/// where there is none for a column and a page, an opened column takes the page's place.
class WindowBody : public QWidget {
    Q_OBJECT

  public:
    WindowBody(SideColumn* controls, PageStack* pages, SideColumn* plans, QWidget* parent = nullptr);

    void restore(const state::WindowLayout& layout);
    void store(state::WindowLayout& layout) const;
    void toggle(Side side);
    /// Makes room for a part of the page or of a column that may be folded; whether the page has such a
    /// column.
    bool reveal(const QWidget& part);

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    void arrange();
    SideColumn& column(Side side) { return side == Side::left ? *controls_ : *plans_; }

    SideColumn* controls_;
    PageStack* pages_;
    SideColumn* plans_;
    bool wanted_[2] = {true, true};  ///< by side, whether a person wants it open
    Side last_ = Side::right;        ///< the one that was opened last
    bool asked_ = false;             ///< it was opened at this width
};

}  // namespace deepvm::ui::window
