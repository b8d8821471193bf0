// SPDX-License-Identifier: GPL-3.0-or-later
// The one widget around every chart: it hears mouse and keys, and says what is marked.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>

#include "plot/drawing.h"
#include "theme/style_sheet.h"

class QLabel;
class QMenu;

namespace deepvm::ui::plot {

/// What charts differ in around their drawing.
struct FrameStyle {
    QString name;      ///< for a screen reader
    QString viewName;  ///< objectName of the view
    QSize hint{740, 320};
    QMargins margins = {};
    int spacing = 4;
    bool asideAtRight = false;  ///< else right behind the title
};

/// GUI thread only. Marks follow the pointer; the keyboard's own mark is kept while the pointer is elsewhere
/// and while data changes, until Escape or until the focus leaves. The arrow keys move the drawing's handle,
/// where it has one. A drag ends at the latest when the chart is hidden. Fills itself with Palette::surface:
/// the border of the card around it belongs to who places it.
class ChartFrame : public QWidget, public theme::Coloured {
    Q_OBJECT
  public:
    explicit ChartFrame(FrameStyle style, QWidget* parent = nullptr);
    ~ChartFrame() override;

    PlotView* view() const;
    /// Once.
    void setDrawing(std::unique_ptr<Drawing> drawing);
    /// The same with one that it makes on its view.
    template <class Made>
    Made* draw() {
        auto drawing = std::make_unique<Made>(view());
        auto* made = drawing.get();
        setDrawing(std::move(drawing));
        return made;
    }
    Drawing& drawing() const;
    Handle* handle() const;

    void setColours(const theme::Palette& palette) override;

    /// Lets go of what the pointer is at, has `change` made to the drawing, and lays it out.
    void redraw(const std::function<void()>& change);
    /// After a change that needs no lay-out: the summary is said anew.
    void describe();
    /// As if the pointer left, after a change that needs no lay-out.
    void unmark();

    void setTitle(const QString& title);
    void setAside(const QString& aside);
    /// Below the title; the tool tip has `more` under the whole of it.
    void setNote(const QString& note, const QString& more = {});

    /// What is marked, by the pointer or by the keyboard.
    std::optional<Mark> shown() const;

    /// Whether a person holds the handle.
    bool dragging() const;

    /// What it shows, in words; as a table.
    QString summary() const;
    Table data() const;
    /// The whole chart without marks, on white, as large as it fits into `target`; `below` is written under
    /// it: the question, and of when the prices are.
    void render(QPainter& painter, const QRectF& target, const QString& below = {});

    /// What is written under the chart where it is taken away, asked for each time.
    void setOrigin(std::function<QString()> origin) { origin_ = std::move(origin); }
    QString origin() const { return origin_ ? origin_() : QString(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// The pointer, or the keyboard, is at something else.
    void marked(const deepvm::ui::plot::Mark& mark);
    void unmarked();
    /// A click, or Return.
    void picked(const deepvm::ui::plot::Mark& mark);
    /// By the person.
    void handleMoved();
    void handleReleased();
    void written(const QString& file);  ///< the chart
    void notWritten(const QString& problem);

  protected:
    /// What else can be done with what is marked, above what every chart can.
    virtual void addActions(QMenu& menu);

    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Private;
    std::unique_ptr<Private> d;
    std::function<QString()> origin_;
};

}  // namespace deepvm::ui::plot
