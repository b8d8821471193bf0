// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>
#include <QWidget>

class QLabel;

namespace deepvm::ui::panels {

/// "• Utilisation, %   Reset [ 31 ]": a name, what it is set by, and where it is not as at first a mark and
/// the way back.
class SettingRow : public QWidget {
    Q_OBJECT

  public:
    /// `key` begins the names of the row's parts: "utilisationReset".
    SettingRow(const QString& key, const QString& name, QWidget* editor, QWidget* parent = nullptr);

    void setChanged(bool changed);
    bool changed() const { return changed_; }
    /// Of the name and of the editor.
    void setTip(const QString& tip);

  signals:
    void reset();

  private:
    QString name_;
    QLabel* label_;
    QPushButton* reset_;
    QWidget* editor_;
    bool changed_ = false;
};

}  // namespace deepvm::ui::panels
