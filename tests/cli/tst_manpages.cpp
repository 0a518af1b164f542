// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The man pages that the build made: there is one for each way to type a command, and two readers of man
// pages have nothing to say against any.
#include "cli/command.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class TestManPages : public QObject {
    Q_OBJECT
private:
    QDir m_folder{QStringLiteral(BERTH_MAN_FOLDER)};

    static QString pageOf(std::string_view path) { return u"berth-"_s + QString::fromUtf8(path).replace(u' ', u'-') + u".1"_s; }
    QString text(const QString &page)
    {
        QFile file(m_folder.filePath(page));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    // What a program says about all pages; it must say nothing.
    void checkPages(const QString &program, const QStringList &arguments)
    {
        const auto pages = m_folder.entryList({u"*.1"_s}, QDir::Files);
        QVERIFY(pages.size() > static_cast<qsizetype>(allCommands().size()));
        for (const auto &page : pages) {
            QProcess process;
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(program, arguments + QStringList{m_folder.filePath(page)});
            QVERIFY2(process.waitForFinished(), qPrintable(process.errorString()));
            QCOMPARE(QString::fromUtf8(process.readAll()), QString());
            QCOMPARE(process.exitCode(), 0);
        }
    }

private Q_SLOTS:
    void everyCommandHasOne()
    {
        for (const auto *command : allCommands()) {
            for (const auto path : command->paths) {
                const auto page = text(pageOf(path));
                QVERIFY2(page.contains(u".SH SYNOPSIS"_s), path.data());
                for (const auto &flag : command->flags) {
                    const auto label = u"\\-\\-"_s + QString::fromUtf8(flag.name).replace(u'-', u"\\-"_s) + u"\\fP"_s;
                    QVERIFY2(page.contains(label) == (flag.use == FlagUse::Shown), flag.name.data());
                }
            }
        }
        for (const auto &group : allGroups())
            QVERIFY2(text(pageOf(group.name)).contains(u".SH COMMANDS"_s), group.name.data());
    }

    void theFirstNamesAll()
    {
        const auto page = text(u"berth.1"_s);
        for (const auto &group : allGroups())
            QVERIFY(page.contains(QString::fromUtf8(group.name)));
        for (const auto *name : {"berth\\-run", "berth\\-ps", "berth\\-version"})
            QVERIFY2(page.contains(QString::fromLatin1(name)), name);
    }

    void mandocFindsNothing() { checkPages(u"mandoc"_s, {u"-T"_s, u"lint"_s, u"-W"_s, u"warning,stop"_s}); }
    void groffFindsNothing() { checkPages(u"groff"_s, {u"-man"_s, u"-ww"_s, u"-z"_s, u"-Tutf8"_s, u"-K"_s, u"utf8"_s}); }

    void aPersonReadsIt()
    {
        QProcess process;
        process.start(u"mandoc"_s, {u"-T"_s, u"ascii"_s, m_folder.filePath(u"berth-exec.1"_s)});
        QVERIFY(process.waitForFinished());
        auto page = QString::fromUtf8(process.readAllStandardOutput());
        page.remove(QRegularExpression(u".\x08"_s)); // bold and underlined, as printers did it
        for (const auto *line : {"berth exec [OPTIONS] CONTAINER COMMAND [ARG...]", "-d, --detach", "berth container exec",
                 "--detach-keys string", "       berth exec -it web sh"})
            QVERIFY2(page.contains(QString::fromLatin1(line)), line);
    }
};

QTEST_GUILESS_MAIN(TestManPages)
#include "tst_manpages.moc"
