// SPDX-License-Identifier: GPL-3.0-or-later
// A hand on the page "Catalog" of the whole window, and what it reads there.
#pragma once

#include <QApplication>
#include <QDateTime>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <vector>

#include "session/exploration.h"
#include "ui/window/whole_window.h"

namespace deepvm::tests {

namespace state = ui::state;
namespace window = ui::window;

template <typename Widget = QWidget>
Widget& in(const QWidget& window, const char* name) {
    auto* found = window.findChild<Widget*>(QLatin1String(name));
    if (found == nullptr) qFatal("no %s", name);
    return *found;
}

inline bool ready(window::MainWindow& window) {
    return settle(window) && QTest::qWaitFor([&] { return !window.busy(); }, 60'000);
}

inline QTableView& table(const QWidget& window) {
    return in<QTableView>(window, "catalogTable");
}

/// The rows as they are read: the columns on show from left to right, their names first.
inline std::vector<QStringList> read(const QTableView& of) {
    const auto* header = of.horizontalHeader();
    std::vector<QStringList> lines(static_cast<std::size_t>(of.model()->rowCount()) + 1);
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (header->isSectionHidden(column)) continue;
        lines[0] << of.model()->headerData(column, Qt::Horizontal).toString();
        for (int row = 0; row < of.model()->rowCount(); ++row)
            lines[static_cast<std::size_t>(row) + 1] << of.model()->index(row, column).data().toString();
    }
    return lines;
}

inline int columnNamed(const QTableView& of, const QString& title) {
    for (int column = 0; column < of.model()->columnCount(); ++column)
        if (of.model()->headerData(column, Qt::Horizontal).toString() == title) return column;
    qFatal("no column %s", qPrintable(title));
}

inline QStringList column(const QTableView& of, const QString& title) {
    QStringList cells;
    for (int row = 0; row < of.model()->rowCount(); ++row)
        cells << of.model()->index(row, columnNamed(of, title)).data().toString();
    return cells;
}

inline void type(QWidget& field, const QString& text) {
    field.setFocus();
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Delete);
    QTest::keyClicks(&field, text);
}

inline void clickHeader(QTableView& of, const QString& title) {
    auto* header = of.horizontalHeader();
    const int section = columnNamed(of, title);
    of.scrollTo(of.model()->index(0, section));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      QPoint(header->sectionViewportPosition(section) + header->sectionSize(section) / 2,
                             header->height() / 2));
}

inline void clickRow(QTableView& of, int row, Qt::KeyboardModifiers keys = {}) {
    const int first = of.horizontalHeader()->logicalIndex(0);
    of.scrollTo(of.model()->index(row, first));
    QTest::mouseClick(of.viewport(), Qt::LeftButton, keys,
                      of.visualRect(of.model()->index(row, first)).center());
}

inline void drop(QWidget& on, const QStringList& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& file : files)
        urls << QUrl::fromLocalFile(file);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&on, &event);
}

inline QString allText(const QWidget& within) {
    QStringList all;
    for (const auto* label : within.findChildren<QLabel*>())
        all << label->text();
    return all.join('\n');
}

/// A catalog of one's own that is not there yet, and a file with prices of today.
struct Home {
    QTemporaryDir folder;
    QString own = folder.filePath("share/catalog.db");
    QString prices = folder.filePath("prices.csv");

    explicit Home(const char* dollars = "0.123456") {
        QFile file(prices);
        if (!file.open(QIODevice::WriteOnly)) qFatal("no file");
        file.write(
            "provider,region,instance_type,on_demand_usd_per_hour,spot_usd_per_hour,spot_basis,as_of\n");
        const auto day = QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toUtf8();
        file.write(QByteArray("aws,us-east-1,g4dn.xlarge,0.526,") + dollars + ",observed," + day + "\n");
        file.write("aws,us-east-1,g4dn.2xlarge,much,0.2,observed," + day + "\n");
    }
    state::CatalogFiles files() const { return {{}, shipped, own.toStdString()}; }
};

inline state::Remembered inCatalog(const char* region = "us-east-1") {
    state::Remembered kept;
    kept.exploration = session::first_exploration();
    kept.exploration.selection = {"aws", region};
    kept.layout.page = QStringLiteral("catalog");
    return kept;
}

// In the dialog that opens next.
inline void answerDialog(const QString& file) {
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, file] {
        auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr) return;
        dialog->findChild<QLineEdit*>()->setText(file);
        timer->deleteLater();
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    });
    timer->start(20);
}

inline void pick(QMenu& menu, const QString& text) {
    for (auto* action : menu.actions())
        if (action->text() == text) {
            menu.setActiveAction(action);
            QTest::keyClick(&menu, Qt::Key_Return);
            return;
        }
    qFatal("no %s", qPrintable(text));
}

}  // namespace deepvm::tests
