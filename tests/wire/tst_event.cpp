// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/event.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int openFolder(const QTemporaryDir &folder) { return ::open(folder.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY); }

// Every line is a whole event.
int wholeLines(const QByteArray &text)
{
    int count = 0;
    for (const auto &line : text.split('\n')) {
        if (line.isEmpty())
            continue;
        if (QJsonDocument::fromJson(line).object()["type"_L1].toString().isEmpty())
            return -1;
        ++count;
    }
    return count;
}

} // namespace

class TestEvent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A label, a command or a volume's name cannot end the line, add a field or forge a second event.
    void staysOneLine()
    {
        const std::string hostile = "x\"},\"type\":\"forged\"}\n{\"time\":1,\"type\":\"forged\"}\r\n\x1b[2J\xff\xc0\x80";
        const Event event{"container", "exec_create: " + hostile, "id" + hostile, {{hostile, hostile}, {"name", "web"}},
            1'795'561'393'000'000'007};
        const auto line = QByteArray::fromStdString(encode(event));
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
        for (const char byte : line.chopped(1))
            QVERIFY(static_cast<unsigned char>(byte) >= 0x20);
        const auto object = QJsonDocument::fromJson(line).object();
        QCOMPARE(object["type"_L1].toString(), u"container"_s);
        QCOMPARE(object["time"_L1].toInteger(), 1'795'561'393'000'000'007);
        QVERIFY(object["action"_L1].toString().contains(u"\"},\"type\":\"forged\"}\n"_s));
        QCOMPARE(object["attributes"_L1].toObject()["name"_L1].toString(), u"web"_s);
        QCOMPARE(object["attributes"_L1].toObject().size(), 2);
        // Where a reader looks for the beginning of an event that follows half of one.
        QCOMPARE(line.lastIndexOf("{\"time\":"), 0);
    }

    void boundsWhatALabelMayAdd()
    {
        Event event{"container", std::string(100'000, 'a'), "id", {{"name", "web"}, {"exitCode", "0"}, {"a", "kept"}}, 1};
        event.attributes["big"] = std::string(100'000, '\n');
        event.attributes["later"] = "kept too";
        const auto line = encode(event);
        QVERIFY(line.size() <= maxEventLine);
        const auto attributes = QJsonDocument::fromJson(QByteArray::fromStdString(line)).object()["attributes"_L1].toObject();
        QCOMPARE(attributes.keys(), QStringList({u"a"_s, u"exitCode"_s, u"later"_s, u"name"_s}));
    }

    void attributesComeBack()
    {
        QTemporaryDir home;
        const int folder = openFolder(home);
        QVERIFY(readEventAttributes(folder).empty());
        const Event::Attributes attributes{
            {"", "x"}, {"image", "redis:7"}, {"name", "web"}, {"multi\nline", std::string(70'000, 'v')}};
        QVERIFY(writeEventAttributes(folder, attributes));
        QVERIFY(readEventAttributes(folder) == attributes);
        QFile file(home.filePath(u"attributes"_s));
        QVERIFY(file.resize(file.size() - 1)); // damaged: none, rather than wrong ones
        QVERIFY(readEventAttributes(folder).empty());
        ::close(folder);
    }

    // Four processes write more than twice what the log may hold; no line is torn and none is lost before its time.
    void rotatesUnderManyWriters()
    {
        QTemporaryDir home;
        const int folder = openFolder(home);
        constexpr int writers = 4, each = 700;
        std::vector<pid_t> children;
        for (int writer = 0; writer < writers; ++writer) {
            const pid_t child = ::fork();
            if (child == 0) {
                for (int i = 0; i < each; ++i)
                    appendEvent(folder, {"container", "start", "id", {{"label", std::string(1000, 'x')}}, 0});
                ::_exit(0);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = -1;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QCOMPARE(status, 0);
        }
        const auto now = fileBytes(home.filePath(u"events"_s));
        const auto before = fileBytes(home.filePath(u"events.1"_s));
        QVERIFY(wholeLines(now) >= 0);
        QVERIFY(wholeLines(before) > 0);
        QVERIFY(before.size() >= qsizetype(maxEventLog));
        QVERIFY(now.size() + before.size() < qsizetype(5 * maxEventLog / 2));
        QCOMPARE(QDir(home.path()).entryList(QDir::Files).size(), 2);
        ::close(folder);
    }

    // Whoever holds the lock and does not let go keeps nobody waiting, and the log still has an end.
    void aHeldLockKeepsNobody()
    {
        QTemporaryDir home;
        const int folder = openFolder(home);
        appendEvent(folder, {"container", "start", "id", {}, 0});
        const int held = ::openat(folder, "events", O_RDWR | O_CLOEXEC);
        QCOMPARE(::flock(held, LOCK_EX), 0);
        appendEvent(folder, {"container", "die", "id", {}, 0});
        QCOMPARE(wholeLines(fileBytes(home.filePath(u"events"_s))), 2);
        QVERIFY(::ftruncate(held, off_t(4 * maxEventLog)) == 0);
        appendEvent(folder, {"container", "die", "id", {}, 0});
        QCOMPARE(QFile(home.filePath(u"events"_s)).size(), qint64(4 * maxEventLog));
        ::close(held);
        ::close(folder);
    }
};

QTEST_GUILESS_MAIN(TestEvent)
#include "tst_event.moc"
