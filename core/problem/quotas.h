// SPDX-License-Identifier: GPL-3.0-or-later
// The classes of machines that a provider limits together, in vCPUs that may run at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/market.h"
#include "problem/request.h"

namespace deepvm::problem {

/// How a machine is paid for; spot and on-demand machines have quotas of their own.
enum class Purchase { spot, on_demand };
inline constexpr Purchase all_purchases[] = {Purchase::spot, Purchase::on_demand};

/// The largest limit that can be given.
inline constexpr int most_quota_vcpus = 1'000'000'000;

/// "spot", "on-demand".
std::string_view name(Purchase purchase);

/// One class of a market.
struct QuotaClass {
    std::string name;                   ///< model::quota_name()
    std::string provider;               ///< empty for a published data set
    std::vector<std::string> families;  ///< each once, in catalog order
    bool trains = false;                ///< has machines that can be workers
    bool spot = false;                  ///< some place has a spot price for one of its machines

    bool operator==(const QuotaClass&) const = default;
};

/// Every class of the market's types, those that train first, else in catalog order.
std::vector<QuotaClass> quota_classes(const model::Market& market);

/// The name of the class that a person means: of any case, and its beginning is enough where it leaves no
/// choice; several providers' classes need their provider, "aws/g". Errors: `unknown_name` with the nearest.
base::Result<std::string> find_quota_class(const model::Market& market, std::string_view what,
                                           std::string_view text);

/// The limit of a class: the request's, else the market's own under the published preset, else nothing.
std::optional<int> quota(const model::Market& market, const Request& request, Purchase purchase,
                         std::string_view quota_class);

/// The request's own limits on machines that are bought so.
const QuotaLimits& own_quotas(const Request& request, Purchase purchase);
QuotaLimits& own_quotas(Request& request, Purchase purchase);

}  // namespace deepvm::problem
