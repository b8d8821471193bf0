// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QLabel>
#include <QLineEdit>

#include "base/money.h"

namespace deepvm::ui::panels {

/// "$ 2.90": an exact amount, up to six decimal places. What cannot be meant is said beside it and changes
/// nothing.
class BudgetField : public QFrame {
    Q_OBJECT

  public:
    explicit BudgetField(QWidget* parent = nullptr);

    /// Shows `amount`, unless a person is typing another one.
    void setAmount(base::Money amount);

  signals:
    void entered(deepvm::base::Money amount);
    void problem(const QString& message);  ///< empty when there is none any more

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void check();
    void commit();
    void restore();
    base::Result<base::Money> typed() const;
    void setProblem(const QString& message);

    base::Money amount_;
    QLineEdit* edit_;
};

}  // namespace deepvm::ui::panels
