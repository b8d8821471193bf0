// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSlider>
#include <QString>
#include <cstdint>
#include <vector>

#include "theme/style_sheet.h"
#include "widgets/slider_scale.h"

namespace deepvm::ui::widgets {

/// A slider on a scale of its own, mostly a logarithmic one. It shows the exact value that it was given, also
/// one between its positions, and only ever changes it when a person moves it: so it never drifts away from a
/// field beside it.
class LogSlider : public QAbstractSlider, public theme::Coloured {
    Q_OBJECT

  public:
    struct Tick {
        std::int64_t value = 0;
        QString text;
    };

    explicit LogSlider(const SliderScale& scale, std::vector<Tick> ticks = {}, QWidget* parent = nullptr);

    /// Another range for the same exact value. `scale` has to live as long as the slider shows it; `marks`
    /// are values that get a small line each.
    void setScale(const SliderScale& scale, std::vector<Tick> ticks, std::vector<std::int64_t> marks);
    const SliderScale& scale() const { return *scale_; }
    const std::vector<std::int64_t>& marks() const { return marks_; }

    std::int64_t exact() const { return exact_; }
    void setExact(std::int64_t value);
    /// Whether what it shows follows from something else, so that it looks at rest; moving it is still
    /// possible.
    void setFollowing(bool following);

    void setColours(const theme::Palette& palette) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// Where the middle of the handle is for `value`: what a person points at.
    QPoint handleCentre(std::int64_t value) const;

  signals:
    void moved(qint64 value);  ///< by mouse, key, wheel or screen reader
    void released();           ///< the end of one drag

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    void moveHandleTo(double x);
    double trackLeft() const;
    double trackWidth() const;
    void drawTicks(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;

    const SliderScale* scale_;
    std::vector<Tick> ticks_;
    std::vector<std::int64_t> marks_;
    std::int64_t exact_ = 0;
    bool following_ = false;
    double grabOffset_ = 0;  ///< from the pointer to the middle of the handle
    theme::Palette palette_;
};

}  // namespace deepvm::ui::widgets
