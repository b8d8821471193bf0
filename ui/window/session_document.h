// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>

#include "session/session.h"
#include "state/exploration_state.h"
#include "state/notebook.h"

namespace deepvm::ui::window {

/// The session on show as a file: opened, saved, and saved by itself soon after each change. One without a
/// name is kept in a file of its own beside the settings, which no other window has.
class SessionDocument : public QObject {
    Q_OBJECT

  public:
    using ViewOf = std::function<session::View()>;

    /// `folder` keeps sessions without a name; empty: they are not kept (pictures and tests).
    SessionDocument(state::ExplorationState& state, state::Notebook& notebook, ViewOf view, QString folder,
                    QObject* parent = nullptr);
    ~SessionDocument() override;

    /// Empty while it has no name.
    const QString& file() const { return file_; }
    QString title() const;

    /// What was kept without a name.
    void beginUnnamed();
    /// Pins and history gone, the question stays.
    void beginNew();
    /// A session becomes the document; of an exported plan the question comes on show, and the document
    /// stays.
    base::Result<session::Opened> open(const QString& file);
    /// Refused while the file is another than it was when it was last read or written here; `anyway` replaces
    /// it.
    base::Result<void> save(bool anyway = false);
    base::Result<void> saveAs(const QString& file);
    /// What was changed and is not in the file yet, at once.
    base::Result<void> keep();

  signals:
    void fileChanged();
    void saved();                           ///< by itself
    void notSaved(const QString& problem);  ///< by itself

  private:
    void changed();
    void put(session::Session opened);
    base::Result<void> write(const QString& file);
    QByteArray onDisk(const QString& file) const;
    void setFile(const QString& file);

    state::ExplorationState& state_;
    state::Notebook& notebook_;
    ViewOf view_;
    QString folder_;
    QString file_;
    QString unnamed_;                   ///< where it is kept without a name; empty: nowhere
    std::unique_ptr<QLockFile> owned_;  ///< of unnamed_
    QByteArray known_;                  ///< what the file held when it was last read or written here
    QTimer resting_;
    bool dirty_ = false;
};

}  // namespace deepvm::ui::window
