// SPDX-License-Identifier: GPL-3.0-or-later
// The meanings of the words of the field, as tool tips wherever they stand in a window.
#pragma once

#include <QObject>
#include <QRect>
#include <QString>

class QLabel;
class QWidget;

namespace deepvm::ui::wording {

/// While it lives, each text under a resting pointer in which terms of the glossary occur has their meanings
/// as its tool tip, below what it says by itself: labels, buttons, switches, boxes, tabs, heads and cells of
/// tables, words in charts. In a long text it is the term under the pointer alone. GUI thread only.
class TermTips : public QObject {
    Q_OBJECT

  public:
    explicit TermTips(QObject* parent);

    struct Tip {
        QString text;  ///< rich; empty where no term stands
        QRect rect;    ///< of the widget, in which it holds
    };
    /// What is said at `at`, a point of the widget.
    static Tip tipAt(const QWidget& widget, QPoint at);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

/// Each link of glossaryLinks() in the label says its meaning under the pointer.
void explainLinks(QLabel& label);

}  // namespace deepvm::ui::wording
