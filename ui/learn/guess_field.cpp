// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/guess_field.h"

#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/pieces.h"
#include "wording/format.h"

namespace deepvm::ui::learn {
namespace {

constexpr int positions = 200;

const widgets::EvenScale& scale() {
    static const widgets::EvenScale even(0, positions, positions);
    return even;
}

bool is_whole(double number) {
    return number == std::round(number);
}

}  // namespace

GuessField::GuessField(QWidget* parent)
    : QWidget(parent), slider_(new widgets::LogSlider(scale())), words_(widgets::label({}, "price")) {
    slider_->setObjectName(QStringLiteral("guessSlider"));
    slider_->setAccessibleName(tr("Your guess"));
    words_->setObjectName(QStringLiteral("guessWords"));
    words_->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::grid);
    column->addWidget(words_);
    column->addWidget(slider_);
    connect(slider_, &widgets::LogSlider::moved, this, [this](qint64 position) {
        slider_->setExact(position);
        say();
    });
}

void GuessField::ask(const deepvm::lessons::StepView& view, std::optional<double> guess) {
    least_ = view.least;
    most_ = view.most;
    unit_ = view.answer.unit;
    // Where the answer is a whole number of few, so are the guesses.
    whole_ = unit_ == deepvm::lessons::Unit::none && is_whole(view.answer.number) && most_ - least_ >= 4;
    const double middle = (least_ + most_) / 2;
    const double width = most_ > least_ ? most_ - least_ : 1;
    const double share = std::clamp((guess.value_or(middle) - least_) / width, 0.0, 1.0);
    slider_->setExact(std::llround(share * positions));
    say();
}

double GuessField::at(std::int64_t position) const {
    const double value = least_ + (most_ - least_) * static_cast<double>(position) / positions;
    return whole_ ? std::round(value) : value;
}

double GuessField::value() const {
    return at(slider_->exact());
}

QString GuessField::words(double value) const {
    return wording::said(
        deepvm::lessons::shown(deepvm::lessons::of_number(value, unit_), deepvm::words::Style::typographic));
}

void GuessField::say() {
    words_->setText(words(value()));
    slider_->setAccessibleDescription(words_->text());
}

}  // namespace deepvm::ui::learn
