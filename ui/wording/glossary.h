// SPDX-License-Identifier: GPL-3.0-or-later
// The glossary of core in the strings of Qt.
#pragma once

#include <QColor>
#include <QString>
#include <vector>

#include "words/glossary.h"

namespace deepvm::ui::wording {

/// "Spot machine": a name as a heading; "FLOP" and "vCPU" stay what they are.
QString termTitle(const words::Term& term);
QString meaningOf(const words::Term& term);

/// The text as rich text in which each term is a link to "term:" and its id, where it occurs first. Nothing
/// in the text is read as markup.
QString glossaryLinks(const QString& text, const words::Term* but = nullptr);
/// The same with links of this colour: Qt gives them that of the desktop, which may be none to read in the
/// dark.
QString inColour(const QString& links, const QColor& colour);
/// The term that such a link leads to; null for any other link.
const words::Term* termOfLink(const QString& link);

/// A term in a string of Qt.
struct TermAt {
    qsizetype begin = 0;
    qsizetype end = 0;
    const words::Term* term = nullptr;
};
std::vector<TermAt> termsIn(const QString& text);

/// The text of a tool tip: what it would say without the glossary, plain or rich, and below it the meanings.
QString tipOf(const QString& own, const std::vector<TermAt>& terms);

}  // namespace deepvm::ui::wording
