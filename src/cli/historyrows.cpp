// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/historyrows.h"

#include "core/humantext.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qsizetype createdByWidth = 45;
constexpr qsizetype shortIdSize = 12;

// Images without a date carry the epoch or so, and "54 years ago" would tell nobody anything.
// Source: docker/cli, cli/command/image/formatter_history.go.
const QDateTime oldestAge(QDate(2000, 1, 1), QTime(0, 0), QTimeZone::UTC);

// RFC 3339 in local time, "Z" for UTC.
QString timestamp(const QDateTime &time)
{
    const auto local = (time.isValid() ? time : QDateTime::fromSecsSinceEpoch(0)).toLocalTime();
    const int offset = local.offsetFromUtc();
    const auto text = local.toString(u"yyyy-MM-ddTHH:mm:ss"_s);
    if (offset == 0)
        return text + u'Z';
    return text
        + u"%1%2:%3"_s.arg(QChar(offset < 0 ? u'-' : u'+'))
              .arg(std::abs(offset) / 3600, 2, 10, QChar(u'0'))
              .arg(std::abs(offset) / 60 % 60, 2, 10, QChar(u'0'));
}

QString age(const QDateTime &then, const QDateTime &now)
{
    if (!then.isValid() || then <= oldestAge)
        return {};
    return humanDuration(std::chrono::seconds(std::max<qint64>(0, then.secsTo(now)))) + " ago"_L1;
}

} // namespace

QJsonObject historyRow(const HistoryLine &line, const QDateTime &now, HistoryStyle style)
{
    auto id = line.id;
    if (id.isEmpty())
        id = u"<missing>"_s;
    else if (style.truncates)
        id = id.sliced(id.indexOf(u':') + 1).first(shortIdSize);
    auto createdBy = line.createdBy;
    createdBy.replace(u'\t', u' ');
    if (style.truncates && createdBy.size() > createdByWidth)
        createdBy = createdBy.first(createdByWidth - 1) + u'…';
    const auto at = timestamp(line.created);
    return {{u"ID"_s, id}, {u"CreatedAt"_s, at}, {u"CreatedSince"_s, style.isHuman ? age(line.created, now) : at},
        {u"CreatedBy"_s, createdBy}, {u"Size"_s, style.isHuman ? humanSize(line.size) : QString::number(line.size)},
        {u"Comment"_s, line.comment}};
}

ListingLayout historyLayout(bool isHuman)
{
    const auto created = isHuman ? u"CreatedSince"_s : u"CreatedAt"_s;
    return {u"{{.ID}}\t{{."_s + created + u"}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}"_s,
        {{u"ID"_s, u"IMAGE"_s}, {u"CreatedSince"_s, u"CREATED"_s}, {u"CreatedAt"_s, u"CREATED AT"_s},
            {u"CreatedBy"_s, u"CREATED BY"_s}, {u"Size"_s, u"SIZE"_s}, {u"Comment"_s, u"COMMENT"_s}},
        {}, u"*image.historyContext"_s};
}

} // namespace berth
