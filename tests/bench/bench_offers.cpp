// SPDX-License-Identifier: GPL-3.0-or-later
// The catalog's offers of every provider: a filter typed letter by letter, a click on each header, and the
// table scrolled, each up to the painted window.
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "bench/table.h"
#include "catalog/catalog.h"
#include "models/offers_model.h"
#include "theme/application_style.h"
#include "window/main_window.h"

namespace {

using namespace deepvm;
using namespace deepvm::ui;

constexpr double frame_ms = 16;

double milliseconds(const std::function<void()>& work) {
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void print(const std::string& work, std::vector<double> taken) {
    std::sort(taken.begin(), taken.end());
    const auto at = [&](double share) {
        return taken[static_cast<std::size_t>(share * static_cast<double>(taken.size() - 1))];
    };
    bench::print({work, at(0.5), at(0.99), frame_ms, {}, {}});
}

void painted() {
    QApplication::processEvents();
    QApplication::processEvents();
}

void of_the_window() {
    state::Remembered remembered;
    remembered.exploration.selection = {"any", "any"};
    remembered.layout.page = QStringLiteral("catalog");
    window::MainWindow window({{}, DEEPVM_SOURCE_DIR "/catalog.db"}, remembered, state::Settings(QString()));
    window.resize(1920, 1080);
    window.show();
    while (window.busy())
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    painted();
    auto* table = window.findChild<QTableView*>(QStringLiteral("catalogTable"));
    auto* typed = window.findChild<QLineEdit*>(QStringLiteral("offersExpression"));
    const std::string all = std::to_string(table->model()->rowCount()) + " offers";
    std::vector<double> letters;
    std::vector<double> filtered;
    for (int turn = 0; turn < 10; ++turn) {
        const QString text = QStringLiteral("gpu>=4 & memory/gpu>=40 & spot<2%1 | type~g5").arg(turn);
        for (qsizetype length = 0; length <= text.size(); ++length)
            letters.push_back(milliseconds([&] {
                filtered.push_back(milliseconds([&] { typed->setText(text.left(length)); }));
                painted();
            }));
    }
    print("a letter of a filter to the painted window, " + all, std::move(letters));
    print("of that without painting, " + all, std::move(filtered));
    typed->clear();
    painted();
    std::vector<double> sorts;
    for (int turn = 0; turn < 4; ++turn)
        for (int column = 0; column < table->model()->columnCount(); ++column)
            sorts.push_back(milliseconds([&] {
                table->sortByColumn(column, turn % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
                painted();
            }));
    print("a sort to the painted window, " + all, std::move(sorts));
    std::vector<double> scrolls;
    auto* bar = table->verticalScrollBar();
    for (int turn = 0; turn < 500; ++turn)
        scrolls.push_back(milliseconds([&] {
            bar->setValue(static_cast<int>((turn * 7919LL * 37) % std::max(1, bar->maximum())));
            painted();
        }));
    print("a scroll to the painted window, " + all, std::move(scrolls));
}

void of_the_lists() {
    const auto catalog = catalog::Catalog::open(DEEPVM_SOURCE_DIR "/catalog.db");
    const auto market = catalog ? catalog->load({"any", "any"}) : tl::unexpected(catalog.error());
    if (!market) return;
    const auto* workload = model::find_workload(**market, "resnet50-imagenet");
    std::vector<double> makes;
    std::shared_ptr<const offers::Table> table;
    for (int turn = 0; turn < 20; ++turn)
        makes.push_back(milliseconds([&] {
            table = std::make_shared<const offers::Table>(*market, offers::Asked{*workload, {}, {}, {}},
                                                          std::chrono::sys_days());
        }));
    print("the table itself, in the background", std::move(makes));
    const auto filter = offers::OfferFilter::parse("gpu>=4 & memory/gpu>=40 & spot<2 | \"europe\"");
    std::vector<double> filters;
    for (int turn = 0; turn < 100; ++turn)
        filters.push_back(milliseconds([&] { (void)filter->rows(*table); }));
    print("a filter alone, " + std::to_string(table->size()) + " offers", std::move(filters));
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    QApplication::setStyle(new theme::ApplicationStyle);
    bench::print_head();
    of_the_lists();
    of_the_window();
    return 0;
}
