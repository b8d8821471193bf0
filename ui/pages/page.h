// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedLayout>
#include <QVBoxLayout>
#include <QWidget>
#include <chrono>

#include "base/error.h"
#include "jobs/study.h"
#include "state/exploration_state.h"
#include "state/planning.h"
#include "widgets/empty_page.h"

namespace deepvm::ui::pages {

inline constexpr std::chrono::milliseconds quiet{150};  ///< a drag of the budget is over

/// What all pages have in common: nothing is worked out while they are hidden, they are up to date when they
/// are shown, and where there is nothing to show one empty page says why and leads on.
class Page : public QWidget {
    Q_OBJECT

  signals:
    void told(const QString& refusal);  ///< for the message bar, as the next
    void done(const QString& what);     ///< good news

  protected:
    /// `name` begins the names of the empty page's text and button: "whatIfMessage", "whatIfGoTo".
    Page(const QString& name, state::ExplorationState& state, QWidget* parent);

    void setContent(QWidget* content);
    /// Stands above the content and above the empty page.
    void setHead(QWidget* head);
    /// Works it out while the page is on show, and refreshes the page when it found something.
    void watch(jobs::Study& study);
    bool onShow() const { return onShow_; }

    /// Called when the page is shown, and by refreshShown().
    virtual void refresh() = 0;
    /// For signals: a page that is hidden catches up when it is shown.
    void refreshShown();

    /// Says that a file is there, by `what`, or why it is not.
    void tell(const base::Result<void>& written, const QString& what);

    void showContent();
    void showEmpty(const QString& text, const QString& button = {}, std::function<void()> action = {});
    /// With the budget that would be enough as the way out, where there is one.
    void showEmpty(const QString& text, const std::optional<problem::Plan>& cheapest);

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

    state::ExplorationState& state_;

  private:
    std::vector<jobs::Study*> studies_;
    widgets::EmptyPage* empty_;
    QVBoxLayout* column_;
    QStackedLayout* stack_;
    bool onShow_ = false;
};

}  // namespace deepvm::ui::pages
