// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/jsonview.h"

#include "gui/style/theme.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSyntaxHighlighter>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

class JsonColors final : public QSyntaxHighlighter {
public:
    using QSyntaxHighlighter::QSyntaxHighlighter;

protected:
    void highlightBlock(const QString &text) override
    {
        static const QRegularExpression token(
            uR"x((?<string>"(?:[^"\\]|\\.)*")(?<colon>\s*:)?|(?<word>\b(?:true|false|null)\b|-?\b\d[\d.eE+-]*))x"_s);
        const QPalette palette = QGuiApplication::palette();
        const ThemeColors &colors = themeColors(palette);
        auto matches = token.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const bool key = match.hasCaptured(u"colon");
            const auto part = match.hasCaptured(u"string") ? u"string"_s : u"word"_s;
            const QColor color = part == "word"_L1 ? colors.amber : key ? colors.blue : colors.green;
            setFormat(static_cast<int>(match.capturedStart(part)), static_cast<int>(match.capturedLength(part)), color);
        }
    }
};

} // namespace

JsonView::JsonView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(NoWrap);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setAccessibleName(tr("Inspect"));
    new JsonColors(document());
}

void JsonView::setObject(const QJsonObject &object)
{
    const QString text = object.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(object).toJson());
    if (text == toPlainText())
        return;
    const int position = verticalScrollBar()->value();
    setPlainText(text);
    verticalScrollBar()->setValue(position);
}

} // namespace berth
