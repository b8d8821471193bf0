// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBoxLayout>
#include <QCheckBox>

#include "state/exploration_state.h"

namespace deepvm::ui::pages {

/// Three doors for who comes for the first time.
class StartPage : public QWidget {
    Q_OBJECT

  public:
    explicit StartPage(state::ExplorationState& state, QWidget* parent = nullptr);

    bool beginsWhereLeft() const { return box_->isChecked(); }
    void setBeginsWhereLeft(bool on) { box_->setChecked(on); }

  signals:
    void entered(const QString& page);  ///< the page behind the door that was chosen
    void exampleAsked();

  protected:
    void resizeEvent(QResizeEvent* event) override;

  private:
    QWidget* door(const char* name, const QString& title, const QString& text, std::function<void()> go);
    void planToday();
    void repeatThePaper();

    state::ExplorationState& state_;
    QBoxLayout* doors_;
    QCheckBox* box_;
};

}  // namespace deepvm::ui::pages
