// SPDX-License-Identifier: GPL-3.0-or-later
// Scales of the sliders: where a value lies, and which round value lies where.
#pragma once

#include <cstdint>

namespace deepvm::ui::widgets {

/// From least() to most() in steps() positions.
class SliderScale {
  public:
    SliderScale(std::int64_t least, std::int64_t most, int steps)
        : least_(least), most_(most), steps_(steps) {}
    virtual ~SliderScale() = default;

    std::int64_t least() const { return least_; }
    std::int64_t most() const { return most_; }
    int steps() const { return steps_; }

    /// 0 at least() or below, 1 at most() or above; exact values between positions keep their own place.
    virtual double fraction(std::int64_t value) const = 0;
    virtual std::int64_t at(int position) const = 0;
    int position(std::int64_t value) const;

  private:
    std::int64_t least_;
    std::int64_t most_;
    int steps_;
};

/// Equal differences.
class EvenScale : public SliderScale {
  public:
    using SliderScale::SliderScale;
    double fraction(std::int64_t value) const override;
    std::int64_t at(int position) const override;
};

/// `steps` equal ratios from `least` to `most`. at() rounds to numbers that a person would have typed;
/// position() is its inverse: position(at(i)) == i for every i.
class LogScale : public SliderScale {
  public:
    using Round = std::int64_t (*)(double);
    LogScale(std::int64_t least, std::int64_t most, int steps, Round round)
        : SliderScale(least, most, steps), round_(round) {}

    double fraction(std::int64_t value) const override;
    std::int64_t at(int position) const override;

  private:
    Round round_;
};

}  // namespace deepvm::ui::widgets
