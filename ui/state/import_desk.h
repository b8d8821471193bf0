// SPDX-License-Identifier: GPL-3.0-or-later
// Prices out of files into the person's own catalog, in the background: first what would change, then the
// change.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <string>

#include "imports/import.h"
#include "jobs/background_job.h"
#include "jobs/executor.h"
#include "state/planning.h"

namespace deepvm::ui::state {

class ImportDesk : public QObject {
    Q_OBJECT

  public:
    enum class Stage {
        idle,
        reading,    ///< what would change is on its way
        read,       ///< report() says it
        writing,    ///< the change is on its way
        written,    ///< report() says what was done
        comparing,  ///< what changed is on its way
        compared,   ///< difference() says it
    };

    explicit ImportDesk(Planning& planning, QObject* parent = nullptr);

    /// Says what these files would change, and changes nothing.
    void read(const QStringList& files);
    /// Takes over what was read. The catalog is replaced in one step; planning reads it anew at once.
    void write();
    /// Nothing that was read is taken over; of what is being written nothing is.
    void cancel();
    /// What the last import changed.
    void compare();
    /// Whether there was one.
    bool comparable() const;

    Stage stage() const { return stage_; }
    const QStringList& files() const { return files_; }
    const std::optional<imports::ImportReport>& report() const { return report_; }
    const std::string& difference() const { return difference_; }
    /// Why what was asked for last was not done; mostly empty.
    const QString& problem() const { return problem_; }
    bool busy() const { return imports_.busy() || differences_.busy(); }

  signals:
    void changed();

  private:
    base::Result<imports::ImportOptions> options() const;
    void take(const jobs::Outcome<imports::ImportReport>& outcome);
    void move(Stage stage, const QString& problem = {});

    Planning& planning_;
    Stage stage_ = Stage::idle;
    QStringList files_;
    QString problem_;
    std::optional<imports::ImportReport> report_;
    std::string difference_;
    jobs::ThreadExecutor worker_;
    jobs::BackgroundJob<imports::ImportReport> imports_;
    jobs::BackgroundJob<std::string> differences_;
};

}  // namespace deepvm::ui::state
