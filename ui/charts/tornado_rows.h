// SPDX-License-Identifier: GPL-3.0-or-later
// A sensitivity made ready to be drawn: rows, and every word on them. No Qt Charts here.
#pragma once

#include <QString>
#include <QStringList>
#include <array>
#include <vector>

#include "charts/chart_text.h"
#include "explain/sensitivity.h"

namespace deepvm::ui::charts {

/// One factor, one way.
struct TornadoBar {
    explain::Direction direction = explain::Direction::lowered;
    explain::Difference difference = explain::Difference::none;
    double percent = 0;   ///< of the objective
    double unmoved = 0;   ///< the same for the same machines
    QString value;        ///< "+11.1 %"
    QStringList caption;  ///< "-10 %: 18 × g4dn.xlarge + 1 × c5.xlarge instead", then shorter ways to say it
    CalloutText callout;
    const problem::Plan* plan = nullptr;  ///< the sensitivity's own; null where no cluster fits
};

/// One factor: what makes the answer worse goes to the left, what makes it better to the right.
struct TornadoRow {
    QString name;
    std::array<TornadoBar, 2> bars;
};

/// A factor that changes nothing, or cannot, and why.
struct TornadoNote {
    QString name;
    QString why;
};

struct TornadoRows {
    std::vector<TornadoRow> rows;
    std::vector<TornadoNote> notes;
    std::array<double, 2> reach{};  ///< percent, not below 0: the longest bar to the left and to the right
};

/// `sensitivity` must outlive the rows. Published data sets count rates in a unit of their own.
TornadoRows tornadoRows(const explain::Sensitivity& sensitivity, bool publishedUnits);

QString factorName(explain::Factor factor);

}  // namespace deepvm::ui::charts
