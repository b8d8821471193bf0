// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/branch_tree_chart.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "charts/branch_text.h"
#include "plot/painted_item.h"

namespace deepvm::ui::charts {
namespace {

constexpr double card_pad = 8;
constexpr double between_cards = 12;
constexpr double least_branch = 20;  // height of the lines from a card to its children
constexpr double most_branch = 44;
constexpr double most_dot = 22;
constexpr double least_dot = 6;
constexpr double ring = 3;
constexpr int least_for_clear = 280;

/// How much of a node there is room for.
enum class CardSize { full, small, dot };

/// A node where it is drawn, and what is written on it.
struct BranchCard {
    QRectF box;
    int depth = 0;
    BranchLook look = BranchLook::open;
    QStringList lines;
};

}  // namespace

/// A mark is a node: its index is the row.
class BranchDrawing : public Drawing {
  public:
    explicit BranchDrawing(PlotView* view)
        : Drawing(view),
          item_(new PaintedItem(view->ground())),
          ring_(new QGraphicsRectItem(view->ground())) {
        ring_->setZValue(hover_mark);
    }

    void setTree(std::shared_ptr<const explain::BranchTree> tree) {
        item_->set({}, {});  // it reads the cards
        tree_ = std::move(tree);
        cards_.clear();
    }
    void setSelected(std::size_t node) {
        selected_ = node;
        item_->update();
    }
    bool any() const { return tree_ && !tree_->nodes.empty(); }

    void setColours(const theme::Palette& palette) override {
        Drawing::setColours(palette);
        ring_->setPen(QPen(palette.text, 1.5));
        item_->update();
    }
    void layOut() override;
    std::optional<Mark> markAt(QPointF at) const override;
    std::optional<Mark> moved(const std::optional<Mark>& from, Step step) const override;
    std::optional<Mark> kept(const Mark& mark) const override {
        if (!any()) return std::nullopt;
        return markOf(std::min(BranchTreeChart::nodeOf(mark), tree_->nodes.size() - 1));
    }
    bool canPick() const override { return true; }
    CalloutText words(const Mark& mark) const override {
        return nodeText(*tree_, BranchTreeChart::nodeOf(mark));
    }
    QColor colourOf(const Mark& mark) const override { return colourOf(card(mark).look); }
    Spot show(const Mark& mark, bool focused) override;
    void hide() override { ring_->hide(); }
    QString summary() const override;
    QString caption() const override;
    Table data() const override { return any() ? nodeTable(*tree_) : Table{}; }
    QSize leastSize() const override { return {320, 220}; }

  private:
    static Mark markOf(std::size_t node) { return {static_cast<int>(node), 0, 0}; }
    const BranchCard& card(const Mark& mark) const { return cards_[BranchTreeChart::nodeOf(mark)]; }
    QColor colourOf(BranchLook look) const;
    QStringList linesOf(std::size_t node, CardSize size) const;
    QSizeF cardSize(CardSize size) const;
    double leaves(std::size_t node, double next);
    void place(double slot, double height, double pitch);
    std::optional<Mark> beside(std::size_t node, int by) const;
    void paint(QPainter& painter) const;
    void paintBranches(QPainter& painter) const;
    void paintCard(QPainter& painter, std::size_t node) const;

