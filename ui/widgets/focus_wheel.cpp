// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/focus_wheel.h"

#include <QEvent>

namespace deepvm::ui::widgets {
namespace {

class FocusWheel : public QObject {
  public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
        event->ignore();  // it goes on to the parent
        return true;
    }
};

}  // namespace

void wheelOnlyWithFocus(QWidget& control) {
    control.setFocusPolicy(Qt::StrongFocus);  // that of a spin box takes the focus by the wheel
    control.installEventFilter(new FocusWheel(&control));
}

}  // namespace deepvm::ui::widgets
