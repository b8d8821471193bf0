// SPDX-License-Identifier: GPL-3.0-or-later
// The cluster whose checkpoints were sent, for the table and for the replay; internal to validation.
#pragma once

namespace deepvm::validation {

/// c4.xlarge remotes at 1.7 Gbit/s, whose published n_sat is 12.
inline constexpr int transmission_workers = 29;
inline constexpr double transmission_saturation = 12;

}  // namespace deepvm::validation
