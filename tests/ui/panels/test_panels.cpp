// SPDX-License-Identifier: GPL-3.0-or-later
// Single widgets, driven as a person drives them.
#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QWheelEvent>

#include "panels/budget_field.h"
#include "panels/cluster_picture.h"
#include "panels/market_picker.h"
#include "panels/scales.h"
#include "planner/decision.h"
#include "session/exploration.h"
#include "test_program.h"
#include "theme/application_style.h"
#include "theme/style_sheet.h"
#include "widgets/log_slider.h"
#include "widgets/message_bar.h"
#include "widgets/number_field.h"
#include "widgets/toggle_switch.h"
#include "wording/architecture_colours.h"

namespace test_panels {

using namespace deepvm;
using namespace deepvm::ui;
using base::Money;

class TestPanels : public QObject {
    Q_OBJECT

  private slots:
    void sliderPositionsAreExactAndReversible() {
        const auto& scale = panels::budgetScale();
        QCOMPARE(scale.at(0), session::least_budget.micro());
        QCOMPARE(scale.at(scale.steps()), session::most_budget.micro());
        for (int i = 0; i <= scale.steps(); ++i) {
            QCOMPARE(scale.position(scale.at(i)), i);
            if (i > 0) QVERIFY(scale.at(i) > scale.at(i - 1));
        }
        QCOMPARE(scale.at(200), std::int64_t{500'000});
        QCOMPARE(scale.at(400), std::int64_t{5'000'000});
        QCOMPARE(scale.at(600), std::int64_t{50'000'000});
    }

    void sliderTakesNoValueOutsideItsEnds() {
        QCOMPARE(panels::budgetScale().fraction(1), 0.0);
        QCOMPARE(panels::budgetScale().fraction(0), 0.0);
        QCOMPARE(panels::budgetScale().fraction(std::int64_t{100'000'000'000}), 1.0);
    }

    void sliderKeepsAnExactValue() {
        widgets::LogSlider slider(panels::budgetScale());
        const QSignalSpy moved(&slider, &widgets::LogSlider::moved);
        slider.setExact(2'912'345);
        QCOMPARE(slider.exact(), std::int64_t{2'912'345});
        QVERIFY(moved.isEmpty());
        slider.resize(400, 26);
        slider.show();
        // Taking the handle and letting it go where it is changes nothing.
        const QPoint handle = slider.handleCentre(slider.exact());
        QTest::mousePress(&slider, Qt::LeftButton, {}, handle);
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, handle);
        QCOMPARE(slider.exact(), std::int64_t{2'912'345});
    }

    void sliderFollowsMouseKeysAndWheel() {
        widgets::LogSlider slider(panels::budgetScale());
        slider.resize(600, 26);
        slider.show();
        slider.setExact(5'000'000);
        QTest::mouseClick(&slider, Qt::LeftButton, {}, slider.handleCentre(50'000'000));
        QVERIFY(std::abs(slider.exact() - 50'000'000) <= 1'000'000);
        slider.setExact(5'000'000);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(slider.exact(), panels::budgetScale().at(401));
        QTest::keyClick(&slider, Qt::Key_PageDown);
        QVERIFY(slider.exact() < 5'000'000);
        QTest::keyClick(&slider, Qt::Key_Home);
        QCOMPARE(slider.exact(), std::int64_t{50'000});
        QTest::keyClick(&slider, Qt::Key_End);
        QCOMPARE(slider.exact(), std::int64_t{500'000'000});
        QWheelEvent down({10, 10}, slider.mapToGlobal(QPointF(10, 10)), {}, {0, -120}, {}, {},
                         Qt::NoScrollPhase, false);
        slider.clearFocus();
        QApplication::sendEvent(&slider, &down);
        QCOMPARE(slider.exact(), std::int64_t{500'000'000});  // who scrolls past it changes nothing
        QVERIFY(!down.isAccepted());
        QVERIFY(QTest::qWaitForWindowActive(&slider));
        slider.setFocus();
        QApplication::sendEvent(&slider, &down);
        QVERIFY(slider.exact() < 500'000'000);
    }

    void fieldTakesSixDecimalPlaces() {
        panels::BudgetField field;
        auto* edit = field.findChild<QLineEdit*>("budgetField");
        std::vector<Money> entered;
        connect(&field, &panels::BudgetField::entered, &field,
                [&](Money amount) { entered.push_back(amount); });
        field.setAmount(Money::from_micro(2'900'000));
        QCOMPARE(edit->text(), QStringLiteral("2.90"));
        edit->selectAll();
        QTest::keyClicks(edit, "2.912345");
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(entered.size(), 1U);
        QCOMPARE(entered[0].micro(), std::int64_t{2'912'345});
        field.setAmount(entered[0]);
        QCOMPARE(edit->text(), QStringLiteral("2.912345"));
    }

    void badInputSaysWhyAndChangesNothing_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"abc", "-3", "1e3", "nan", "2.9000001", "2,9", "99999999999"})
            QTest::newRow(text) << text;
    }

    void badInputSaysWhyAndChangesNothing() {
        QFETCH(QString, text);
        panels::BudgetField field;
        auto* edit = field.findChild<QLineEdit*>("budgetField");
        field.setAmount(Money::from_micro(2'900'000));
        int entered = 0;
        QString problem;
        connect(&field, &panels::BudgetField::entered, &field, [&] { ++entered; });
        connect(&field, &panels::BudgetField::problem, &field,
                [&](const QString& message) { problem = message; });
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(entered, 0);
        QVERIFY(!problem.isEmpty());
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(edit->text(), QStringLiteral("2.90"));
        QVERIFY(problem.isEmpty());
    }

    // As people write them; a comma that might be a point is none of them.
    void numbersAreTakenAsTheyAreWritten_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("duration");
        QTest::addColumn<double>("value");  // 0: refused
        for (const auto& [text, value] : {std::pair("150,000", 150'000.0),
                                          {"1 281 167", 1'281'167.0},
                                          {"1,000.5", 1000.5},
                                          {"1e6", 1e6},
                                          {"1,5", 0.0},
                                          {"15,00", 0.0},
                                          {"72h", 0.0},
                                          {"1,00,000", 0.0}})
            QTest::newRow(text) << QString(text) << false << value;
        for (const auto& [text, value] :
             {std::pair("72", 72.0), {"3d", 72.0}, {"90min", 1.5}, {"friday", 0.0}})
            QTest::newRow(text) << QString(text) << true << value;
    }
    void numbersAreTakenAsTheyAreWritten() {
        QFETCH(QString, text);
        QFETCH(bool, duration);
        QFETCH(double, value);
        widgets::NumberField field("Number", {0.001, 1e7, {}, "none", false, duration});
        std::optional<double> entered;
        connect(&field, &widgets::NumberField::entered, &field,
                [&](std::optional<double> number) { entered = number; });
        QString problem;
        connect(&field, &widgets::NumberField::problem, &field, [&](const QString& said) { problem = said; });
        QTest::keyClicks(&field, text);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(entered.value_or(0), value);
        QCOMPARE(problem.isEmpty(), value > 0);
    }

    void toggleAnswersToTheKeyboard() {
        widgets::ToggleSwitch toggle(wording::role(problem::Architecture::tiering), "Tiering",
                                     "spot workers");
        toggle.show();
        QTest::keyClick(&toggle, Qt::Key_Space);
        QVERIFY(toggle.isChecked());
        QTest::mouseClick(&toggle, Qt::LeftButton, {}, QPoint(5, 30));
        QVERIFY(!toggle.isChecked());
        QCOMPARE(toggle.accessibleDescription(), QStringLiteral("spot workers"));
    }

    void pictureWrapsAndCondenses() {
        panels::ClusterPicture picture;
        problem::Plan plan;
        plan.architecture = problem::Architecture::single_anchor;
        plan.anchors = 1;
        plan.spot_workers = 16;
        plan.nodes = 17;
        picture.resize(320, 20);
        picture.setPlan(plan);
        const int one_row = picture.height();
        QCOMPARE(picture.accessibleName(), QStringLiteral("1 on-demand anchor, 16 spot workers"));
        picture.resize(160, picture.height());
        QVERIFY(picture.heightForWidth(160) > one_row);
        plan.spot_workers = 500;
        plan.nodes = 501;
        picture.setPlan(plan);
        QVERIFY(picture.heightForWidth(320) < 3 * one_row);
    }

    void menuLettersAreUnderlinedWhileAltIsHeld() {
        theme::ApplicationStyle style;
        QWidget window;
        window.show();
        QCOMPARE(style.styleHint(QStyle::SH_UnderlineShortcut, nullptr, &window), 0);
        QTest::keyPress(&window, Qt::Key_Alt);
        QCOMPARE(style.styleHint(QStyle::SH_UnderlineShortcut, nullptr, &window), 1);
        QTest::keyRelease(&window, Qt::Key_Alt);
        QCOMPARE(style.styleHint(QStyle::SH_UnderlineShortcut, nullptr, &window), 0);
    }

    // By its colour alone a person could not tell what a filled box means.
    void aCheckedBoxHasATick_data() {
        QTest::addColumn<int>("mode");
        QTest::newRow("light") << static_cast<int>(theme::Mode::light);
        QTest::newRow("dark") << static_cast<int>(theme::Mode::dark);
    }
    void aCheckedBoxHasATick() {
        QFETCH(int, mode);
        const auto& palette = theme::palette(static_cast<theme::Mode>(mode));
        theme::ApplicationStyle style;
        QWidget root;
        QCheckBox box("Observed spot prices only", &root);
        QLineEdit other(&root);
        root.setStyle(&style);
        box.setStyle(&style);
        theme::dress(root, palette);
        box.resize(box.sizeHint());
        other.move(0, 60);
        root.resize(320, 100);
        root.show();
        QVERIFY(QTest::qWaitForWindowExposed(&root));
        root.activateWindow();
        other.setFocus();
        const int side = theme::scaled(16);
        // Pixels of about this colour inside the box, its edge left out.
        const auto count = [&](const QColor& colour, int margin) {
            const QImage image = box.grab(QRect(0, (box.height() - side) / 2, side, side)).toImage();
            int found = 0;
            for (int y = margin; y < image.height() - margin; ++y)
                for (int x = margin; x < image.width() - margin; ++x) {
                    const QColor at = image.pixelColor(x, y);
                    found += std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green()) +
                                         std::abs(at.blue() - colour.blue()) <
                                     60
                                 ? 1
                                 : 0;
                }
            return found;
        };
        QCOMPARE(count(palette.accent, 2), 0);
        box.setChecked(true);
        const int tick = count(palette.on_accent, 2);
        QVERIFY2(tick > 8 && tick < side * side / 3, qPrintable(QString::number(tick)));
        QVERIFY(count(palette.accent, 2) > side * side / 3);
        box.setFocus();
        QVERIFY(QTest::qWaitFor([&] { return box.hasFocus(); }));
        QVERIFY(count(palette.on_accent, 1) > tick);  // and a ring
        box.setEnabled(false);
        QCOMPARE(count(palette.accent, 2), 0);
        QVERIFY(count(palette.baseline, 2) > 8);
        box.setChecked(false);
        QCOMPARE(count(palette.baseline, 2), 0);
    }

    void aLongPickerTitleKeepsItsRegion() {
        panels::MarketPicker picker;
        picker.setCurrent({"gcp", "northamerica-northeast1"}, {});
        picker.setMarkets({{"gcp",
                            "Google Compute Engine",
                            model::MarketKind::provider,
                            {"asia-east1", "northamerica-northeast1"},
                            138,
                            276,
                            "2026-07-16"}});
        QCOMPARE(picker.text(), QStringLiteral("Google Compute Engine northamerica-northeast1"));
        auto* list = picker.findChild<QListView*>("marketList");
        QCOMPARE(list->model()->rowCount(), 3);
        QCOMPARE(list->model()->index(0, 0).data().toString(),
                 QStringLiteral("Google Compute Engine, any region"));
    }

    // What a person looks for first stands first: the widest choice before the regions.
    void thePickerOffersAnyProviderAndAnyRegion() {
        using Kind = model::MarketKind;
        panels::MarketPicker picker;
        picker.setMarkets({{"paper", "The paper", Kind::published, {""}, 1, 1, "2024-01-03"},
                           {"aws", "AWS", Kind::provider, {"us-east-1"}, 1, 1, "2024-01-03"},
                           {"gcp", "GCP", Kind::provider, {"asia-east1", "us-central1"}, 1, 2, "2024-01-03"},
                           {"any", "Any provider", Kind::provider, {"any"}, 2, 3, "2024-01-03"}});
        auto* list = picker.findChild<QListView*>("marketList");
        QStringList offered;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            offered << list->model()->index(row, 0).data().toString();
        QCOMPARE(offered, QStringList({"The paper", "Any provider", "AWS, any region", "AWS us-east-1",
                                       "GCP, any region", "GCP asia-east1", "GCP us-central1"}));
        picker.show();
        picker.click();
        auto* search = picker.findChild<QLineEdit*>("marketSearch");
        std::vector<catalog::Selection> picked;
        connect(&picker, &panels::MarketPicker::picked, &picker,
                [&](const catalog::Selection& selection) { picked.push_back(selection); });
        QTest::keyClicks(search, "any provider");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(picked.size(), std::size_t{1});
        QVERIFY((picked[0] == catalog::Selection{"any", "any"}));
        picker.setCurrent(picked[0], {});
        QCOMPARE(picker.text(), QStringLiteral("Any provider"));
    }

    void manyMachinesOnASmallPictureAreLeftToTheWords() {
        panels::ClusterPicture picture;
        problem::Plan plan;
        plan.architecture = problem::Architecture::tiering;
        plan.spot_workers = plan.nodes = 64;
        plan.remotes = 5;
        picture.setPlan(plan);
        QVERIFY(picture.height() > 0);
        picture.setSmall(true);
        QCOMPARE(picture.heightForWidth(312), 0);
        plan.spot_workers = plan.nodes = 17;
        picture.setPlan(plan);
        QVERIFY(picture.heightForWidth(312) > 0);
    }

    void aClosedMessageStaysClosed() {
        widgets::MessageBar bar;
        bar.setMessage("one");
        QVERIFY(!bar.isHidden());
        bar.hide();
        bar.setMessage("one");
        QVERIFY(bar.isHidden());
        bar.setMessage("two");
        QVERIFY(!bar.isHidden());
        bar.setMessage({});
        QVERIFY(bar.isHidden());
    }

    // What was saved stood in the colour of what had failed.
    void goodNewsHaveAColourOfTheirOwn() {
        for (const auto mode : {theme::Mode::light, theme::Mode::dark}) {
            const auto& palette = theme::palette(mode);
            widgets::MessageBar bar;
            bar.setStyleSheet(theme::styleSheet(palette));
            bar.resize(400, 60);
            const auto edge = [&bar] { return bar.grab().toImage().pixelColor(200, 0); };
            bar.setMessage("The comparison is in plans.pdf.", widgets::MessageBar::Kind::news);
            QCOMPARE(edge(), palette.good);
            bar.setMessage("The disk is full.");
            QCOMPARE(edge(), palette.warning);
            QVERIFY(palette.good != palette.warning);
        }
    }
};

}  // namespace test_panels

DEEPVM_TEST(test_panels, TestPanels)
#include "test_panels.moc"
