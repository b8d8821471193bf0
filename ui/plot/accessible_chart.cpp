// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/accessible_chart.h"

#include <QAccessibleWidget>

#include "plot/chart_frame.h"

namespace deepvm::ui::plot {
namespace {

class AccessibleChart : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    explicit AccessibleChart(ChartFrame* frame)
        : QAccessibleWidget(frame, QAccessible::Chart), frame_(frame) {}

    QAccessible::Role role() const override {
        return handle() != nullptr ? QAccessible::Slider : QAccessible::Chart;
    }

    void* interface_cast(QAccessible::InterfaceType type) override {
        if (type == QAccessible::ValueInterface && handle() != nullptr)
            return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QString text(QAccessible::Text kind) const override {
        if (kind != QAccessible::Value) return QAccessibleWidget::text(kind);
        return handle() != nullptr ? handle()->value().text : frame_->accessibleDescription();
    }

    QVariant currentValue() const override { return handle()->value().now; }
    QVariant minimumValue() const override { return handle()->value().least; }
    QVariant maximumValue() const override { return handle()->value().most; }
    QVariant minimumStepSize() const override { return handle()->value().step; }
    void setCurrentValue(const QVariant& value) override {
        if (!handle()->setValue(value.toDouble())) return;
        frame_->describe();
        emit frame_->handleMoved();
        emit frame_->handleReleased();
    }

  private:
    Handle* handle() const { return frame_->handle(); }

    ChartFrame* frame_;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* frame = qobject_cast<ChartFrame*>(object);
    return frame != nullptr ? new AccessibleChart(frame) : nullptr;
}

}  // namespace

void beReadOut() {
    static const bool once = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    Q_UNUSED(once)
}

void sayValue(ChartFrame& frame, const QString& text) {
    QAccessibleValueChangeEvent event(&frame, text);
    QAccessible::updateAccessibility(&event);
}

}  // namespace deepvm::ui::plot
