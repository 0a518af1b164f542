// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/serialorder.h"

#include <QSet>

#include <algorithm>
#include <bit>
#include <limits>

namespace berth::test {
namespace {

const QByteArray created("created");
const QByteArray running("running");
const QByteArray paused("paused");
const QByteArray exited("exited");

bool isUp(const Box &box) { return box.state == running || box.state == paused; }

bool performRename(World &world, const Operation &operation)
{
    const bool works = world.contains(operation.name) && !world.contains(operation.newName);
    if (works && operation.succeeded)
        world.insert(operation.newName, world.take(operation.name));
    return works == operation.succeeded;
}

bool performRemove(World &world, const Operation &operation)
{
    const auto found = world.constFind(operation.name);
    const bool works = found != world.constEnd() && (operation.verb == Verb::ForceRemove || !isUp(*found));
    if (works && operation.succeeded)
        world.remove(operation.name);
    return works == operation.succeeded;
}

// The verbs that change the state of a container; nothing when it refuses.
QByteArray stateAfter(Verb verb, const Box &box)
{
    switch (verb) {
    case Verb::Start: return box.state == paused ? QByteArray() : running;
    case Verb::Stop: return isUp(box) ? exited : box.state;
    case Verb::Kill: return isUp(box) ? exited : QByteArray();
    case Verb::Pause: return box.state == running ? paused : QByteArray();
    case Verb::Unpause: return box.state == paused ? running : QByteArray();
    default: return {};
    }
}

bool performStateChange(World &world, const Operation &operation)
{
    const auto found = world.find(operation.name);
    const QByteArray state = found == world.end() ? QByteArray() : stateAfter(operation.verb, *found);
    if (!state.isEmpty() && operation.succeeded)
        found->state = state;
    return !state.isEmpty() == operation.succeeded;
}

QByteArray textOf(const World &world)
{
    QByteArray text;
    for (auto [name, box] : world.asKeyValueRange())
        text += ' ' + name + '=' + box.id.first(qMin(box.id.size(), 6)) + ':' + box.state;
    return text;
}

// How far an order has come: all operations before first are in it, and of the next ones those in mask.
struct Progress {
    qsizetype first = 0;
    std::uint64_t mask = 0;

    void add(qsizetype index)
    {
        mask |= std::uint64_t{1} << (index - first);
        const int whole = std::countr_one(mask);
        first += whole;
        mask = whole == 64 ? 0 : mask >> whole;
    }
    [[nodiscard]] bool contains(qsizetype index) const { return (mask >> (index - first) & 1) != 0; }
};

class Search {
public:
    Search(QList<Operation> operations, const World &end) : m_operations(std::move(operations)), m_end(end)
    {
        std::ranges::sort(m_operations, {}, &Operation::begun);
    }
    bool goOn(const Progress &done, const World &world);
    [[nodiscard]] QByteArray complaint() const;

private:
    // Those that may come next: begun before any other that is left has ended.
    [[nodiscard]] QList<qsizetype> candidates(const Progress &done) const;

    QList<Operation> m_operations;
    World m_end;
    QSet<QByteArray> m_tried;
    Progress m_farthest;
    World m_farthestWorld;
};

QList<qsizetype> Search::candidates(const Progress &done) const
{
    auto firstEnd = std::numeric_limits<std::int64_t>::max();
    QList<qsizetype> found;
    for (qsizetype i = done.first; i < qMin(done.first + 64, m_operations.size()); ++i) {
        if (m_operations[i].begun > firstEnd)
            break;
        if (done.contains(i))
            continue;
        firstEnd = qMin(firstEnd, m_operations[i].ended);
        found += i;
    }
    found.removeIf([&](qsizetype i) { return m_operations[i].begun > firstEnd; });
    std::ranges::sort(found, {}, [this](qsizetype i) { return m_operations[i].ended; });
    return found;
}

bool Search::goOn(const Progress &done, const World &world)
{
    if (done.first == m_operations.size())
        return world == m_end;
    const QByteArray key = QByteArray::number(done.first) + '/' + QByteArray::number(quint64{done.mask}) + textOf(world);
    if (m_tried.contains(key))
        return false;
    m_tried.insert(key);
    if (done.first >= m_farthest.first) {
        m_farthest = done;
        m_farthestWorld = world;
    }
    const auto next = candidates(done);
    return std::ranges::any_of(next, [&](qsizetype i) {
        World after = world;
        if (!perform(after, m_operations[i]))
            return false;
        Progress further = done;
        further.add(i);
        return goOn(further, after);
    });
}

QByteArray Search::complaint() const
{
    QByteArray text = "in no order do all commands end as they did; after " + QByteArray::number(m_farthest.first)
        + " of them the containers were" + textOf(m_farthestWorld) + ", and then came, in any order:\n";
    for (const qsizetype i : candidates(m_farthest))
        text += "  " + m_operations[i].text() + '\n';
    return text + "at the end there were" + textOf(m_end);
}

} // namespace

QByteArray wordOf(Verb verb)
{
    switch (verb) {
    case Verb::Create: return "create";
    case Verb::Start: return "start";
    case Verb::Stop: return "stop";
    case Verb::Kill: return "kill";
    case Verb::Pause: return "pause";
    case Verb::Unpause: return "unpause";
    case Verb::Rename: return "rename";
    case Verb::Remove: return "rm";
    case Verb::ForceRemove: return "rm -f";
    }
    return {};
}

QByteArray Operation::text() const
{
    return wordOf(verb) + ' ' + name + ' ' + newName
        + (succeeded ? " (worked " + id.first(qMin(id.size(), 6)) + ')' : " (failed: " + complaint.trimmed() + ')');
}

bool perform(World &world, const Operation &operation)
{
    switch (operation.verb) {
    case Verb::Create:
        if (world.contains(operation.name) == operation.succeeded)
            return false;
        if (operation.succeeded)
            world.insert(operation.name, {operation.id, created});
        return true;
    case Verb::Rename: return performRename(world, operation);
    case Verb::Remove:
    case Verb::ForceRemove: return performRemove(world, operation);
    default: return performStateChange(world, operation);
    }
}

QByteArray findSerialOrder(QList<Operation> operations, const World &end)
{
    Search search(std::move(operations), end);
    return search.goOn({}, {}) ? QByteArray() : search.complaint();
}

} // namespace berth::test
