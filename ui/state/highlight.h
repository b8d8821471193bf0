// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "model/market.h"
#include "problem/plan.h"

namespace deepvm::ui::state {

/// The instance type under the pointer, wherever that is: all views mark the same one. Named by its
/// model::type_id(); empty for none. Of a plan its architecture is known, too: then only that is meant. Not
/// part of what undo restores.
class Highlight : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    const QString& type() const { return type_; }
    std::optional<problem::Architecture> architecture() const { return architecture_; }
    void setType(const QString& type) { set(type, std::nullopt); }
    void setPlan(const problem::Plan& plan) {
        set(QString::fromStdString(model::type_id(plan.provider, plan.worker)), plan.architecture);
    }

  signals:
    void changed(const QString& type);

  private:
    void set(const QString& type, std::optional<problem::Architecture> architecture) {
        if (type == type_ && architecture == architecture_) return;
        type_ = type;
        architecture_ = architecture;
        emit changed(type_);
    }

    QString type_;
    std::optional<problem::Architecture> architecture_;
};

}  // namespace deepvm::ui::state
