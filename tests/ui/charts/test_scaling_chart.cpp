// SPDX-License-Identifier: GPL-3.0-or-later
// What more nodes are worth: by pointer, by keys, in words and as a table.
#include <QTest>

#include "charts/scaling_chart.h"
#include "hand.h"
#include "test_program.h"

namespace test_scaling_chart {

using namespace deepvm;
using namespace deepvm::ui;
using charts::ScalingChart;

namespace {

charts::ScalingPicture picture() {
    model::EffectiveNodes half;
    model::EffectiveNodes most;
    for (int n = 1; n <= 64; ++n) {
        half.push_back(0.5 * n + 0.5);
        most.push_back(0.8 * n + 0.2);
    }
    return {QStringLiteral("g4dn.xlarge"),
            {{problem::ScalingBasis::published, true, half}, {problem::ScalingBasis::assumed, false, most}},
            {}};
}

}  // namespace

class TestScalingChart : public QObject {
    Q_OBJECT
  private slots:
    void init() {
        QTest::failOnWarning(test::anyWarning());
        chart_ = std::make_unique<ScalingChart>();
        chart_->resize(640, 300);
        chart_->setPicture(picture());
        chart_->show();
        QVERIFY(QTest::qWaitForWindowExposed(chart_.get()));
    }
    void cleanup() { chart_.reset(); }

    void thePointerAndTheKeysReadTheSame() {
        test::send(*chart_, QEvent::MouseMove, {300, 150});
        QVERIFY(test::calloutOf(*chart_)->text().title.endsWith(QStringLiteral(" × g4dn.xlarge")));
        test::leave(*chart_);
        QTest::keyClick(chart_.get(), Qt::Key_End);  // from nowhere
        QCOMPARE(test::calloutOf(*chart_)->text().title, QStringLiteral("64 × g4dn.xlarge"));
        QTest::keyClick(chart_.get(), Qt::Key_Home);
        QTest::keyClick(chart_.get(), Qt::Key_Right);
        QTest::keyClick(chart_.get(), Qt::Key_Right);
        QCOMPARE(test::calloutOf(*chart_)->text().title, QStringLiteral("3 × g4dn.xlarge"));
        QCOMPARE(test::calloutOf(*chart_)->text().detail,
                 QStringLiteral("published: 2.00 ideal nodes (67 %)\nassumed: 2.60 ideal nodes (87 %)"));
        QTest::keyClick(chart_.get(), Qt::Key_End);
        QVERIFY(chart_->accessibleDescription().startsWith(QStringLiteral("64 × g4dn.xlarge: ")));
        QVERIFY(chart_->summary().contains(QStringLiteral("published: 32.50 ideal nodes (51 %)")));
        QCOMPARE(chart_->data().rows.size(), 64);
        QCOMPARE(chart_->data().rows[2], (QStringList{"3", "2", "2.6"}));
    }

    void everythingCanBeRead() {
        for (const int font : {0, 20})
            for (const QSize size : {QSize(640, 300), QSize(380, 200), QSize(1240, 360)}) {
                QFont own = chart_->font();
                if (font > 0) own.setPixelSize(font);  // a person's own
                chart_->setFont(own);
                chart_->resize(size);
                QCoreApplication::processEvents();
                for (const char* wanted : {"published", "assumed", "ideal", "nodes n", "ideal nodes"})
                    QVERIFY(test::textsOn(*chart_).contains(QLatin1String(wanted)));
                QCOMPARE(test::illegibleOn(*chart_), QString());
                QVERIFY(test::calloutStaysInside(*chart_));
            }
    }

    void withoutAPlanThereIsNothing() {
        chart_->setPicture({});
        QVERIFY(test::textsOn(*chart_).isEmpty());
        test::send(*chart_, QEvent::MouseMove, {300, 150});
        QVERIFY(!test::calloutOf(*chart_)->isVisible());
        QTest::keyClick(chart_.get(), Qt::Key_Right);
        QVERIFY(chart_->data().rows.isEmpty());
    }

  private:
    std::unique_ptr<ScalingChart> chart_;
};

}  // namespace test_scaling_chart

DEEPVM_TEST(test_scaling_chart, TestScalingChart)
#include "test_scaling_chart.moc"
