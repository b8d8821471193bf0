// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace deepvm::ui::state {

/// The instance type under the pointer, wherever that is: all views mark the same one. Named by its
/// model::type_id(); empty for none. Not part of what undo restores.
class Highlight : public QObject {
    Q_OBJECT

  public:
    using QObject::QObject;
    const QString& type() const { return type_; }
    void setType(const QString& type) {
        if (type == type_) return;
        type_ = type;
        emit changed(type_);
    }

  signals:
    void changed(const QString& type);

  private:
    QString type_;
};

}  // namespace deepvm::ui::state
