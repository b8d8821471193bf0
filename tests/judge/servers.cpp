// SPDX-License-Identifier: GPL-3.0-or-later
#include "judge/servers.h"

namespace deepvm::tests::judge {

// Buzen (1973): with d the time that a worker spends on its own and q that of the queue, g(n) is the sum over
// j of d^j / j! q^(n - j), and n workers make g(n - 1) / g(n) steps a second. Several servers are a queue
// that is as fast as all of them and the rest of the service as a delay (Seidmann 1987). `alone` is d^n / n!
// over g(n).
std::vector<double> steps_a_second(int workers, int servers, double compute_seconds, double service_seconds) {
    const double queue = service_seconds / servers;
    const double delay = compute_seconds + service_seconds - queue;
    std::vector<double> rates;
    double alone = 1;
    for (int n = 1; n <= workers; ++n) {
        const double grown = queue + alone * delay / n;
        rates.push_back(1 / grown);
        alone *= delay / n / grown;
    }
    return rates;
}

}  // namespace deepvm::tests::judge
