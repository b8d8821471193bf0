// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/end_names.h"

#include <QFontMetricsF>
#include <QPen>
#include <algorithm>
#include <cmath>

#include "plot/label_placement.h"
#include "plot/words.h"

namespace deepvm::ui::plot {
namespace {

double heightOf(const EndNames::Name& name) {
    return std::ceil(QFontMetricsF(name.font).lineSpacing() *
                     static_cast<double>(name.text.count(QLatin1Char('\n')) + 1));
}

}  // namespace

double EndNames::widthOf(const std::vector<Name>& names) {
    double widest = 0;
    for (const auto& name : names)
        widest = std::max(widest, widestLine(name.text, name.font));
    return std::ceil(leader_width + widest + 2);
}

void EndNames::draw(const QRectF& plot, const std::vector<Name>& names) {
    std::vector<double> wanted;
    double height = 0;
    for (const auto& name : names) {
        wanted.push_back(name.end.y());
        height = std::max(height, heightOf(name) + 2);
    }
    const auto places = spreadLabels(wanted, height, plot.top() - 6, plot.bottom() + 6);
    for (auto* leader : leaders_)
        leader->hide();
    texts_.begin();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!places[i]) continue;
        texts_.write(names[i].text, names[i].font, names[i].ink,
                     {plot.right() + leader_width, *places[i] - heightOf(names[i]) / 2});
        lead(i, plot, names[i], *places[i]);
    }
    texts_.end();
}

void EndNames::lead(std::size_t index, const QRectF& plot, const Name& name, double y) {
    while (leaders_.size() <= index) {
        leaders_.push_back(new QGraphicsPathItem(ground_));
        leaders_.back()->setZValue(plot::names);
    }
    const bool on_top = name.end.y() <= plot.top() + 1 && plot.right() - name.end.x() >= 1;
    const double level = on_top ? plot.top() - 4 : name.end.y();
    QPainterPath path(name.end);
    if (on_top) path.lineTo(name.end.x(), level);
    path.lineTo(plot.right() + 3, level);
    path.lineTo(plot.right() + leader_width - 10, y);
    path.lineTo(plot.right() + leader_width - 4, y);
    leaders_[index]->setPen(QPen(name.leader, 1));  // thin: it must not read as data
    leaders_[index]->setPath(path);
    leaders_[index]->show();
}

}  // namespace deepvm::ui::plot
