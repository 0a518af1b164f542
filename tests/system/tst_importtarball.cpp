// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// import: a tar archive of files becomes an image of one layer.
#include "support/tarwriter.h"
#include "system/commandtest.h"

#include <QRegularExpression>

using namespace berth::test;
using namespace Qt::StringLiterals;

class TestImportTarball : public CommandTest {
    Q_OBJECT

private:
    QByteArray field(const QByteArray &image, const QByteArray &name)
    {
        return berth({"image", "inspect", "-f", "{{" + name + "}}", image}).out.trimmed();
    }
    // The files of busybox, as a tar archive.
    QByteArray rootArchive()
    {
        QProcess process;
        process.start(u"sh"_s,
            {u"-c"_s, u"tar -xOf \"$1\" \"$(tar -xOf \"$1\" manifest.json | grep -o 'blobs/sha256/[0-9a-f]*' | sed -n 2p)\""_s,
                u"_"_s, BerthCommand::imageArchive(u"busybox.tar"_s)});
        process.waitForFinished();
        return process.readAllStandardOutput();
    }
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_berth->path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    static bool isId(const Answer &answer)
    {
        static const QRegularExpression id(u"^sha256:[0-9a-f]{64}\n$"_s);
        return answer.code == 0 && answer.err.isEmpty() && id.match(QString::fromUtf8(answer.out)).hasMatch();
    }

private Q_SLOTS:
    void aFileAndAPipe()
    {
        const auto root = rootArchive();
        QVERIFY(root.size() > 1'000'000);
        write(u"root.tar"_s, root);
        QVERIFY(isId(berth({"import", "-m", "a message", "-c", "CMD [\"sh\"]", "--change", "ENV A=1", "root.tar", "mine:1"})));
        COMPARE_ANSWER(berth({"run", "--rm", "mine:1", "sh", "-c", "echo $A; busybox | head -c 7"}), 0, "1\nBusyBox", "");
        COMPARE_ANSWER(berth({"history", "--format", "{{.CreatedBy}}|{{.Comment}}", "mine:1"}), 0, "|a message\n", "");
        QCOMPARE(field("mine:1", "json .Config.Cmd"), "[\"sh\"]");
        QCOMPARE(field("mine:1", ".Comment"), "a message");
        QCOMPARE(field("mine:1", "json .RootFS.Layers"), field("busybox", "json .RootFS.Layers")); // the stream itself
        QVERIFY(isId(berth({"import", "-", "mine:2"}, root)));
        QCOMPARE(field("mine:2", ".Comment"), "Imported from -");
        QCOMPARE(field("mine:2", "json .RootFS.Layers"), field("busybox", "json .RootFS.Layers"));
        VERIFY_OK(berth({"rmi", "mine:1", "mine:2"}));
    }

    void compressed_data()
    {
        QTest::addColumn<QString>("program");
        for (const auto *program : {"gzip", "bzip2", "xz", "zstd"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }
    void compressed()
    {
        QFETCH(QString, program);
        QProcess process;
        process.start(program, {u"-c"_s});
        process.write(rootArchive());
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        QVERIFY(isId(berth({"import", "-", "mine"}, process.readAllStandardOutput())));
        QCOMPARE(field("mine", "json .RootFS.Layers"), field("busybox", "json .RootFS.Layers"));
        VERIFY_OK(berth({"rmi", "mine"}));
    }

    void fromNothing()
    {
        const auto empty = berth({"import", "-", "scratch"}, QByteArray(10240, '\0'));
        QVERIFY(isId(empty));
        QCOMPARE(field("scratch", ".Size"), "0");
        VERIFY_OK(berth({"rmi", "scratch"}));
    }

    void whatCannotBeImported_data()
    {
        QTest::addColumn<QList<QByteArray>>("arguments");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("error");
        const auto row = [](const char *name, const QList<QByteArray> &arguments, const QByteArray &input,
                             const QByteArray &error) { QTest::newRow(name) << arguments << input << error; };
        row("no file", {"nosuch.tar"}, "", "open nosuch.tar: no such file or directory\n");
        row("URL", {"https://127.0.0.1/root.tar"}, "", "cannot fetch https://127.0.0.1/root.tar: download it first");
        row("folder", {"/tmp"}, "", "Error response from daemon: /tmp is a folder\n");
        row("text", {"-"}, "junk, and nothing but junk", "");
        row("nothing", {"-"}, "", "");
        row("cut", {"-"}, QByteArray::fromStdString(TarWriter().file("a", std::string(100'000, 'x')).bytes().substr(0, 50'000)),
            "");
        row("change", {"-c", "FOO x", "-"}, QByteArray(1024, '\0'),
            "Error response from daemon: FOO is not a valid change command\n");
        row("name", {"-", "Bad Name"}, QByteArray(1024, '\0'), "invalid reference format");
        row("outside", {"-"}, QByteArray::fromStdString(TarWriter().file("../../x", "y").bytes()), "");
    }
    void whatCannotBeImported()
    {
        QFETCH(QList<QByteArray>, arguments);
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, error);
        const auto before = berth({"images", "-aq"}).out;
        const auto answer = berth(QList<QByteArray>{"import"} + arguments, input);
        QCOMPARE(answer.code, 1);
        QCOMPARE(answer.out, "");
        QVERIFY2(answer.err.startsWith(error) && answer.err.count('\n') == 1, answer.err);
        QCOMPARE(berth({"images", "-aq"}).out, before);
        QVERIFY(QDir(m_berth->dataFolder() + u"/staging"_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestImportTarball)
#include "tst_importtarball.moc"
