// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/branch_text.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace deepvm::ui::charts {
namespace {

constexpr double nearly_whole = 1e-6;

QString objectiveIn(const explain::BranchTree& tree, double value) {
    return objectiveValue(tree.problem->request.objective,
                          tree.problem->market->kind == model::MarketKind::published, value);
}

QString rangeText(const QString& letter, const explain::CountBounds& bounds, int free) {
    const bool below = bounds.least > free;
    if (below && bounds.most)
        return bounds.least == *bounds.most
                   ? QStringLiteral("%1 = %2").arg(letter).arg(bounds.least)
                   : QStringLiteral("%1 ≤ %2 ≤ %3").arg(bounds.least).arg(letter).arg(*bounds.most);
    if (below) return QStringLiteral("%1 ≥ %2").arg(letter).arg(bounds.least);
    return bounds.most ? QStringLiteral("%1 ≤ %2").arg(letter).arg(*bounds.most) : QString();
}

QString allBounds(const explain::BranchNode& node) {
    QStringList parts{rangeText(QStringLiteral("n"), node.nodes, 1),
                      rangeText(QStringLiteral("m"), node.remotes, 0)};
    parts.removeAll(QString());
    return parts.isEmpty() ? QStringLiteral("every n and m") : parts.join(QStringLiteral(", "));
}

}  // namespace

BranchLook lookOf(const explain::BranchTree& tree, std::size_t node) {
    switch (tree.nodes[node].status) {
        case explain::NodeStatus::open:
            return BranchLook::open;
        case explain::NodeStatus::branched:
            return BranchLook::branched;
        case explain::NodeStatus::infeasible:
            return BranchLook::infeasible;
        case explain::NodeStatus::fathomed:
            return BranchLook::fathomed;
        case explain::NodeStatus::whole:
            break;
    }
    return tree.incumbent == node ? BranchLook::best : BranchLook::whole;
}

QString signOf(BranchLook look) {
    switch (look) {
        case BranchLook::open:
            return QStringLiteral("?");
        case BranchLook::branched:
            return QStringLiteral("∧");
        case BranchLook::whole:
            return QStringLiteral("✓");
        case BranchLook::best:
            return QStringLiteral("★");
        case BranchLook::infeasible:
            return QStringLiteral("✕");
        case BranchLook::fathomed:
            break;
    }
    return QStringLiteral("–");
}

QString nameOf(BranchLook look) {
    switch (look) {
        case BranchLook::open:
            return QStringLiteral("open");
        case BranchLook::branched:
            return QStringLiteral("branched");
        case BranchLook::whole:
            return QStringLiteral("whole");
        case BranchLook::best:
            return QStringLiteral("best so far");
        case BranchLook::infeasible:
            return QStringLiteral("infeasible");
        case BranchLook::fathomed:
            break;
    }
    return QStringLiteral("fathomed");
}

QString countText(double count) {
    const double whole = std::round(count);
    if (std::abs(count - whole) <= nearly_whole) return QString::number(whole, 'f', 0);
    QString text;
    for (int places = 2; places <= 6; ++places) {
        text = QString::number(count, 'f', places);
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (!text.endsWith(QLatin1Char('.'))) break;
    }
    return text;
}

QString sideText(explain::Variable variable, int value, bool at_least) {
    return QStringLiteral("%1 %2 %3")
        .arg(variable == explain::Variable::nodes ? QLatin1String("n") : QLatin1String("m"),
             at_least ? QStringLiteral("≥") : QStringLiteral("≤"),
             QString::number(value + (at_least ? 1 : 0)));
}

QString stepText(const explain::BranchNode& node) {
    if (!node.parent) return QStringLiteral("all");
    const auto& bounds = node.variable == explain::Variable::nodes ? node.nodes : node.remotes;
    return sideText(node.variable, node.at_least ? bounds.least - 1 : *bounds.most, node.at_least);
}

QString boundText(const explain::BranchTree& tree, std::size_t node) {
    return objectiveIn(tree, tree.nodes[node].point.bound);
}

