// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/series_ground.h"

#include <QGraphicsLayout>
#include <QLegend>

namespace deepvm::ui::plot {

QChart* seriesGround(const PlotView& view) {
    auto* chart = new QChart(view.ground());
    chart->setZValue(series);
    chart->setTheme(QChart::ChartThemeLight);  // first: a theme overwrites pens
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->setDropShadowEnabled(false);
    chart->setBackgroundVisible(false);
    chart->setPlotAreaBackgroundVisible(false);
    chart->setBackgroundRoundness(0);
    chart->setMargins(QMargins());
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->hide();
    return chart;
}

void addAxes(QChart& chart, QAbstractAxis* x, QAbstractAxis* y) {
    x->setVisible(false);
    y->setVisible(false);
    chart.addAxis(x, Qt::AlignBottom);
    chart.addAxis(y, Qt::AlignLeft);
}

void addSeries(QChart& chart, QXYSeries* series, const QString& name) {
    series->setName(name);
    chart.addSeries(series);
    for (auto* axis : chart.axes())
        series->attachAxis(axis);
}

void fitSeries(QChart& chart, const PlotView& view) {
    chart.resize(view.size());
    chart.setPlotArea(view.plot());
}

}  // namespace deepvm::ui::plot
