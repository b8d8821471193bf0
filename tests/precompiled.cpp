// SPDX-License-Identifier: GPL-3.0-or-later
// Has the precompiled headers of the tests made; holds nothing itself.
