// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/instance.h"

namespace deepvm::model {

std::string type_id(std::string_view provider, std::string_view type) {
    std::string id(provider);
    if (!id.empty()) id += '/';
    return id += type;
}

}  // namespace deepvm::model
