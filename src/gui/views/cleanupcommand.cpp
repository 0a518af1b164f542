// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/cleanupcommand.h"

#include <algorithm>

namespace berth {

using namespace Qt::StringLiterals;

namespace {

enum class Part { Nothing, Some, All };

class Choice {
public:
    Choice(const QList<CleanUpRow> &rows, const QSet<qsizetype> &wanted) : m_rows(rows), m_wanted(wanted) {}

    [[nodiscard]] Part of(CleanUpGroup group) const
    {
        qsizetype all = 0;
        qsizetype chosen = 0;
        for (qsizetype row = 0; row < m_rows.size(); ++row) {
            if (m_rows.at(row).group != group)
                continue;
            ++all;
            chosen += m_wanted.contains(row) ? 1 : 0;
        }
        if (chosen == 0)
            return Part::Nothing;
        return chosen == all ? Part::All : Part::Some;
    }
    // All there is, which may be nothing.
    [[nodiscard]] bool whole(CleanUpGroup group) const
    {
        return of(group) == Part::All
            || std::ranges::none_of(m_rows, [group](const CleanUpRow &row) { return row.group == group; });
    }
    [[nodiscard]] QStringList names(std::initializer_list<CleanUpGroup> groups) const
    {
        QStringList names;
        for (qsizetype row = 0; row < m_rows.size(); ++row) {
            if (m_wanted.contains(row) && std::ranges::contains(groups, m_rows.at(row).group))
                names += m_rows.at(row).names;
        }
        return names;
    }

private:
    const QList<CleanUpRow> &m_rows;
    const QSet<qsizetype> &m_wanted;
};

using enum CleanUpGroup;

QStringList containersCommand(const Choice &choice)
{
    if (choice.of(Containers) == Part::All)
        return {u"container"_s, u"prune"_s};
    return choice.of(Containers) == Part::Nothing ? QStringList() : QStringList{u"rm"_s} + choice.names({Containers});
}

QStringList imagesCommand(const Choice &choice)
{
    const QStringList names = choice.names({DanglingImages, UnusedImages});
    if (names.isEmpty())
        return {};
    if (choice.whole(DanglingImages) && choice.of(UnusedImages) == Part::All)
        return {u"image"_s, u"prune"_s, u"-a"_s};
    if (choice.of(DanglingImages) == Part::All && choice.of(UnusedImages) == Part::Nothing)
        return {u"image"_s, u"prune"_s};
    return QStringList{u"rmi"_s} + names;
}

QStringList volumesCommand(const Choice &choice)
{
    const QStringList names = choice.names({AnonymousVolumes, NamedVolumes});
    if (names.isEmpty())
        return {};
    if (choice.whole(AnonymousVolumes) && choice.of(NamedVolumes) == Part::All)
        return {u"volume"_s, u"prune"_s, u"-a"_s};
    if (choice.of(AnonymousVolumes) == Part::All && choice.of(NamedVolumes) == Part::Nothing)
        return {u"volume"_s, u"prune"_s};
    return QStringList{u"volume"_s, u"rm"_s} + names;
}

// Not `rm prune`: a container may be called that.
bool isPrune(const QStringList &words) { return words.value(1) == "prune"_L1 && !words.first().startsWith("rm"_L1); }

} // namespace

QList<QStringList> cleanUpCommands(const QList<CleanUpRow> &rows, const QSet<qsizetype> &wanted, const QString &age)
{
    const Choice choice(rows, wanted);
    QStringList containers = containersCommand(choice);
    QStringList images = imagesCommand(choice);
    QStringList volumes = volumesCommand(choice);
    if (isPrune(containers) && isPrune(images)) {
        containers = QStringList{u"system"_s, u"prune"_s} + images.mid(2);
        images.clear();
        if (volumes == QStringList{u"volume"_s, u"prune"_s} && age.isEmpty()) {
            containers.append(u"--volumes"_s);
            volumes.clear();
        }
    }
    QList<QStringList> commands;
    for (QStringList *words : {&containers, &volumes, &images}) {
        if (words->isEmpty())
            continue;
        if (isPrune(*words) && !age.isEmpty() && words != &volumes)
            *words << u"--filter"_s << age;
        commands.append(*words);
    }
    return commands;
}

} // namespace berth
