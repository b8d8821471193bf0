// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalog/catalog.h"
