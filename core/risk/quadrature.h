// SPDX-License-Identifier: GPL-3.0-or-later
// Means over errors that are in doubt. Internal to deepvm::risk.
#pragma once

#include <array>
#include <span>

namespace deepvm::risk {

struct Node {
    double place;
    double weight;
};

// Gauss and Legendre, on -1..1.
inline constexpr std::array<Node, 12> fine{{{-0.9815606342467192, 0.0471753363865118},
                                            {-0.9041172563704749, 0.1069393259953184},
                                            {-0.7699026741943047, 0.1600783285433462},
                                            {-0.5873179542866175, 0.2031674267230659},
                                            {-0.3678314989981802, 0.2334925365383548},
                                            {-0.1252334085114689, 0.2491470458134028},
                                            {0.1252334085114689, 0.2491470458134028},
                                            {0.3678314989981802, 0.2334925365383548},
                                            {0.5873179542866175, 0.2031674267230659},
                                            {0.7699026741943047, 0.1600783285433462},
                                            {0.9041172563704749, 0.1069393259953184},
                                            {0.9815606342467192, 0.0471753363865118}}};
inline constexpr std::array<Node, 4> coarse{{{-0.8611363115940526, 0.3478548451374538},
                                             {-0.3399810435848563, 0.6521451548625461},
                                             {0.3399810435848563, 0.6521451548625461},
                                             {0.8611363115940526, 0.3478548451374538}}};

template <typename Function>
double integral(std::span<const Node> nodes, double from, double to, const Function& function) {
    if (!(to > from)) return 0;
    double sum = 0;
    for (const Node& node : nodes)
        sum += node.weight * function((from + to) / 2 + node.place * (to - from) / 2);
    return sum * (to - from) / 2;
}

/// The chance with an error that so large a share of all errors is below.
struct Seen {
    double errors;
    double chance;
};

/// A chance that falls with the error, averaged over the errors between two: by halves as long as it falls
/// far within one.
template <typename Chance>
double falling(const Seen& from, const Seen& to, const Chance& chance) {
    constexpr double nobody_sees = 0.004;
    const double width = to.errors - from.errors;
    if (width * (from.chance - to.chance) < nobody_sees) return width * (from.chance + to.chance) / 2;
    const Seen between{from.errors + width / 2, chance(from.errors + width / 2)};
    return falling(from, between, chance) + falling(between, to, chance);
}

}  // namespace deepvm::risk