QString pointText(const explain::BranchNode& node) {
    return QStringLiteral("n = %1, m = %2").arg(countText(node.point.nodes), countText(node.point.remotes));
}

QString statusText(const explain::BranchTree& tree, std::size_t index) {
    const auto& node = tree.nodes[index];
    switch (lookOf(tree, index)) {
        case BranchLook::open: {
            const bool parts = countText(node.point.nodes).contains(QLatin1Char('.')) ||
                               countText(node.point.remotes).contains(QLatin1Char('.'));
            return parts ? QStringLiteral("open: nobody rents parts of machines, so it is to be parted")
                         : QStringLiteral(
                               "open: its counts are whole, but it mixes smaller and larger clusters");
        }
        case BranchLook::branched:
            return QStringLiteral("branched: its two children say more");
        case BranchLook::whole:
            return QStringLiteral("whole: a plan, but another is better");
        case BranchLook::best:
            return explain::finished(tree) ? QStringLiteral("whole: the best plan of all")
                                           : QStringLiteral("whole: the best plan so far, the incumbent");
        case BranchLook::infeasible:
            return QStringLiteral("infeasible: nothing in these bounds keeps every limit");
        case BranchLook::fathomed:
            break;
    }
    return QStringLiteral("fathomed: nothing in it can be better than the best so far");
}

CalloutText nodeText(const explain::BranchTree& tree, std::size_t index) {
    const auto& node = tree.nodes[index];
    QStringList lines;
    if (node.status != explain::NodeStatus::infeasible) {
        const bool plan = node.status == explain::NodeStatus::whole;
        const bool less = problem::is_of_job(tree.problem->request.objective);
        lines << (plan ? QStringLiteral("%1: %2").arg(pointText(node), boundText(tree, index))
                       : QStringLiteral("%1: %2 %3")
                             .arg(pointText(node),
                                  less ? QStringLiteral("at least") : QStringLiteral("at most"),
                                  boundText(tree, index)));
        if (plan)
            lines << QStringLiteral("costs %1/h").arg(money(problem::price(*tree.candidate, node.counts)));
    }
    lines << statusText(tree, index);
    return {QStringLiteral("Node %1: %2").arg(QString::number(index + 1), allBounds(node)),
            lines.join(QLatin1Char('\n'))};
}

QString treeText(const explain::BranchTree& tree) {
    const auto open = std::ranges::count(tree.nodes, explain::NodeStatus::open, &explain::BranchNode::status);
    QString text = QStringLiteral("%1 %2, %3 open")
                       .arg(QString::number(tree.nodes.size()),
                            tree.nodes.size() == 1 ? QStringLiteral("node") : QStringLiteral("nodes"),
                            open == 0 ? QStringLiteral("none") : QString::number(open));
    if (const auto best = explain::incumbent(tree))
        text += QStringLiteral("; %1 n = %2, m = %3")
                    .arg(open == 0 ? QStringLiteral("the best is") : QStringLiteral("best so far"),
                         QString::number(best->counts.nodes), QString::number(best->counts.remotes));
    else
        text += open == 0 ? QStringLiteral("; nothing fits") : QStringLiteral("; no plan yet");
    return text;
}

Table nodeTable(const explain::BranchTree& tree) {
    Table table{{QStringLiteral("node"), QStringLiteral("parent"), QStringLiteral("bounds"),
                 QStringLiteral("workers n"), QStringLiteral("remote nodes m"), QStringLiteral("bound"),
                 QStringLiteral("status")},
                {}};
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const auto& node = tree.nodes[i];
        const bool none = node.status == explain::NodeStatus::infeasible;
        table.rows << QStringList{QString::number(i + 1),
                                  node.parent ? QString::number(*node.parent + 1) : QString(),
                                  allBounds(node),
                                  none ? QString() : QString::number(node.point.nodes, 'g', 9),
                                  none ? QString() : QString::number(node.point.remotes, 'g', 9),
                                  none ? QString() : QString::number(node.point.bound, 'g', 9),
                                  nameOf(lookOf(tree, i))};
    }
    return table;
}

}  // namespace deepvm::ui::charts
