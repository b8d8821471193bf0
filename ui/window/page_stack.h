// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>
#include <QTabWidget>
#include <map>
#include <vector>

#include "base/error.h"
#include "state/chosen_rank.h"
#include "state/exploration_state.h"
#include "state/highlight.h"
#include "state/notebook.h"
#include "state/planning.h"
#include "state/window_layout.h"

namespace deepvm::ui::learn {
class LearnPage;
class Player;
}  // namespace deepvm::ui::learn

namespace deepvm::ui::offer_pages {
class ImportPage;
class OffersPage;
}  // namespace deepvm::ui::offer_pages

namespace deepvm::ui::pages {
class ComparePage;
class ExplorePage;
class StartPage;
}  // namespace deepvm::ui::pages

namespace deepvm::ui::window {

/// All pages and their tabs, by their ids. The one place that knows which there are.
class PageStack : public QStackedWidget {
    Q_OBJECT

  public:
    PageStack(state::ExplorationState& state, state::Planning& planning, state::Highlight& highlight,
              state::ChosenRank& choice, state::Notebook& notebook, learn::Player& player,
              QWidget* parent = nullptr);

    const QString& page() const { return page_; }
    /// A name that there is not is refused with the nearest one.
    base::Result<void> showPage(const QString& id);
    /// Brings the tab to the front, and its page.
    base::Result<void> showTab(const QString& id);
    /// Gives the focus to the names of the tabs: from there the key Tab leads into the page.
    void focusTabs();
    /// Whether a page works on something that planning does not know of.
    bool busy() const;
    /// Whether controls and plans belong beside the page on show.
    bool hasSides() const;

    /// Shows the offer in the catalog.
    void showOffer(const std::string& provider, const std::string& region, const std::string& type);
    /// Begins a lesson by its name; refused where there is none.
    base::Result<void> playLesson(const QString& id);
    /// Says what these files with prices would change.
    void importPrices(const QStringList& files);

    void restore(const state::WindowLayout& layout);
    void store(state::WindowLayout& layout) const;

  signals:
    void pageChanged();
    void exampleAsked();
    void layoutChanged();               ///< store() has something new
    void told(const QString& refusal);  ///< for the message bar, as the next
    void done(const QString& what);

  private:
    struct Tab {
        QString id;
        QString title;
        QWidget* content;
    };
    struct Place {
        QString page;
        QTabWidget* tabs = nullptr;
        QWidget* content = nullptr;
    };
    void addPage(const QString& id, QWidget* page);
    void addTabs(const QString& id, const std::vector<Tab>& tabs);

    std::map<QString, QWidget*> pages_;
    std::map<QString, Place> tabs_;
    QString page_;
    pages::ExplorePage* explore_;
    pages::ComparePage* compare_;
    offer_pages::OffersPage* offers_;
    offer_pages::ImportPage* import_;
    learn::LearnPage* learn_;
    pages::StartPage* start_;
};

}  // namespace deepvm::ui::window
