// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace deepvm::ui::theme {

/// Fusion, but the letters of the menus are underlined only while Alt is held, and the arrow of a sorted
/// column does not lie on its name. Check boxes have a tick in the colours of the palette. Made after the
/// application.
class ApplicationStyle : public QProxyStyle {
    Q_OBJECT

  public:
    ApplicationStyle();

    int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
                  QStyleHintReturn* data = nullptr) const override;

    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget = nullptr) const override;

    int pixelMetric(PixelMetric metric, const QStyleOption* option = nullptr,
                    const QWidget* widget = nullptr) const override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget = nullptr) const override;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void setAlt(bool held);

    bool alt_ = false;
};

}  // namespace deepvm::ui::theme
