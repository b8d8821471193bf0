// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/cluster_picture.h"

#include "wording/architecture_colours.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStringList>
#include <QToolTip>

namespace deepvm::ui::panels {
namespace {

constexpr int group_gap = 8;
constexpr int words_height = 20;  // of a row that counts instead of drawing

}  // namespace

ClusterPicture::ClusterPicture(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setColours(theme::palette(theme::Mode::light));
}

void ClusterPicture::setPlan(const problem::Plan& plan) {
    plan_ = plan;
    QStringList parts;
    for (const Group& group : groups())
        parts << description(group.kind, group.count);
    setAccessibleName(parts.join(QStringLiteral(", ")));
    setFixedHeight(heightForWidth(width()));
    update();
}

void ClusterPicture::setSmall(bool small) {
    small_ = small;
    setFixedHeight(heightForWidth(width()));
    update();
}

void ClusterPicture::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

std::vector<ClusterPicture::Group> ClusterPicture::groups() const {
    std::vector<Group> result;
    const auto add = [&result](Kind kind, int count) {
        if (count > 0) result.push_back({kind, count});
    };
    const bool owned = plan_.architecture == problem::Architecture::on_demand;
    add(Kind::anchor, owned ? 0 : plan_.anchors);
    add(Kind::spot, plan_.spot_workers - plan_.other_workers);
    add(Kind::other_spot, plan_.other_workers);
    add(Kind::on_demand, owned ? plan_.nodes : 0);
    add(Kind::remote, plan_.remotes);
    return result;
}

QString ClusterPicture::description(Kind kind, int count) {
    const bool one = count == 1;
    switch (kind) {
        case Kind::anchor:
            return one ? tr("1 on-demand anchor") : tr("%1 on-demand anchors").arg(count);
        case Kind::spot:
            return one ? tr("1 spot worker") : tr("%1 spot workers").arg(count);
        case Kind::on_demand:
            return one ? tr("1 on-demand worker") : tr("%1 on-demand workers").arg(count);
        case Kind::other_spot:
            return one ? tr("1 spot worker of the second type")
                       : tr("%1 spot workers of the second type").arg(count);
        case Kind::remote:
            return one ? tr("1 on-demand remote node") : tr("%1 on-demand remote nodes").arg(count);
    }
    return {};
}

std::vector<ClusterPicture::Symbol> ClusterPicture::symbols(int width) const {
    std::vector<Symbol> result;
    const auto parts = groups();
    int total = 0;
    for (const Group& group : parts)
        total += group.count;
    const bool condensed = total > most_drawn;
    if (condensed && small_) return result;
    const QFontMetrics metrics(theme::sized(font(), 12));
    int x = 0;
    int y = 0;
    for (const Group& group : parts) {
        if (!result.empty()) x += group_gap;
        for (int i = 0; i < (condensed ? 1 : group.count); ++i) {
            const int wide = condensed
                                 ? pitch() + metrics.horizontalAdvance(description(group.kind, group.count))
                                 : side();
            if (x > 0 && x + wide > width) {
                if (small_) return {};
                x = 0;
                y += condensed ? words_height : pitch();
            }
            result.push_back(
                {group.kind, QRectF(x, y, side(), side()), condensed ? group.count : 1, condensed});
            x += condensed ? wide + group_gap : pitch();
        }
    }
    return result;
}

int ClusterPicture::heightForWidth(int width) const {
    const auto drawn = symbols(width);
    return drawn.empty() ? 0 : static_cast<int>(drawn.back().where.bottom()) + 4;
}

void ClusterPicture::resizeEvent(QResizeEvent*) {
    // Height for width would be asked of every layout above; a picture that fixes its own height is simpler.
    if (const int high = heightForWidth(width()); high != height()) setFixedHeight(high);
}

void ClusterPicture::drawSymbol(QPainter& painter, Kind kind, const QRectF& where) const {
    const QColor colour = wording::colourOf(plan_.architecture, palette_);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (kind) {
        case Kind::spot:
            painter.drawRoundedRect(where, 2, 2);
            break;
        case Kind::other_spot:
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colour, 2));
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), 2, 2);
            break;
        case Kind::on_demand:
            painter.drawEllipse(where);
            break;
        case Kind::remote:
            painter.setBrush(palette_.on_demand);
            painter.drawEllipse(where);
            break;
        case Kind::anchor: {
            const QPointF centre = where.center();
            const double reach = side() / 2.0;
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(colour, 2.5));
            painter.drawPolygon(QPolygonF({centre + QPointF(0, -reach), centre + QPointF(reach, 0),
                                           centre + QPointF(0, reach), centre + QPointF(-reach, 0)}));
            break;
        }
    }
}

void ClusterPicture::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme::sized(font(), 12));
    for (const Symbol& symbol : symbols(width())) {
        drawSymbol(painter, symbol.kind, symbol.where.translated(0, 2));
        if (!symbol.words) continue;
        painter.setPen(palette_.muted);
        painter.drawText(QRectF(symbol.where.right() + 4, symbol.where.top() - 2, width(), 20),
                         Qt::AlignLeft | Qt::AlignVCenter, description(symbol.kind, symbol.stands_for));
    }
}

bool ClusterPicture::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (const Symbol& symbol : symbols(width()))
        if (symbol.where.adjusted(-2, 0, 2, 4).contains(help->pos())) {
            QString text = description(symbol.kind, symbol.stands_for);
            if (symbol.kind == Kind::remote)
                text += (plan_.architecture == problem::Architecture::parameter_server
                             ? tr(": %1, serves the parameters")
                             : tr(": %1, holds the checkpoints"))
                            .arg(QString::fromStdString(plan_.remote));
            else if (symbol.kind == Kind::other_spot)
                text += QStringLiteral(": ") + QString::fromStdString(plan_.other_worker);
            else
                text += QStringLiteral(": ") + QString::fromStdString(plan_.worker);
            QToolTip::showText(help->globalPos(), text, this);
            return true;
        }
    QToolTip::hideText();
    return true;
}

}  // namespace deepvm::ui::panels
