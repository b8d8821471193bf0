// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/market_picker.h"

#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/select_box.h"
#include "wording/format.h"

namespace deepvm::ui::panels {
namespace {

constexpr int market_role = Qt::UserRole + 1;
constexpr int region_role = Qt::UserRole + 2;
constexpr int search_role = Qt::UserRole + 3;
constexpr int arrow_gap = 16;

/// "AWS us-east-1", "Azure, any region", "Any provider".
QString named(const std::string& name, const QString& market, const std::string& region) {
    if (region.empty() || name == catalog::any_provider) return market;
    if (region == catalog::any_region) return market + MarketPicker::tr(", any region");
    return market + QLatin1Char(' ') + QString::fromStdString(region);
}

/// For where the title is too long, its beginning: "Google", "Azure".
QString shortName(const std::string& market) {
    return QString::fromStdString(model::provider_title(market)).section(QLatin1Char(' '), 0, 0);
}

}  // namespace

MarketPicker::MarketPicker(QWidget* parent) : QAbstractButton(parent) {
    setObjectName(QStringLiteral("marketPicker"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setColours(theme::palette(theme::Mode::light));
    filtered_.setSourceModel(&model_);
    filtered_.setFilterRole(search_role);
    buildPopup();
    connect(this, &QAbstractButton::clicked, this, &MarketPicker::openPopup);
}

QString MarketPicker::title(const catalog::MarketSummary& market, const std::string& region) {
    return named(market.name, QString::fromStdString(market.title), region);
}

void MarketPicker::setMarkets(const state::Desk::Markets& markets) {
    model_.clear();
    const std::string any(catalog::any_region);
    const auto every = std::ranges::find(markets, catalog::any_provider, &catalog::MarketSummary::name);
    bool offered = every == markets.end();
    for (const auto& market : markets) {
        const bool provider = market.kind == model::MarketKind::provider;
        // The widest choice stands before the narrower ones, not behind a hundred regions.
        if (provider && !std::exchange(offered, true)) addMarket(*every, any);
        if (market.name == catalog::any_provider) continue;
        if (provider) addMarket(market, any);
        for (const auto& region : market.regions)
            addMarket(market, region);
    }
    setCurrent(current_, note_);
}

void MarketPicker::addMarket(const catalog::MarketSummary& market, const std::string& region) {
    auto* item = new QStandardItem(title(market, region));
    item->setEditable(false);
    item->setData(QString::fromStdString(market.name), market_role);
    item->setData(QString::fromStdString(region), region_role);
    item->setData(item->text() + QLatin1Char(' ') + QString::fromStdString(market.name), search_role);
    item->setToolTip(market.name == catalog::any_provider
                         ? tr("The best provider and region win; all machines of a cluster are in one region")
                     : region == catalog::any_region
                         ? tr("The best region wins; all machines of a cluster are in one region")
                         : tr("%1 instance types, %2 prices, as of %3")
                               .arg(wording::whole(market.instance_types), wording::whole(market.offers),
                                    QString::fromStdString(market.prices_as_of)));
    model_.appendRow(item);
}

void MarketPicker::setCurrent(const catalog::Selection& selection, const QString& note) {
    current_ = selection;
    note_ = note;
    title_ = named(selection.market, QString::fromStdString(selection.market), selection.region);
    for (int row = 0; row < model_.rowCount(); ++row) {
        const auto* item = model_.item(row);
        if (item->data(market_role).toString().toStdString() == selection.market &&
            item->data(region_role).toString().toStdString() == selection.region)
            title_ = item->text();
    }
    setText(title_);
    setToolTip(title_);
    setAccessibleName(tr("Prices from %1, %2").arg(title_, note_));
    updateGeometry();
    update();
}

void MarketPicker::setColours(const theme::Palette& palette) {
    palette_ = palette;
    update();
}

QSize MarketPicker::sizeHint() const {
    const QFontMetrics bold(theme::sized(font(), 15, QFont::DemiBold));
    const QFontMetrics small(theme::sized(font(), 12));
    const int text =
        std::max(bold.horizontalAdvance(title_) + arrow_gap + 12, small.horizontalAdvance(note_));
    return {std::clamp(text + 16, 216, 320), 48};
}

void MarketPicker::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (hasFocus()) {
        painter.setPen(QPen(palette_.accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    }
    constexpr int left = 8;
    painter.setFont(theme::sized(font(), 15, QFont::DemiBold));
    painter.setPen(palette_.text);
    const int room = width() - left - arrow_gap - 12;
    QString shown = title_;
    // The region says more than the whole name of its provider.
    if (painter.fontMetrics().horizontalAdvance(shown) > room && !current_.region.empty())
        shown = named(current_.market, shortName(current_.market), current_.region);
    shown = painter.fontMetrics().elidedText(shown, Qt::ElideRight, room);
    painter.drawText(QRect(left, 4, width() - left, 22), Qt::AlignLeft | Qt::AlignVCenter, shown);
    widgets::drawArrow(painter,
                       QPointF(left + painter.fontMetrics().horizontalAdvance(shown) + arrow_gap, 15.5),
                       palette_.muted);
    painter.setFont(theme::sized(font(), 12));
    painter.setPen(palette_.muted);
    painter.drawText(QRect(left, 26, width() - left, 18), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(note_, Qt::ElideRight, width() - left));
}

void MarketPicker::buildPopup() {
    popup_ = new QFrame(this, Qt::Popup | Qt::FramelessWindowHint);
    popup_->setObjectName(QStringLiteral("marketPopup"));
    search_ = new QLineEdit;
    search_->setObjectName(QStringLiteral("marketSearch"));
    search_->setPlaceholderText(tr("Search data sets, providers and regions"));
    search_->installEventFilter(this);
    list_ = new QListView;
    list_->setObjectName(QStringLiteral("marketList"));
    list_->setModel(&filtered_);
    list_->setUniformItemSizes(true);
    auto* all = new QVBoxLayout(popup_);
    all->setContentsMargins(12, 12, 12, 12);
    all->setSpacing(8);
    all->addWidget(search_);
    all->addWidget(list_);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        // Every word has to occur, in any order: "gcp europe", "west 1".
        QString pattern;
        for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts))
            pattern += QStringLiteral("(?=.*%1)").arg(QRegularExpression::escape(word));
        filtered_.setFilterRegularExpression(
            QRegularExpression(pattern, QRegularExpression::CaseInsensitiveOption));
        list_->setCurrentIndex(filtered_.index(0, 0));
    });
    connect(list_, &QListView::clicked, this, &MarketPicker::pick);
    connect(list_, &QListView::activated, this, &MarketPicker::pick);
    connect(search_, &QLineEdit::returnPressed, this, [this] { pick(list_->currentIndex()); });
}

void MarketPicker::openPopup() {
    search_->clear();
    for (int row = 0; row < filtered_.rowCount(); ++row)
        if (filtered_.index(row, 0).data().toString() == title_)
            list_->setCurrentIndex(filtered_.index(row, 0));
    popup_->resize(376, 380);
    popup_->move(mapToGlobal(QPoint(0, height() + 4)));
    popup_->show();
    list_->scrollTo(list_->currentIndex(), QAbstractItemView::PositionAtCenter);
    search_->setFocus();
}

void MarketPicker::pick(const QModelIndex& index) {
    if (!index.isValid() || !popup_->isVisible()) return;
    popup_->hide();
    emit picked(
        {index.data(market_role).toString().toStdString(), index.data(region_role).toString().toStdString()});
}

bool MarketPicker::eventFilter(QObject* watched, QEvent* event) {
    // Arrow keys in the search field move through what it found.
    if (watched == search_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
        if (step != 0) {
            const int row =
                std::clamp(list_->currentIndex().row() + step, 0, std::max(0, filtered_.rowCount() - 1));
            list_->setCurrentIndex(filtered_.index(row, 0));
            return true;
        }
    }
    return QAbstractButton::eventFilter(watched, event);
}

}  // namespace deepvm::ui::panels
