// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/instance.h"

namespace deepvm::model {

std::string_view name(PriceBasis basis) {
    switch (basis) {
        case PriceBasis::list:
            return "list";
        case PriceBasis::observed:
            return "observed";
        case PriceBasis::advisor_savings:
            return "advisor-savings";
        case PriceBasis::published:
            return "published";
    }
    return {};
}

std::string_view name(HostArchitecture host) {
    return host == HostArchitecture::arm64 ? "arm64" : "x86_64";
}

int generation(const InstanceType& type) {
    return type.accelerator ? type.accelerator->year : 0;
}

std::string type_id(std::string_view provider, std::string_view type) {
    std::string id(provider);
    if (!id.empty()) id += '/';
    return id += type;
}

}  // namespace deepvm::model
