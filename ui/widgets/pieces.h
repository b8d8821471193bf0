// SPDX-License-Identifier: GPL-3.0-or-later
// Small pieces that the panels are put together from. Their looks are in the style sheet, chosen by `role`.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QMargins>
#include <QScrollArea>
#include <QString>
#include <QWidget>

namespace deepvm::ui::widgets {

inline constexpr int grid = 8;     ///< all distances are multiples of it
inline constexpr int margin = 24;  ///< of the window
inline constexpr int gutter = 16;  ///< between its columns
inline constexpr int left_column = 256;
inline constexpr int right_column = 344;
inline constexpr int scroll_gap = 4;    ///< between a column that scrolls and its scroll bar
inline constexpr int scroll_room = 12;  ///< the same with the 8 px of the scroll bar

/// A plain text label; nothing from the catalog is ever read as markup.
QLabel* label(const QString& text, const char* role, QWidget* parent = nullptr);

/// "ARCHITECTURES": letter-spaced small capitals.
QLabel* capsLabel(const QString& text, QWidget* parent = nullptr);

/// `content` in a surface with round corners.
QFrame* card(QWidget* content, const QMargins& margins);

/// A column that scrolls up and down. Its content has the width of the area less scroll_room, whether or not
/// the scroll bar is needed: nothing moves when it comes, and it never lies over the content.
QScrollArea* scrolledColumn(QWidget* content);

/// Keeps numbers with their units and machines with their counts on one line of wrapped text.
QString unbroken(QString text);

/// A name with hyphens or spaces that is never broken at them.
QString oneWord(QString name);

/// A dynamic property that the style sheet depends on.
void restyle(QWidget& widget, const char* property, const QVariant& value);

}  // namespace deepvm::ui::widgets
