// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/quota_lines.h"

#include <fmt/format.h>

#include "words/quotas.h"

namespace deepvm::cli {

std::string quota_lines(const problem::Problem& problem, const explain::QuotaGains& gains) {
    if (gains.limits.empty()) return {};
    std::string text = "quotas:\n";
    std::size_t idle = 0;  // ten lines that say nothing would hide the one that does
    for (const auto& limit : gains.limits) {
        const bool full = limit.least || limit.used > 0;
        if (!full) ++idle;
        if (full)
            text += fmt::format("  {}: {}: {}\n", words::quota_title(limit.quota_class, limit.purchase),
                                words::use_words(limit),
                                words::gain_words(problem.request.objective, limit, words::Style::plain));
    }
    if (idle > 0)
        text += fmt::format("  {} limit{} that nothing counts against: more brings nothing at this budget\n",
                            idle, idle == 1 ? "" : "s");
    if (const auto free = words::unlimited_classes(*problem.market, problem.request); !free.empty())
        text += "  " + free + "\n";
    return text;
}

}  // namespace deepvm::cli
