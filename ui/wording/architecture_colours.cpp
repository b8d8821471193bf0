// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording/architecture_colours.h"

namespace deepvm::ui::wording {

theme::Role role(problem::Architecture architecture) {
    switch (architecture) {
        case problem::Architecture::single_anchor:
            return &theme::Palette::single_anchor;
        case problem::Architecture::tiering:
            return &theme::Palette::tiering;
        case problem::Architecture::on_demand:
            return &theme::Palette::on_demand;
        case problem::Architecture::spot_bucket:
            return &theme::Palette::spot_bucket;
        case problem::Architecture::parameter_server:
            return &theme::Palette::parameter_server;
        case problem::Architecture::mixed_workers:
            return &theme::Palette::mixed_workers;
    }
    return &theme::Palette::baseline;
}

}  // namespace deepvm::ui::wording
