// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsontext.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

class JsonWriter {
public:
    explicit JsonWriter(JsonStyle style) : m_style(style) {}

    void write(const QJsonValue &value)
    {
        switch (value.type()) {
        case QJsonValue::Object: writeObject(value.toObject()); return;
        case QJsonValue::Array: writeArray(value.toArray()); return;
        case QJsonValue::String: writeText(value.toString()); return;
        case QJsonValue::Bool: m_text += value.toBool() ? "true"_L1 : "false"_L1; return;
        case QJsonValue::Double: writeNumber(value); return;
        case QJsonValue::Null:
        case QJsonValue::Undefined: m_text += "null"_L1; return;
        }
    }

    [[nodiscard]] QString text() const { return m_text; }

private:
    void writeObject(const QJsonObject &object)
    {
        const auto keys = visibleKeys(object);
        m_text += u'{';
        ++m_depth;
        for (qsizetype i = 0; i < keys.size(); ++i) {
            startItem(i == 0);
            writeText(keys[i]);
            m_text += m_style.indent > 0 ? ": "_L1 : ":"_L1;
            write(object.value(keys[i]));
        }
        endItems(keys.isEmpty());
        m_text += u'}';
    }

    void writeArray(const QJsonArray &array)
    {
        m_text += u'[';
        ++m_depth;
        for (qsizetype i = 0; i < array.size(); ++i) {
            startItem(i == 0);
            write(array.at(i));
        }
        endItems(array.isEmpty());
        m_text += u']';
    }

    void startItem(bool isFirst)
    {
        if (!isFirst)
            m_text += u',';
        startLine();
    }

    void endItems(bool wereNone)
    {
        --m_depth;
        if (!wereNone)
            startLine();
    }

    void startLine()
    {
        if (m_style.indent > 0)
            m_text += u'\n' + QString(m_style.indent * m_depth, u' ');
    }

    void writeNumber(const QJsonValue &value)
    {
        const double number = value.toDouble();
        const qint64 whole = value.toInteger();
        m_text += static_cast<double>(whole) == number ? QString::number(whole) : QString::number(number, 'g', 17);
    }

    void writeText(const QString &text)
    {
        m_text += u'"';
        for (const QChar c : text)
            writeCharacter(c);
        m_text += u'"';
    }

    void writeCharacter(QChar c)
    {
        switch (c.unicode()) {
        case u'"': m_text += "\\\""_L1; return;
        case u'\\': m_text += "\\\\"_L1; return;
        case u'\n': m_text += "\\n"_L1; return;
        case u'\r': m_text += "\\r"_L1; return;
        case u'\t': m_text += "\\t"_L1; return;
        case u'\b': m_text += "\\b"_L1; return;
        case u'\f': m_text += "\\f"_L1; return;
        default: break;
        }
        const bool isHtml = c == u'<' || c == u'>' || c == u'&';
        const bool isLineEnd = c == QChar(0x2028) || c == QChar(0x2029);
        if (c.unicode() < 0x20 || isLineEnd || (isHtml && m_style.escapesHtml))
            m_text += u"\\u%1"_s.arg(int{c.unicode()}, 4, 16, QChar(u'0'));
        else
            m_text += c;
    }

    JsonStyle m_style;
    QString m_text;
    int m_depth = 0;
};

} // namespace

QString orderKey() { return hiddenKeyMark + u"order"_s; }

QStringList fieldNames(const QJsonObject &object)
{
    QStringList names;
    for (const auto order = object.value(orderKey()).toArray(); const auto entry : order) {
        const auto name = entry.toString();
        names += name.endsWith(u'$') ? name.chopped(1) : name;
    }
    return names;
}

std::optional<QJsonValue> emptyField(const QJsonObject &object, const QString &name)
{
    const auto order = object.value(orderKey()).toArray();
    if (order.contains(QJsonValue(name + u'$')))
        return QJsonValue(QString());
    if (order.contains(QJsonValue(name)))
        return QJsonValue(QJsonValue::Null);
    return std::nullopt;
}

QStringList visibleKeys(const QJsonObject &object)
{
    QStringList keys;
    for (const auto &key : fieldNames(object)) {
        if (object.contains(key))
            keys += key;
    }
    const auto isOrdered = !keys.isEmpty();
    for (const auto &key : object.keys()) {
        if (!key.startsWith(hiddenKeyMark) && (!isOrdered || !keys.contains(key)))
            keys += key;
    }
    return keys;
}

QString jsonText(const QJsonValue &value, JsonStyle style)
{
    JsonWriter writer(style);
    writer.write(value);
    return writer.text();
}

} // namespace berth
