// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/session_document.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <chrono>

namespace deepvm::ui::window {
namespace {

constexpr int most_unnamed = 16;  // windows at once without a name

base::Error changedOnDisk(const QString& file) {
    return {
        base::ErrorCode::unreadable,
        QStringLiteral("%1 was changed by another program since it was opened here; save as another file, or "
                       "open it again")
            .arg(file)
            .toStdString()};
}

QByteArray onDisk(const QString& file) {
    QFile content(file);
    if (!QFileInfo(file).isFile() || !content.open(QIODevice::ReadOnly)) return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(&content);
    return hash.result();
}

}  // namespace

SessionDocument::SessionDocument(state::ExplorationState& state, state::Notebook& notebook, ViewOf view,
                                 QString folder, QObject* parent)
    : QObject(parent),
      state_(state),
      notebook_(notebook),
      view_(std::move(view)),
      folder_(std::move(folder)) {
    connect(&state_, &state::ExplorationState::changed, this, [this] { dirty_ = true; });
    connect(&notebook_, &state::Notebook::pinsChanged, this, [this] { dirty_ = true; });
    connect(&notebook_, &state::Notebook::visitsChanged, this, [this] { dirty_ = true; });
}

SessionDocument::~SessionDocument() = default;

QString SessionDocument::title() const {
    return file_.isEmpty() ? QString() : QFileInfo(file_).completeBaseName();
}

// The first name that no other window has; what the last window left there comes back.
void SessionDocument::beginUnnamed() {
    if (folder_.isEmpty()) return;
    QDir().mkpath(folder_);
    for (int number = 1; number <= most_unnamed && unnamed_.isEmpty(); ++number) {
        const QString name = folder_ + (number == 1 ? QStringLiteral("/unnamed.deepvm")
                                                    : QStringLiteral("/unnamed-%1.deepvm").arg(number));
        auto lock = std::make_unique<QLockFile>(name + QStringLiteral(".lock"));
        if (!lock->tryLock()) continue;
        owned_ = std::move(lock);
        unnamed_ = name;
    }
    if (unnamed_.isEmpty() || !QFileInfo::exists(unnamed_)) return;
    auto opened = session::open_document(unnamed_.toStdString());
    if (opened)
        notebook_.begin(std::move(opened->session.pins), std::move(opened->session.visits));
    else  // kept beside, never lost
        QFile::rename(unnamed_, unnamed_ + QStringLiteral(".before"));
    dirty_ = false;
}

// Pins and notes without a name get one before another document takes their place.
QString SessionDocument::setAside() {
    if (unnamed_.isEmpty() || !QFileInfo::exists(unnamed_)) return {};
    const auto kept = session::open_document(unnamed_.toStdString());
    const auto noted = [](const session::Kept& each) { return !each.note.empty(); };
    const bool own = kept && !kept->session.pins.empty() && kept->session.pins != copied_;
    if (kept && !own && std::ranges::none_of(kept->session.visits, noted)) {
        QFile::remove(unnamed_);
        return {};
    }
    const QString begin =
        folder_ + QDateTime::currentDateTimeUtc().toString(QStringLiteral("'/pins-'yyyyMMdd-hhmmss"));
    QString name = begin + QStringLiteral(".deepvm");
    for (int number = 2; QFileInfo::exists(name); ++number)
        name = QStringLiteral("%1-%2.deepvm").arg(begin).arg(number);
    return QFile::rename(unnamed_, name) ? name : QString();
}

base::Result<QString> SessionDocument::beginNew() {
    if (const auto kept = keep(); !kept) return tl::unexpected(kept.error());
    const QString aside = setAside();
    copied_.clear();
    setFile({});
    notebook_.begin({}, {});
    const auto own = state_.own();
    state_.begin(own);
    dirty_ = false;
    return aside;
}

base::Result<session::Opened> SessionDocument::open(const QString& file) {
    const QString named = QFileInfo(file).absoluteFilePath();
    if (const auto kept = keep(); !kept && named != file_) return tl::unexpected(kept.error());
    // Of the file as it is now, before anything of it is on show.
    const auto known = onDisk(named);
    auto opened = session::open_document(named.toStdString());
    if (!opened) return opened;
    if (opened->kind == session::DocumentKind::plan) {
        state_.set(opened->session.exploration, tr("an exported plan"));
        return opened;
    }
    setFile(named);
    notebook_.begin(opened->session.pins, opened->session.visits);
    state_.begin(opened->session.exploration);
    known_ = known;
    dirty_ = false;
    return opened;
}

base::Result<SessionDocument::Copied> SessionDocument::openCopy(const QString& file) {
    const auto opened = session::open_document(file.toStdString());
    if (!opened) return tl::unexpected(opened.error());
    const auto aside = beginNew();
    if (!aside) return tl::unexpected(aside.error());
    copied_ = opened->session.pins;
    notebook_.begin(copied_, opened->session.visits);
    state_.begin(opened->session.exploration);
    return Copied{*aside, QString::fromStdString(opened->session.view.page)};
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
    if (!dirty_) return {};
    if (!file_.isEmpty()) {
        if (QFileInfo::exists(file_) && onDisk(file_) != known_) return tl::unexpected(changedOnDisk(file_));
        return write(file_);
    }
    // The question of one without a name is in the settings: without pins there is nothing to keep.
    const bool nothing = notebook_.pins().empty() && notebook_.visits().empty();
    if (unnamed_.isEmpty() || (nothing && !QFileInfo::exists(unnamed_))) return {};
    return write(unnamed_);
}

base::Result<void> SessionDocument::write(const QString& file) {
    const session::Session now{state_.own(), notebook_.pins(), notebook_.visits(), view_()};
    const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (auto written = session::save_session(now, file.toStdString(), time); !written) return written;
    known_ = onDisk(file);
    dirty_ = false;
    return {};
}

void SessionDocument::setFile(const QString& file) {
    if (file == file_) return;
    file_ = file;
    emit fileChanged();
}

}  // namespace deepvm::ui::window
