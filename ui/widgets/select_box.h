// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

#include "theme/style_sheet.h"

namespace deepvm::ui::widgets {

/// A combo box with a drawn arrow (style sheets only know pictures) that the wheel does not change by
/// accident.
class SelectBox : public QComboBox, public theme::Coloured {
    Q_OBJECT

  public:
    explicit SelectBox(QWidget* parent = nullptr);
    void setColours(const theme::Palette& palette) override;

    /// Selects the item with this value as data; nothing when there is none. Emits nothing.
    void select(const QVariant& value);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    theme::Palette palette_;
};

/// The open arrow of boxes and pickers, pointing down, centred at `centre`.
void drawArrow(QPainter& painter, QPointF centre, const QColor& colour);

}  // namespace deepvm::ui::widgets