    PaintedItem* item_;
    QGraphicsRectItem* ring_;
    std::shared_ptr<const explain::BranchTree> tree_;
    std::vector<BranchCard> cards_;  // one a node
    std::vector<double> slots_;      // where a node stands between its leaves, in leaves
    CardSize size_ = CardSize::full;
    std::size_t selected_ = 0;
};

QColor BranchDrawing::colourOf(BranchLook look) const {
    switch (look) {
        case BranchLook::open:
            return palette_.accent;
        case BranchLook::whole:
        case BranchLook::best:
            return palette_.on_demand;
        case BranchLook::infeasible:
            return palette_.warning;
        case BranchLook::branched:
        case BranchLook::fathomed:
            break;
    }
    return palette_.muted;
}

QStringList BranchDrawing::linesOf(std::size_t node, CardSize size) const {
    const auto look = lookOf(*tree_, node);
    const auto& own = tree_->nodes[node];
    if (size == CardSize::dot) return {signOf(look)};
    const bool none = look == BranchLook::infeasible;
    if (size == CardSize::small)
        return {stepText(own), none ? QString() : countText(own.point.nodes), signOf(look)};
    return {stepText(own), none ? QString() : pointText(own), none ? QString() : boundText(*tree_, node),
            signOf(look) + QLatin1Char(' ') + nameOf(look)};
}

// As wide as the widest card needs, with the same lines in each.
QSizeF BranchDrawing::cardSize(CardSize size) const {
    const QFontMetricsF bold(fontOf(label_px, QFont::DemiBold));
    double widest = 0;
    for (std::size_t i = 0; i < tree_->nodes.size(); ++i)
        for (const auto& line : linesOf(i, size))
            widest = std::max(widest, bold.horizontalAdvance(line));
    const double lines = size == CardSize::full ? 4 : 3;
    return {std::ceil(widest + 2 * card_pad), std::ceil(lines * bold.lineSpacing() + card_pad)};
}

// Leaves stand beside each other, parents over the middle of their children. The next free leaf.
double BranchDrawing::leaves(std::size_t node, double next) {
    const auto& children = tree_->nodes[node].children;
    if (!children) {
        slots_[node] = next + 0.5;
        return next + 1;
    }
    for (const std::size_t child : {children->first, children->second}) {
        cards_[child].depth = cards_[node].depth + 1;
        next = leaves(child, next);
    }
    slots_[node] = (slots_[children->first] + slots_[children->second]) / 2;
    return next;
}

void BranchDrawing::place(double slot, double height, double pitch) {
    const QSizeF full = size_ == CardSize::dot ? QSizeF(height, height) : cardSize(size_);
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        const QPointF centre(slots_[i] * slot, cards_[i].depth * pitch + height / 2 + ring);
        cards_[i].box = QRectF(std::round(centre.x() - full.width() / 2),
                               std::round(centre.y() - full.height() / 2), full.width(), full.height());
        cards_[i].look = lookOf(*tree_, i);
        cards_[i].lines = linesOf(i, size_);
    }
}

void BranchDrawing::layOut() {
    if (!any()) return item_->set({}, {});
    cards_.assign(tree_->nodes.size(), {});
    slots_.assign(tree_->nodes.size(), 0);
    const double wide = leaves(0, 0);
    int depth = 0;
    for (const auto& each : cards_)
        depth = std::max(depth, each.depth);
    const double levels = depth + 1;
    const double width = view_->width();
    const double height = view_->height() - 2 * ring;
    const auto fits = [&](CardSize size) {
        const QSizeF one = cardSize(size);
        return wide * (one.width() + between_cards) <= width &&
               levels * one.height() + depth * least_branch <= height;
    };
    size_ = fits(CardSize::full) ? CardSize::full : fits(CardSize::small) ? CardSize::small : CardSize::dot;
    const double slot = width / wide;
    if (size_ == CardSize::dot) {
        const double dot = std::clamp(std::min(slot - 2, height / levels * 0.6), least_dot, most_dot);
        place(slot, dot, depth > 0 ? std::min((height - dot) / depth, dot + most_branch) : 0);
    } else {
        const double card = cardSize(size_).height();
        place(slot, card, depth > 0 ? std::min((height - card) / depth, card + most_branch) : 0);
    }
    item_->set(view_->all(), [this](QPainter& painter) { paint(painter); });
}

void BranchDrawing::paint(QPainter& painter) const {
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintBranches(painter);
    for (std::size_t i = 0; i < cards_.size(); ++i)
        paintCard(painter, i);
}

void BranchDrawing::paintBranches(QPainter& painter) const {
    painter.setPen(QPen(palette_.baseline, 1.25));
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        const auto& parent = tree_->nodes[i].parent;
        if (!parent) continue;
        const QRectF& above = cards_[*parent].box;
        const QRectF& below = cards_[i].box;
        painter.drawLine(QPointF(above.center().x(), above.bottom()),
                         QPointF(below.center().x(), below.top()));
    }
}

