// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console/history.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;

class TestHistory : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_home;
    std::string folder(const char *name) const { return m_home.filePath(QString::fromLatin1(name)).toStdString(); }
    static Result<std::vector<std::string>> linesIn(const std::string &folder)
    {
        const auto history = History::open(folder);
        return history ? history->lines() : std::unexpected(history.error());
    }

private Q_SLOTS:
    void keepsLines()
    {
        const auto place = folder("keeps/state/berth");
        const std::vector<std::string> lines{"run -it redis", "sh -c 'a\nb' \\\\n", "한글 이름"};
        for (const auto &line : lines) {
            const auto history = History::open(place);
            QVERIFY(history && history->add(line));
        }
        QCOMPARE(linesIn(place).value_or(std::vector<std::string>()), lines);
        struct stat status{};
        QCOMPARE(::stat((place + "/history").c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0600u);
        QCOMPARE(::stat(place.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777u, 0700u);
    }

    void isBounded()
    {
        const auto place = folder("bounded");
        const auto history = History::open(place);
        QVERIFY(history);
        const auto count = 2 * History::mostLines + 10;
        for (std::size_t i = 0; i < count; ++i)
            QVERIFY(history->add("line " + std::to_string(i)));
        QFile file(QString::fromStdString(place + "/history"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(static_cast<std::size_t>(file.readAll().count('\n')) < 2 * History::mostLines);
        const auto lines = history->lines();
        QVERIFY(lines && lines->size() == History::mostLines);
        QCOMPARE(lines->back(), "line " + std::to_string(count - 1));
        QVERIFY(history->add(std::string(History::longestLine + 1, 'x'))); // a pasted file is no command
        QCOMPARE(history->lines()->back(), "line " + std::to_string(count - 1));
    }

    // Four consoles write at once, and the file is shortened under them: each line is whole, and none of the
    // newest is lost.
    void severalWriteAtOnce()
    {
        const auto place = folder("several");
        constexpr int writers = 4;
        constexpr int each = 1300;
        QVERIFY(History::open(place));
        std::vector<pid_t> children;
        for (int writer = 0; writer < writers; ++writer) {
            const pid_t child = ::fork();
            if (child == 0) {
                const auto history = History::open(place);
                for (int i = 0; history && i < each; ++i) {
                    if (!history->add(std::to_string(writer) + " " + std::to_string(i) + std::string(40, '.')))
                        ::_exit(1);
                }
                ::_exit(history ? 0 : 1);
            }
            children.push_back(child);
        }
        for (const auto child : children) {
            int status = -1;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QCOMPARE(status, 0);
        }
        const auto lines = linesIn(place);
        QVERIFY(lines && lines->size() > History::mostLines / 2);
        std::vector<int> last(writers, -1);
        for (const auto &line : *lines) {
            const auto parts = QString::fromStdString(line).split(u' ');
            QCOMPARE(parts.size(), 2);
            QVERIFY(parts[1].endsWith(QString(40, u'.')));
            const auto writer = parts[0].toUInt();
            const int number = parts[1].chopped(40).toInt();
            QVERIFY(writer < writers && (last[writer] < 0 || number == last[writer] + 1)); // in order, with no gap
            last[writer] = number;
        }
        // Whose last line is among the newest has all of its end there.
        QCOMPARE(std::ranges::max(last), each - 1);
    }

    void saysWhyItCannot()
    {
        QFile blocked(m_home.filePath(u"blocked"_s));
        QVERIFY(blocked.open(QIODevice::WriteOnly));
        blocked.close();
        const auto history = History::open(folder("blocked") + "/berth");
        QVERIFY(!history);
        QVERIFY2(history.error().detail.contains("blocked"), history.error().detail.c_str());
    }

    void followsTheEnvironment()
    {
        qputenv("XDG_STATE_HOME", m_home.filePath(u"xdg"_s).toUtf8());
        QVERIFY(History::open());
        QVERIFY(QFile::exists(m_home.filePath(u"xdg/berth"_s)));
        qputenv("XDG_STATE_HOME", "relative"); // is to be ignored
        qputenv("HOME", m_home.filePath(u"home"_s).toUtf8());
        QVERIFY(History::open());
        QVERIFY(QFile::exists(m_home.filePath(u"home/.local/state/berth"_s)));
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
