// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/take_away.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include "plot/chart_frame.h"

namespace deepvm::ui::plot {
namespace {

constexpr int margin = 16;

QSize pageOf(const ChartFrame& chart) {
    return chart.size().expandedTo(chart.minimumSizeHint()) + QSize(2 * margin, 2 * margin);
}

void paintOn(QPaintDevice& device, double scale, ChartFrame& chart, const QString& below) {
    QPainter painter(&device);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    const QRectF page(QPointF(), QSizeF(pageOf(chart)));
    painter.fillRect(page, Qt::white);
    chart.render(painter, page.adjusted(margin, margin, -margin, -margin), below);
}

QImage image(ChartFrame& chart, const QString& below) {
    constexpr int dots = 2;
    QImage picture(pageOf(chart) * dots, QImage::Format_RGB32);
    paintOn(picture, dots, chart, below);
    return picture;
}

QByteArray png(ChartFrame& chart, const QString& below) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image(chart, below).save(&buffer, "PNG");
    return bytes;
}

QByteArray svg(ChartFrame& chart, const QString& below) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(pageOf(chart));
    generator.setViewBox(QRect(QPoint(), pageOf(chart)));
    generator.setDescription(chart.summary());
    paintOn(generator, 1, chart, below);
    return bytes;
}

QByteArray pdf(ChartFrame& chart, const QString& below) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    // A point of the page is a pixel of the screen.
    constexpr int dots_an_inch = 288;
    constexpr double dots_a_point = dots_an_inch / 72.0;
    writer.setPageSize(QPageSize(QSizeF(pageOf(chart)), QPageSize::Point));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(dots_an_inch);
    writer.setCreator(QStringLiteral("DeepVM Explorer"));
    paintOn(writer, dots_a_point, chart, below);
    return bytes;
}

}  // namespace

base::Result<void> writeChart(ChartFrame& chart, const QString& file, const QString& below) {
    const QString form = QFileInfo(file).suffix().toLower();
    QByteArray bytes;
    if (form == QLatin1String("png")) bytes = png(chart, below);
    if (form == QLatin1String("svg")) bytes = svg(chart, below);
    if (form == QLatin1String("pdf")) bytes = pdf(chart, below);
    if (form == QLatin1String("csv")) bytes = chart.data().csv();
    if (bytes.isEmpty())
        return base::fail(base::ErrorCode::invalid_input,
                          QStringLiteral("%1 has no ending of a chart; there are .png, .svg, .pdf and .csv")
                              .arg(file)
                              .toStdString());
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly) || target.write(bytes) != bytes.size() || !target.commit())
        return base::fail(
            base::ErrorCode::unreadable,
            QStringLiteral("%1 cannot be written: %2").arg(file, target.errorString()).toStdString());
    return {};
}

void copyChart(ChartFrame& chart, const QString& below) {
    QApplication::clipboard()->setImage(image(chart, below));
}

void ChartFrame::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addActions(*menu);
    menu->addAction(tr("Copy the picture"), this, [this] { copyChart(*this, origin()); });
    menu->addAction(tr("Copy the numbers"), this,
                    [this] { QApplication::clipboard()->setText(QString::fromUtf8(data().csv())); });
    menu->addAction(tr("Save as ..."), this, [this] {
        const QString file = QFileDialog::getSaveFileName(
            this, tr("Save the chart"), QStringLiteral("chart.png"),
            tr("Picture (*.png);;Drawing (*.svg);;Page (*.pdf);;Numbers (*.csv)"));
        if (file.isEmpty()) return;
        if (const auto done = writeChart(*this, file, origin()); done)
            emit written(file);
        else
            emit notWritten(QString::fromStdString(done.error().message));
    });
    menu->popup(event->globalPos());
    event->accept();
}

}  // namespace deepvm::ui::plot
