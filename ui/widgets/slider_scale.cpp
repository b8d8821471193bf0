// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/slider_scale.h"

#include <algorithm>
#include <cmath>

namespace deepvm::ui::widgets {
int SliderScale::position(std::int64_t value) const {
    return static_cast<int>(std::lround(fraction(value) * steps_));
}

double EvenScale::fraction(std::int64_t value) const {
    const auto inside = std::clamp(value, least(), most()) - least();
    return static_cast<double>(inside) / static_cast<double>(most() - least());
}

std::int64_t EvenScale::at(int position) const {
    return least() + (most() - least()) * std::clamp(position, 0, steps()) / steps();
}

double LogScale::fraction(std::int64_t value) const {
    const auto clamped = static_cast<double>(std::clamp(value, least(), most()));
    const auto first = static_cast<double>(least());
    return std::log(clamped / first) / std::log(static_cast<double>(most()) / first);
}

std::int64_t LogScale::at(int position) const {
    if (position <= 0) return least();
    if (position >= steps()) return most();
    const auto first = static_cast<double>(least());
    return round_(first *
                  std::pow(static_cast<double>(most()) / first, static_cast<double>(position) / steps()));
}

}  // namespace deepvm::ui::widgets
