// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/tiering_page.h"

#include <utility>

#include "wording/format.h"
#include "wording/wording.h"

namespace deepvm::ui::pages {
namespace {

// The first step of tiering's frontier: nothing of it costs less.
const problem::Plan* cheapestTiering(const planner::Frontier& frontier) {
    const auto found = frontier.by_architecture.find(problem::Architecture::tiering);
    return found == frontier.by_architecture.end() || found->second.empty() ? nullptr
                                                                            : &found->second.front();
}

}  // namespace

TieringPage::TieringPage(const QString& name, state::ExplorationState& state, state::Planning& planning,
                         QWidget* parent)
    : Page(name, state, parent), planning_(planning) {}

const problem::Plan* TieringPage::bestTiering(const planner::Decision& decision) {
    const auto found = decision.by_architecture.find(problem::Architecture::tiering);
    return found == decision.by_architecture.end() || found->second.empty() ? nullptr
                                                                            : &found->second.front();
}

void TieringPage::explainNone() {
    const auto& scene = planning_.scene();
    const auto& decision = planning_.decision();
    const bool off = scene && decision ? !scene->key.exploration.has(problem::Architecture::tiering)
                                       : !state_.value().has(problem::Architecture::tiering);
    if (off)
        return showEmpty(tr("Tiering is switched off. Its feasible region has two whole numbers to choose: "
                            "spot workers and remote nodes."),
                         tr("Switch tiering on"), [this] { switchOn(); });
    if (!scene || !decision) {
        const auto& error = planning_.error();
        return showEmpty(error ? QString::fromStdString(error->message) + QLatin1Char('.')
                               : tr("Planning ..."));
    }
    const auto* cheapest = cheapestTiering(*scene->frontier);
    if (cheapest == nullptr)
        return showEmpty(tr("No tiering cluster fits any budget up to %1: no type can be a spot worker "
                            "beside remote nodes with these choices.")
                             .arg(wording::moneyPerHour(scene->frontier->to)));
    const QString price = wording::moneyPerHour(cheapest->hourly_price);
    showEmpty(tr("No tiering cluster fits %1.").arg(wording::moneyPerHour(decision->budget)) +
                  QLatin1Char(' ') +
                  tr("The cheapest is %1 at %2.").arg(wording::machinesLine(*cheapest), price),
              *cheapest);
}

void TieringPage::switchOn() {
    auto next = state_.value();
    next.enable(problem::Architecture::tiering, true);
    state_.set(std::move(next), wording::architectureName(problem::Architecture::tiering));
}

}  // namespace deepvm::ui::pages
