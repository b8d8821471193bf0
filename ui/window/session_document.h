// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QObject>
#include <functional>
#include <memory>

#include "session/session.h"
#include "state/exploration_state.h"
#include "state/notebook.h"

namespace deepvm::ui::window {

/// The session on show as a file: opened and saved. One without a name is kept in a file of its own beside
/// the settings, which no other window has.
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

    /// What was kept without a name comes back.
    void beginUnnamed();
    /// Pins and history gone, the question stays. Returns the file in which pins without a name are kept from
    /// now on; empty where there were none. Refused where what is on show cannot be kept.
    base::Result<QString> beginNew();
    /// A session becomes the document; of an exported plan the question comes on show, and the document
    /// stays. Refused where what is on show cannot be kept, unless the same file is opened again.
    base::Result<session::Opened> open(const QString& file);
    struct Copied {
        QString aside;  ///< as beginNew()
        QString page;   ///< that it was saved on
    };
    /// The same as a document without a name: `file`, a session, is not written to.
    base::Result<Copied> openCopy(const QString& file);
    base::Result<void> saveAs(const QString& file);
    /// Writes what was changed and is not in the file yet. Refused while the file is another than it was when
    /// it was last read or written here: then saveAs() replaces it, and open() takes it as it is.
    base::Result<void> keep();

  signals:
    void fileChanged();

  private:
    QString setAside();
    base::Result<void> write(const QString& file);
    void setFile(const QString& file);

    state::ExplorationState& state_;
    state::Notebook& notebook_;
    ViewOf view_;
    QString folder_;
    QString file_;
    QString unnamed_;                    ///< where it is kept without a name; empty: nowhere
    std::unique_ptr<QLockFile> owned_;   ///< of unnamed_
    QByteArray known_;                   ///< of what the file held when it was last read or written here
    std::vector<session::Kept> copied_;  ///< pins that an example brought, which nobody needs kept
    bool dirty_ = false;
};

}  // namespace deepvm::ui::window