// What is closed without a plan has a broken outline, the best a filled card.
void BranchDrawing::paintCard(QPainter& painter, std::size_t node) const {
    const BranchCard& own = cards_[node];
    const QColor colour = colourOf(own.look);
    QPen pen(colour, own.look == BranchLook::best ? 2 : 1.25);
    if (own.look == BranchLook::infeasible) pen.setDashPattern({4, 3});
    if (own.look == BranchLook::fathomed) pen.setDashPattern({1.5, 2.5});
    painter.setPen(pen);
    painter.setBrush(own.look == BranchLook::best ? palette_.selected : palette_.surface);
    const double round = size_ == CardSize::dot ? own.box.width() / 2 : 6;
    painter.drawRoundedRect(own.box.adjusted(0.5, 0.5, -0.5, -0.5), round, round);
    if (node == selected_ && own.look == BranchLook::open) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette_.accent, 2));
        painter.drawRoundedRect(own.box.adjusted(-2, -2, 2, 2), round + 2, round + 2);
    }
    const QFont plain = fontOf();
    const QFont bold = fontOf(label_px, QFont::DemiBold);
    const double line = QFontMetricsF(bold).lineSpacing();
    if (size_ == CardSize::dot) {
        if (own.box.width() < line) return;
        painter.setFont(bold);
        painter.setPen(colour);
        return painter.drawText(own.box, Qt::AlignCenter, own.lines.front());
    }
    QRectF row(own.box.left(), own.box.top() + card_pad / 2, own.box.width(), line);
    for (qsizetype i = 0; i < own.lines.size(); ++i) {
        const bool last = i == own.lines.size() - 1;
        painter.setFont(i == 0 || last ? bold : plain);
        painter.setPen(last ? colour : palette_.text);
        painter.drawText(row, Qt::AlignCenter, own.lines[i]);
        row.translate(0, line);
    }
}

std::optional<Mark> BranchDrawing::markAt(QPointF at) const {
    for (std::size_t i = 0; i < cards_.size(); ++i)
        if (cards_[i].box.adjusted(-2, -2, 2, 2).contains(at)) return markOf(i);
    return std::nullopt;
}

// The next node to the left or right at the same depth, else the node itself.
std::optional<Mark> BranchDrawing::beside(std::size_t node, int by) const {
    std::size_t found = node;
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        if (cards_[i].depth != cards_[node].depth || (slots_[i] - slots_[node]) * by <= 0) continue;
        if (found == node || (slots_[i] - slots_[found]) * by < 0) found = i;
    }
    return markOf(found);
}

std::optional<Mark> BranchDrawing::moved(const std::optional<Mark>& from, Step step) const {
    if (!any()) return std::nullopt;
    if (!from) return markOf(std::min(selected_, tree_->nodes.size() - 1));
    const auto now = BranchTreeChart::nodeOf(*from);
    const auto& node = tree_->nodes[now];
    switch (step) {
        case Step::left:
            return beside(now, -1);
        case Step::right:
            return beside(now, 1);
        case Step::up:
            return markOf(node.parent.value_or(now));
        case Step::down:
            return markOf(node.children ? node.children->first : now);
        case Step::first:
            return markOf(0);
        case Step::last:
            return markOf(tree_->nodes.size() - 1);
    }
    return from;
}

Spot BranchDrawing::show(const Mark& mark, bool focused) {
    const QRectF box = card(mark).box;
    ring_->setRect(box.adjusted(-ring, -ring, ring, ring));
    ring_->setVisible(focused);
    // On a low view there is no room above or below a card: then beside its middle.
    return {box.center(), {}, view_->height() >= least_for_clear ? box : QRectF()};
}

QString BranchDrawing::summary() const {
    if (!any()) return QStringLiteral("No program, so nothing to show");
    QStringList parts{QStringLiteral("Branch and bound: ") + treeText(*tree_)};
    constexpr std::size_t read_aloud = 15;
    for (std::size_t i = 0; i < std::min(read_aloud, tree_->nodes.size()); ++i)
        parts << spoken(nodeText(*tree_, i));
    return parts.join(QStringLiteral("; "));
}

QString BranchDrawing::caption() const {
    if (!any()) return {};
    QStringList parts;
    for (const auto look : {BranchLook::open, BranchLook::branched, BranchLook::whole, BranchLook::best,
                            BranchLook::infeasible, BranchLook::fathomed})
        parts << signOf(look) + QLatin1Char(' ') + nameOf(look);
    return parts.join(QStringLiteral(" · "));
}

BranchTreeChart::BranchTreeChart(QWidget* parent)
    : ChartFrame({tr("Branch and bound"), QStringLiteral("branchView"), {560, 320}, {8, 8, 8, 4}}, parent),
      branches_(draw<BranchDrawing>()) {}

void BranchTreeChart::setTree(std::shared_ptr<const explain::BranchTree> tree) {
    const auto nodes = tree ? tree->nodes.size() : 0;
    redraw([&] { branches_->setTree(std::move(tree)); });
    setAside(nodes == 0 ? QString() : nodes == 1 ? tr("1 node") : tr("%1 nodes").arg(nodes));
}

void BranchTreeChart::setSelected(std::size_t node) {
    branches_->setSelected(node);
}

}  // namespace deepvm::ui::charts
