// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <optional>

namespace deepvm::ui::widgets {

/// A small field for one number within bounds, "1e6" and "1,000,000" as well as "1000000", hours also as
/// "3d". What cannot be meant is said
/// beside it and changes nothing.
class NumberField : public QLineEdit {
    Q_OBJECT

  public:
    struct Range {
        double least = 0;
        double most = 0;
        QString unit;           ///< for its tool tip: "hours"
        QString empty;          ///< what no number means, shown in the empty field; empty: there must be one
        bool whole = false;     ///< no fractions
        bool duration = false;  ///< of hours, taken with any unit of time
    };
    NumberField(const QString& name, Range range, QWidget* parent = nullptr);

    /// Shows `value`, unless a person is typing another one. Nothing only where `empty` says what it means.
    void setNumber(std::optional<double> value);
    /// The tool tip is the range, or why the field cannot be used.
    void setUsable(bool usable, const QString& why_not = {});

  signals:
    void entered(std::optional<double> value);
    void problem(const QString& message);  ///< empty when there is none any more

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    void commit();
    void restore();
    QString rangeTip() const;

    Range range_;
    std::optional<double> value_;
};

}  // namespace deepvm::ui::widgets
