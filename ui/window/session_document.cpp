// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/session_document.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <chrono>

namespace deepvm::ui::window {
namespace {

constexpr int rest_ms = 1500;     // of two seconds after the last change
constexpr int most_unnamed = 16;  // windows at once without a name

base::Error changedOnDisk(const QString& file) {
    return {base::ErrorCode::unreadable,
            QStringLiteral(
                "%1 was changed by another program since it was opened here; save under another name, or "
                "open it again")
                .arg(file)
                .toStdString()};
}

}  // namespace

SessionDocument::SessionDocument(state::ExplorationState& state, state::Notebook& notebook, ViewOf view,
                                 QString folder, QObject* parent)
    : QObject(parent),
      state_(state),
      notebook_(notebook),
      view_(std::move(view)),
      folder_(std::move(folder)) {
    resting_.setSingleShot(true);
    resting_.setInterval(rest_ms);
    connect(&resting_, &QTimer::timeout, this, [this] {
        if (const auto kept = keep(); !kept)
            emit notSaved(QString::fromStdString(kept.error().message));
        else
            emit saved();
    });
    connect(&state_, &state::ExplorationState::changed, this, &SessionDocument::changed);
    connect(&notebook_, &state::Notebook::pinsChanged, this, &SessionDocument::changed);
    connect(&notebook_, &state::Notebook::visitsChanged, this, &SessionDocument::changed);
}

SessionDocument::~SessionDocument() = default;

QString SessionDocument::title() const {
    return file_.isEmpty() ? QString() : QFileInfo(file_).completeBaseName();
}

void SessionDocument::changed() {
    dirty_ = true;
    resting_.start();
}

// The first name that no other window has; what the last window left there comes back.
void SessionDocument::beginUnnamed() {
    if (folder_.isEmpty()) return;
    QDir().mkpath(folder_);
    for (int number = 1; number <= most_unnamed; ++number) {
        const QString name = folder_ + (number == 1 ? QStringLiteral("/unnamed.deepvm")
                                                    : QStringLiteral("/unnamed-%1.deepvm").arg(number));
        auto lock = std::make_unique<QLockFile>(name + QStringLiteral(".lock"));
        if (!lock->tryLock()) continue;
        owned_ = std::move(lock);
        unnamed_ = name;
        break;
    }
    if (unnamed_.isEmpty() || !QFileInfo::exists(unnamed_)) return;
    auto opened = session::open_document(unnamed_.toStdString());
    if (opened)
        notebook_.begin(std::move(opened->session.pins), std::move(opened->session.visits));
    else  // kept beside, never lost
        QFile::rename(unnamed_, unnamed_ + QStringLiteral(".before"));
    dirty_ = false;
    resting_.stop();
}

void SessionDocument::beginNew() {
    setFile({});
    notebook_.begin({}, {});
    state_.begin(state_.value());
}

base::Result<session::Opened> SessionDocument::open(const QString& file) {
    // Of the file as it is now, before anything of it is on show.
    const auto bytes = onDisk(file);
    auto opened = session::open_document(file.toStdString());
    if (!opened) return opened;
    if (const auto kept = keep(); !kept) return tl::unexpected(kept.error());
    if (opened->kind == session::DocumentKind::plan) {
        state_.set(opened->session.exploration, tr("an exported plan"));
        return opened;
    }
    setFile(QFileInfo(file).absoluteFilePath());
    known_ = bytes;
    notebook_.begin(opened->session.pins, opened->session.visits);
    state_.begin(opened->session.exploration);
    dirty_ = false;
    resting_.stop();
    return opened;
}

base::Result<void> SessionDocument::save(bool anyway) {
    if (file_.isEmpty()) return keep();
    if (!anyway && !known_.isEmpty() && QFileInfo::exists(file_) && onDisk(file_) != known_)
        return tl::unexpected(changedOnDisk(file_));
    return write(file_);
}

base::Result<void> SessionDocument::saveAs(const QString& file) {
    const QString named = QFileInfo(file).absoluteFilePath();
    if (auto written = write(named); !written) return written;
    // What had no name has one now.
    if (file_.isEmpty() && !unnamed_.isEmpty()) QFile::remove(unnamed_);
    setFile(named);
    return {};
}

base::Result<void> SessionDocument::keep() {
    resting_.stop();
    if (!dirty_) return {};
    if (!file_.isEmpty()) return save();
    if (unnamed_.isEmpty()) return {};
    // The question of one without a name is in the settings: without pins and history there is nothing to
    // keep.
    if (notebook_.pins().empty() && notebook_.visits().empty() && !QFileInfo::exists(unnamed_)) return {};
    return write(unnamed_);
}

base::Result<void> SessionDocument::write(const QString& file) {
    const session::Session now{state_.value(), notebook_.pins(), notebook_.visits(), view_()};
    const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (auto written = session::save_session(now, file.toStdString(), time); !written) return written;
    known_ = onDisk(file);
    dirty_ = false;
    resting_.stop();
    return {};
}

QByteArray SessionDocument::onDisk(const QString& file) const {
    QFile content(file);
    if (!QFileInfo(file).isFile() || !content.open(QIODevice::ReadOnly)) return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(&content);
    return hash.result();
}

void SessionDocument::setFile(const QString& file) {
    if (file == file_) return;
    file_ = file;
    known_.clear();
    if (!file.isEmpty()) known_ = onDisk(file);
    emit fileChanged();
}

}  // namespace deepvm::ui::window
