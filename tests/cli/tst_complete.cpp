// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion/complete.h"
#include "cli/completion/hint.h"
#include "cli/completion/usage.h"
#include "cli/knownnames.h"

#include <QTest>

#include <algorithm>

using namespace berth;
using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

Completion completed(const QString &line)
{
    KnownNames names;
    const auto typed = readTypedLine(line.toStdString(), FirstWord::Command);
    return complete(typed.words, typed.current, names, Language::English);
}

QStringList texts(const Completion &completion)
{
    QStringList list;
    for (const auto &candidate : completion.candidates)
        list += QString::fromStdString(candidate.text);
    return list;
}

} // namespace

class TestComplete : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void completes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("candidates");
        QTest::newRow("command") << u"unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("commands, once each") << u"sto"_s << QStringList{u"stop"_s};
        QTest::newRow("group") << u"cont"_s << QStringList{u"container"_s};
        QTest::newRow("command of a group") << u"container unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("help") << u"help unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("leading docker") << u"docker unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("leading sudo docker") << u"sudo docker unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("leading dollar") << u"$ docker unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("an image of that name") << u"run docker unp"_s << QStringList{};
        QTest::newRow("after &&") << u"ps && unp"_s << QStringList{u"unpause"_s};
        QTest::newRow("start: what is down") << u"start "_s << QStringList{u"new"_s, u"worker"_s};
        QTest::newRow("stop: what is up") << u"stop "_s << QStringList{u"db"_s, u"web"_s};
        QTest::newRow("exec: what runs") << u"exec -it "_s << QStringList{u"web"_s};
        QTest::newRow("unpause") << u"unpause "_s << QStringList{u"db"_s};
        QTest::newRow("rm: what is down") << u"rm "_s << QStringList{u"new"_s, u"worker"_s};
        QTest::newRow("rm -f: all") << u"rm -f "_s << QStringList{u"db"_s, u"new"_s, u"web"_s, u"worker"_s};
        QTest::newRow("not twice") << u"rm -f web db "_s << QStringList{u"new"_s, u"worker"_s};
        QTest::newRow("not twice, by id") << u"stop aaaa "_s << QStringList{u"db"_s};
        QTest::newRow("logs: all") << u"logs w"_s << QStringList{u"web"_s, u"worker"_s};
        QTest::newRow("only one fits") << u"logs web "_s << QStringList{};
        QTest::newRow("id") << u"stop aaa"_s << QStringList{u"aaaaaaaaaaaa"_s};
        QTest::newRow("long id") << u"stop aaaaaaaaaaaaaa"_s << QStringList{u"aaaaaaaaaaaaaa"_s};
        QTest::newRow("image") << u"run -it re"_s << QStringList{u"redis"_s, u"redis:7"_s};
        QTest::newRow("image with a colon") << u"run redis:"_s << QStringList{u"redis:7"_s, u"redis:latest"_s};
        QTest::newRow("dangling image") << u"rmi 44"_s << QStringList{u"444444444444"_s};
        QTest::newRow("nothing to say about commands") << u"run redis re"_s << QStringList{};
        QTest::newRow("any object") << u"inspect d"_s << QStringList{u"data"_s, u"db"_s, u"dddddddddddd"_s};
        QTest::newRow("flag") << u"run --ent"_s << QStringList{u"--entrypoint"_s};
        QTest::newRow("help flag") << u"pause --h"_s << QStringList{u"--help"_s};
        QTest::newRow("a spent flag") << u"run --entrypoint sh --ent"_s << QStringList{};
        QTest::newRow("a list flag comes again") << u"run --env A=1 --env-"_s << QStringList{u"--env-file"_s};
        QTest::newRow("no flags behind the image") << u"run redis --ent"_s << QStringList{};
        QTest::newRow("no flags behind --") << u"rm -- --f"_s << QStringList{};
        QTest::newRow("value of a flag") << u"run --pull "_s << QStringList{u"always"_s, u"missing"_s, u"never"_s};
        QTest::newRow("glued value") << u"run --pull=ne"_s << QStringList{u"--pull=never"_s};
        QTest::newRow("restart policy") << u"run --restart un"_s << QStringList{u"unless-stopped"_s};
        QTest::newRow("shorthand takes a value") << u"kill -s HU"_s << QStringList{u"HUP"_s};
        QTest::newRow("bundled shorthands") << u"run -itv da"_s << QStringList{u"data:"_s};
        QTest::newRow("filter") << u"ps --filter st"_s << QStringList{u"status="_s};
        QTest::newRow("filter value") << u"ps -f status=ru"_s << QStringList{u"status=running"_s};
        QTest::newRow("filter of images") << u"images -f dangling="_s << QStringList{u"dangling=false"_s, u"dangling=true"_s};
        QTest::newRow("network of a container") << u"run --network f"_s << QStringList{u"front"_s};
        QTest::newRow("another's network") << u"run --network c"_s << QStringList{u"container:"_s};
        QTest::newRow("of what is up") << u"run --network container:w"_s << QStringList{u"container:web"_s};
        QTest::newRow("network to remove") << u"network rm "_s << QStringList{u"front"_s};
        QTest::newRow("network to look at") << u"network inspect "_s
                                            << QStringList{u"bridge"_s, u"front"_s, u"host"_s, u"none"_s};
        QTest::newRow("a new one") << u"network create fr"_s << QStringList{};
        QTest::newRow("network and container") << u"network connect front wo"_s << QStringList{u"worker"_s};
        QTest::newRow("filter of networks") << u"network ls -f type="_s << QStringList{u"type=builtin"_s, u"type=custom"_s};
        QTest::newRow("filter by network") << u"ps -f network=fr"_s << QStringList{u"network=front"_s};
        QTest::newRow("unknown command") << u"frob we"_s << QStringList{};
        QTest::newRow("quoted") << u"stop \"we"_s << QStringList{u"web"_s};
        QTest::newRow("global flag") << u"--log-level de"_s << QStringList{u"debug"_s};
    }
    void completes()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, candidates);
        QCOMPARE(texts(completed(line)), candidates);
    }

    void offersFiles()
    {
        QCOMPARE(completed(u"run --env-file x"_s).files, FileKind::Files);
        QCOMPARE(completed(u"load -i "_s).files, FileKind::Files);
        QCOMPARE(completed(u"run -v /ho"_s).files, FileKind::Folders);
        const auto glued = completed(u"load --input=/tm"_s);
        QCOMPARE(glued.files, FileKind::Files);
        QCOMPARE(glued.filePrefix, "--input=");
        QCOMPARE(completed(u"run redis "_s).files, FileKind::None);
    }

    // A candidate that does not begin with what is typed would replace it by something else.
    void candidatesBeginWithTheWord()
    {
        for (const auto *command : allCommands()) {
            for (const char *start : {"", "a", "d", "r", "--", "--f", "--filter=st", "--format="}) {
                const auto path = std::string(command->paths[0]);
                const auto completion = completed(QString::fromStdString(path + " " + start));
                for (const auto &candidate : completion.candidates)
                    QVERIFY2(candidate.text.starts_with(start), (path + ": " + candidate.text).c_str());
            }
        }
    }

    void knowsWhereTheWordBegins()
    {
        const auto typed = readTypedLine("exec '한글' \"we", FirstWord::Command);
        QCOMPARE(typed.current, "we");
        QCOMPARE(typed.begin, 14u); // in bytes
        QVERIFY(typed.isQuoted);
        QVERIFY(readTypedLine("rm $(ps", FirstWord::Command).isOpen);
        QVERIFY(readTypedLine("rm $NA", FirstWord::Command).isOpen);
        QVERIFY(!readTypedLine("rm a", FirstWord::Command).isOpen);
        const auto shell = readTypedLine("time b1 stop we", FirstWord::Program); // an alias, in a shell
        QCOMPARE(shell.words, std::vector<std::string>{"stop"});
    }

    void readsUsage()
    {
        const auto slots = usageSlots("[OPTIONS] CONTAINER COMMAND [ARG...]");
        QCOMPARE(slots.size(), 3u);
        QCOMPARE(slots[0].kind, SlotKind::Container);
        QCOMPARE(slots[1].kind, SlotKind::Other);
        QVERIFY(slots[2].repeats && slotAt(slots, 9) == &slots[2]);
        QCOMPARE(usageSlots("CONTAINER NEW_NAME")[1].kind, SlotKind::Other);
        QCOMPARE(usageSlots("[OPTIONS] [REPOSITORY[:TAG]]")[0].kind, SlotKind::Image);
        const auto copy = usageSlots(
            "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n  berth cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH");
        QCOMPARE(copy.size(), 2u);
        QVERIFY(copy[0].kind == SlotKind::ContainerPath && copy[1].kind == SlotKind::ContainerPath);
        QCOMPARE(remainingUsage("[OPTIONS] IMAGE [COMMAND] [ARG...]", 0, true), "[OPTIONS] IMAGE [COMMAND] [ARG...]");
        QCOMPARE(remainingUsage("[OPTIONS] IMAGE [COMMAND] [ARG...]", 0, false), "IMAGE [COMMAND] [ARG...]");
        QCOMPARE(remainingUsage("[OPTIONS] IMAGE [COMMAND] [ARG...]", 1, true), "[COMMAND] [ARG...]");
        QCOMPARE(remainingUsage("[OPTIONS] IMAGE [COMMAND] [ARG...]", 5, true), "[ARG...]");
        QCOMPARE(remainingUsage("CONTAINER NEW_NAME", 2, true), "");
    }

    void hints_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("ghost");
        QTest::addColumn<QString>("rest");
        QTest::newRow("nothing typed") << QString() << QString() << QString();
        QTest::newRow("command") << u"rename"_s << QString() << u" CONTAINER NEW_NAME  — Rename a container"_s;
        QTest::newRow("part of a command") << u"renam"_s << u"e"_s << u" CONTAINER NEW_NAME  — Rename a container"_s;
        QTest::newRow("the common one")
            << u"r"_s << u"un"_s << u" [OPTIONS] IMAGE [COMMAND] [ARG...]  — Create and run a new container from an image"_s;
        QTest::newRow("usage") << u"run "_s << QString() << u"[OPTIONS] IMAGE [COMMAND] [ARG...]"_s;
        QTest::newRow("without given flags") << u"run -it "_s << QString() << u"IMAGE [COMMAND] [ARG...]"_s;
        QTest::newRow("without given arguments") << u"docker run -it redis "_s << QString() << u"[COMMAND] [ARG...]"_s;
        QTest::newRow("name") << u"stop w"_s << u"eb"_s << u" [CONTAINER...]"_s;
        QTest::newRow("second name") << u"stop web d"_s << u"b"_s << u" [CONTAINER...]"_s;
        QTest::newRow("all given") << u"rename web x "_s << QString() << QString();
        QTest::newRow("flag") << u"run --entry"_s << u"point"_s << u" string  — Overwrite the default ENTRYPOINT of the image"_s;
        QTest::newRow("help of several lines")
            << u"ps --fo"_s << u"rmat"_s << u" string  — Format output using a custom template"_s;
        QTest::newRow("value") << u"run --name "_s << QString() << u"string  — Assign a name to the container"_s;
        QTest::newRow("shorthand") << u"run -t"_s << QString() << u"  — Allocate a pseudo-TTY"_s;
        QTest::newRow("group") << u"container"_s << QString() << u" COMMAND  — Manage containers"_s;
        QTest::newRow("unknown") << u"frob "_s << QString() << QString();
        QTest::newRow("open quote") << u"stop 'w"_s << QString() << QString();
        QTest::newRow("comment") << u"# stop w"_s << QString() << QString();
    }
    void hints()
    {
        QFETCH(QString, line);
        QFETCH(QString, ghost);
        QFETCH(QString, rest);
        KnownNames names;
        const auto hint = hintFor(line.toStdString(), names, Language::English);
        QCOMPARE(QString::fromStdString(hint.ghost), ghost);
        QCOMPARE(QString::fromStdString(hint.rest), rest);
    }

    void hintsInKorean()
    {
        KnownNames names;
        QCOMPARE(hintFor("run -it redis ", names, Language::Korean).rest, "[명령] [인자...]");
        QCOMPARE(hintFor("run --name ", names, Language::Korean).rest, "string  — 컨테이너에 이름을 붙입니다");
        QCOMPARE(hintFor("rename", names, Language::Korean).rest, " 컨테이너 새이름  — 컨테이너의 이름을 바꿉니다");
    }
};

QTEST_GUILESS_MAIN(TestComplete)
#include "tst_complete.moc"
