// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "problem/plan.h"
#include "theme/style_sheet.h"

namespace deepvm::ui::panels {

/// A plan drawn machine by machine: squares compute on spot, the diamond is the anchor, circles are remote
/// nodes and filled on-demand machines. What would need more than two rows of a card becomes one symbol and a
/// count of each kind.
class ClusterPicture : public QWidget, public theme::Coloured {
    Q_OBJECT

  public:
    explicit ClusterPicture(QWidget* parent = nullptr);

    void setPlan(const problem::Plan& plan);
    /// Smaller symbols, for a card that is one of several; nothing where one row is not enough.
    void setSmall(bool small);
    void setColours(const theme::Palette& palette) override;

    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {272, minimumHeight()}; }
    QSize minimumSizeHint() const override { return {80, minimumHeight()}; }

    static constexpr int most_drawn = 36;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    enum class Kind { anchor, spot, other_spot, on_demand, remote };
    struct Group {
        Kind kind = Kind::anchor;
        int count = 0;
    };
    struct Symbol {
        Kind kind = Kind::anchor;
        QRectF where;
        int stands_for = 1;
        bool words = false;  ///< a count beside it
    };
    std::vector<Group> groups() const;
    std::vector<Symbol> symbols(int width) const;
    static QString description(Kind kind, int count);
    int side() const { return small_ ? 9 : 12; }
    int pitch() const { return small_ ? 12 : 16; }
    void drawSymbol(QPainter& painter, Kind kind, const QRectF& where) const;

    problem::Plan plan_;
    bool small_ = false;
    theme::Palette palette_;
};

}  // namespace deepvm::ui::panels
