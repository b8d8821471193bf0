// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/number_field.h"

#include <QKeyEvent>
#include <cmath>
#include <limits>

#include "base/durations.h"
#include "base/numbers.h"
#include "widgets/pieces.h"

namespace deepvm::ui::widgets {
namespace {

/// As a person types it: no exponent where six digits do.
QString typed(double value) {
    return QString::number(value, 'g', std::abs(value) < 1e6 ? 6 : 10);
}

std::optional<double> meant(const QString& text) {
    return base::parse_double(base::without_separators(text.toStdString()));
}

std::optional<double> meantHours(const QString& text) {
    const auto hours = base::parse_hours(text.toStdString(), {}, 0, std::numeric_limits<double>::max());
    return hours ? std::optional(*hours) : std::nullopt;
}

}  // namespace

NumberField::NumberField(const QString& name, Range range, QWidget* parent)
    : QLineEdit(parent), range_(std::move(range)) {
    setProperty("role", "number");
    setAccessibleName(name);
    setAlignment(Qt::AlignRight);
    setMaxLength(24);
    setPlaceholderText(range_.empty);
    setUsable(true);
    connect(this, &QLineEdit::editingFinished, this, &NumberField::commit);
    connect(this, &QLineEdit::textEdited, this, [this] { emit problem({}); });
    connect(this, &NumberField::problem, this,
            [this](const QString& message) { restyle(*this, "wrong", !message.isEmpty()); });
}

QString NumberField::rangeTip() const {
    const QString range = tr("%1 to %2 %3").arg(typed(range_.least), typed(range_.most), range_.unit);
    return range_.empty.isEmpty() ? range : tr("%1; empty for %2").arg(range, range_.empty);
}

void NumberField::setUsable(bool usable, const QString& why_not) {
    setEnabled(usable);
    setToolTip(usable ? rangeTip() : why_not);
}

void NumberField::setNumber(std::optional<double> value) {
    if (isModified() && hasFocus() && value == value_) return;
    value_ = value;
    restore();
}

void NumberField::restore() {
    setText(value_ ? typed(*value_) : QString());
    setModified(false);
    setCursorPosition(0);
    emit problem({});
}

void NumberField::commit() {
    if (!isModified()) return;
    const QString text = this->text().trimmed();
    if (text.isEmpty() && !range_.empty.isEmpty()) {
        value_.reset();
    } else {
        const auto value = range_.duration ? meantHours(text) : meant(text);
        if (!value || !(*value >= range_.least && *value <= range_.most) ||
            (range_.whole && *value != std::floor(*value))) {
            emit problem(tr("%1 is not %2").arg(text.isEmpty() ? tr("Nothing") : text, rangeTip()));
            return;
        }
        value_ = value;
    }
    restore();
    emit entered(value_);
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) return QLineEdit::keyPressEvent(event);
    restore();
    selectAll();
}

void NumberField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    // What cannot be meant does not stay in a field that nobody edits.
    if (isModified()) restore();
}

}  // namespace deepvm::ui::widgets
