// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/containerflags.h"
#include "cli/mountflags.h"
#include "cli/runrequest.h"

#include <QDir>
#include <QTemporaryFile>
#include <QTest>

using namespace berth;
using namespace Qt::StringLiterals;

class RunRequestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFlag();
    void streams_data();
    void streams();
    void environmentComesFromTheCaller();
    void environmentFile();
    void volumes_data();
    void volumes();
    void mounts_data();
    void mounts();
    void tmpfs();
    void sizes_data();
    void sizes();
    void networks();
    void refusals_data();
    void refusals();
};

static const Command command{
    .paths = {}, .usage = {}, .summary = {}, .example = {}, .flags = runFlags, .arity = {1, -1}, .stopsAtArgument = true};

static std::expected<RunRequest, RequestProblem> request(const QByteArrayList &words)
{
    std::vector<std::string> list(words.size());
    std::ranges::transform(words, list.begin(), &QByteArray::toStdString);
    auto parsed = parseLine(runFlags, list, true);
    if (!parsed)
        return std::unexpected(RequestProblem{parsed.error().detail, true});
    return parseRunRequest({command, "run", parsed->flags, parsed->arguments});
}

void RunRequestTest::everyFlag()
{
    const auto asked = request({"-it", "--rm", "--name", "/web", "-w", "/src", "-u", "1:2", "--hostname=box", "--init",
        "--read-only", "--stop-signal", "QUIT", "--stop-timeout", "3", "-l", "a=b", "-l", "c", "--group-add", "7", "--entrypoint",
        "/bin/sh", "-e", "X=1", "redis:7", "-c", "echo"});
    QVERIFY(asked);
    const auto &options = asked->options;
    QCOMPARE(options.image, u"redis:7"_s);
    QCOMPARE(options.command, (QStringList{u"-c"_s, u"echo"_s}));
    QCOMPARE(*options.entrypoint, QStringList{u"/bin/sh"_s});
    QCOMPARE(options.name, u"web"_s);
    QCOMPARE(options.workingDirectory, u"/src"_s);
    QCOMPARE(options.user, u"1:2"_s);
    QCOMPARE(options.hostname, u"box"_s);
    QCOMPARE(options.stopSignal, u"QUIT"_s);
    QCOMPARE(options.stopTimeout, 3);
    QCOMPARE(options.labels, (QMap<QString, QString>{{u"a"_s, u"b"_s}, {u"c"_s, QString()}}));
    QCOMPARE(options.extraGroups, QStringList{u"7"_s});
    QCOMPARE(options.environment, QStringList{u"X=1"_s});
    QVERIFY(options.interactive && options.terminal && options.autoRemove && options.init && options.readOnlyRoot
        && !options.detached);
    QVERIFY(request({"--entrypoint", "", "x"})->options.entrypoint->isEmpty());
    QVERIFY(!request({"x"})->options.entrypoint);
}

void RunRequestTest::streams_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<QByteArray>("streams");
    QTest::addRow("plain") << QByteArrayList{} << QByteArray("oe");
    QTest::addRow("interactive") << QByteArrayList{"-i"} << QByteArray("ioe");
    QTest::addRow("detached") << QByteArrayList{"-di"} << QByteArray("");
    QTest::addRow("chosen") << QByteArrayList{"-a", "STDOUT", "-i"} << QByteArray("o");
    QTest::addRow("two") << QByteArrayList{"-a", "stdin", "-a", "stderr"} << QByteArray("ie");
}

void RunRequestTest::streams()
{
    QFETCH(QByteArrayList, words);
    QFETCH(QByteArray, streams);
    const auto asked = request(words + QByteArrayList{"x"});
    QVERIFY(asked);
    QCOMPARE(asked->attachesStdin, streams.contains('i'));
    QCOMPARE(asked->attachesStdout, streams.contains('o'));
    QCOMPARE(asked->attachesStderr, streams.contains('e'));
}

void RunRequestTest::environmentComesFromTheCaller()
{
    qputenv("BERTH_TEST_PRESENT", "here");
    qunsetenv("BERTH_TEST_ABSENT");
    const auto asked = request({"-e", "BERTH_TEST_PRESENT", "-e", "BERTH_TEST_ABSENT", "-e", "E=", "x"});
    QVERIFY(asked);
    QCOMPARE(asked->options.environment, (QStringList{u"BERTH_TEST_PRESENT=here"_s, u"E="_s}));
}

void RunRequestTest::environmentFile()
{
    qputenv("BERTH_TEST_PRESENT", "here");
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("\xef\xbb\xbf# comment\nA=1\n  B=two words \r\n\nBERTH_TEST_PRESENT\nBERTH_TEST_NONE\n");
    file.flush();
    const auto path = file.fileName().toUtf8();
    const auto asked = request({"-e", "A=2", "--env-file", path, "x"});
    QVERIFY(asked);
    QCOMPARE(asked->options.environment, (QStringList{u"A=1"_s, u"B=two words "_s, u"BERTH_TEST_PRESENT=here"_s, u"A=2"_s}));
    file.write("bad name=1\n");
    file.flush();
    QCOMPARE(request({"--env-file", path, "x"}).error().text,
        "invalid env file (" + path.toStdString() + "): variable 'bad name' contains whitespaces");
    QCOMPARE(
        request({"--env-file", "/nonexistent", "x"}).error().text, std::string("open /nonexistent: no such file or directory"));
}

void RunRequestTest::volumes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // kind source target flags, or the end of the error
    const auto row = [](const char *text, const QString &expected) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << expected;
    };
    row("/a:/b", u"bind /a /b "_s);
    row("/a/../c:/b:ro", u"bind /c /b ro"_s);
    row("./x:/b", u"bind "_s + QDir::currentPath() + u"/x /b "_s);
    row("data:/b", u"volume data /b "_s);
    row("data:/b:ro,nocopy", u"volume data /b ro nocopy"_s);
    row("/b", u"volume  /b "_s);
    row("data:/b:z", u"volume data /b "_s);
    row("/a:b", u"!invalid mount path: 'b' mount path must be absolute"_s);
    row("/a:/", u"!destination can't be '/'"_s);
    row("/a:/b:ro:x", u"!too many colons"_s);
    row(":/b", u"!invalid volume specification: ':/b'"_s);
    row("/a:/b:what", u"!invalid mode: what"_s);
    row("a b:/c", u"!use absolute path"_s);
    row("/a:/b:rshared", u"!mount propagation \"rshared\" is not supported yet"_s);
}

static QString described(const Result<MountOption> &mount)
{
    if (!mount)
        return u'!' + QString::fromStdString(mount.error().detail);
    static const QStringList kinds{u"bind"_s, u"volume"_s, u"tmpfs"_s};
    QStringList flags;
    if (mount->readOnly)
        flags += u"ro"_s;
    if (mount->noCopy)
        flags += u"nocopy"_s;
    return QStringList{kinds[static_cast<int>(mount->kind)], mount->source, mount->target, flags.join(u' ')}.join(u' ');
}

void RunRequestTest::volumes()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const auto got = described(parseVolume(text));
    if (expected.startsWith(u'!'))
        QVERIFY2(got.startsWith(u'!') && got.endsWith(expected.sliced(1)), qPrintable(got));
    else
        QCOMPARE(got, expected);
}

void RunRequestTest::mounts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("type=bind,source=/a,target=/b", "bind /a /b ");
    row("type=bind,src=/a,dst=/b,readonly", "bind /a /b ro");
    row("type=bind,src=/a,dst=/b,ro=false", "bind /a /b ");
    row("source=data,destination=/b,volume-nocopy=true", "volume data /b nocopy");
    row("type=volume,target=/b", "volume  /b ");
    row("type=tmpfs,target=/b", "tmpfs  /b ");
    row("type=bind,\"source=/a,b\",target=/c", "bind /a,b /c ");
    row("foo", "!invalid field 'foo' must be a key=value pair");
    row("type=what,target=/b", "!invalid mount config for type \"what\": mount type unknown");
    row("type=bind,colour=red,target=/b", "!unexpected key 'colour' in 'colour=red'");
    row("type=bind,source=/a", "!target is required");
    row("type=bind,target=/a", "!invalid mount config for type \"bind\": field Source must not be empty");
    row("type=bind,source=a,target=/b",
        "!invalid mount config for type \"bind\": invalid mount path: 'a' mount path must be absolute");
    row("type=volume,source=a,target=/b,volume-driver=x", "!mount option \"volume-driver\" is not supported yet");
}

void RunRequestTest::mounts()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(described(parseMount(text)), expected);
}

void RunRequestTest::tmpfs()
{
    const auto mount = parseTmpfs(u"/run:rw,exec,size=64m,mode=755"_s);
    QVERIFY(mount);
    QCOMPARE(mount->target, u"/run"_s);
    QCOMPARE(mount->tmpfsSize, 64 << 20);
    QCOMPARE(mount->tmpfsMode, 0755);
    QVERIFY(mount->tmpfsExecutable && !mount->readOnly);
    QVERIFY(!parseTmpfs(u"run"_s));
    QVERIFY(!parseTmpfs(u"/run:uid=3"_s));
}

void RunRequestTest::sizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::addRow("plain") << u"4096"_s << qint64{4096};
    QTest::addRow("kilo") << u"2k"_s << qint64{2048};
    QTest::addRow("mega byte") << u"1.5MB"_s << qint64{1572864};
    QTest::addRow("gibi") << u"1GiB"_s << qint64{1} * (1 << 30);
    QTest::addRow("nothing") << u""_s << qint64{-1};
    QTest::addRow("negative") << u"-1"_s << qint64{-1};
    QTest::addRow("too much") << u"99999999p"_s << qint64{-1};
}

void RunRequestTest::sizes()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    QCOMPARE(parseBytes(text).value_or(-1), bytes);
}

void RunRequestTest::networks()
{
    QCOMPARE(request({"x"})->options.networkMode, QString());
    QVERIFY(request({"x"})->options.networks.isEmpty());
    for (const QByteArray mode : {"bridge", "host", "none", "container:web", "front"}) {
        const auto asked = request({"--net", mode, "x"});
        QCOMPARE(asked->options.networkMode.toUtf8(), mode);
        QVERIFY(asked->options.networks.isEmpty());
    }
    const auto one = request({"--network", "front", "--network-alias", "a", "--net-alias", "b", "--ip", "10.0.0.9",
        "--mac-address", "92:d0:c6:0a:29:33", "--link", "db:d", "x"});
    QVERIFY2(one, one ? "" : one.error().text.c_str());
    QCOMPARE(
        one->options.networks, (QList<NetworkRequest>{{u"front"_s, {u"a"_s, u"b"_s}, u"10.0.0.9"_s, u"92:d0:c6:0a:29:33"_s}}));
    QCOMPARE(one->options.links, QStringList{u"db:d"_s});
    const auto several = request({"--network", "name=front,alias=a,alias=b,ip=10.0.0.9", "--network", "back", "x"});
    QVERIFY2(several, several ? "" : several.error().text.c_str());
    QCOMPARE(several->options.networkMode, u"front"_s);
    QCOMPARE(several->options.networks,
        (QList<NetworkRequest>{{u"front"_s, {u"a"_s, u"b"_s}, u"10.0.0.9"_s, {}}, {u"back"_s, {}, {}, {}}}));
    // The same as a command line, and back.
    for (const auto &asked : {one, several}) {
        QByteArrayList words;
        for (const auto &word : commandWords(asked->options).mid(1))
            words += word.toUtf8();
        QCOMPARE(request(words)->options, asked->options);
    }
}

void RunRequestTest::refusals_data()
{
    QTest::addColumn<QByteArrayList>("words");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("showsUsage");
    QTest::addRow("empty variable") << QByteArrayList{"-e", ""}
                                    << QByteArray("invalid argument \"\" for \"-e, --env\" flag: invalid environment variable: ")
                                    << true;
    QTest::addRow("mount") << QByteArrayList{"--mount",
        "foo"} << QByteArray("invalid argument \"foo\" for \"--mount\" flag: invalid field 'foo' must be a key=value pair")
                           << true;
    QTest::addRow("stream") << QByteArrayList{"-a",
        "x"} << QByteArray("invalid argument \"x\" for \"-a, --attach\" flag: valid streams are STDIN, STDOUT and STDERR")
                            << true;
    QTest::addRow("pull") << QByteArrayList{"--pull", "foo"}
                          << QByteArray("invalid pull option: 'foo': must be one of \"always\", \"missing\" or \"never\"")
                          << false;
    QTest::addRow("restart and rm") << QByteArrayList{"--rm", "--restart", "always"}
                                    << QByteArray("conflicting options: cannot specify both --restart and --rm") << false;
    QTest::addRow("workdir") << QByteArrayList{"-w", "tmp"}
                             << QByteArray(
                                    "Error response from daemon: the working directory 'tmp' is invalid, it needs to be an "
                                    "absolute path")
                             << false;
    QTest::addRow("links of a shared network") << QByteArrayList{"--network", "host", "--link", "a:b"}
                                               << QByteArray("links are only supported for user-defined networks") << false;
    QTest::addRow("aliases of the default bridge")
        << QByteArrayList{"--network-alias", "x"}
        << QByteArray("network-scoped aliases are only supported for user-defined networks") << false;
    QTest::addRow("hardware address") << QByteArrayList{"--mac-address", "x"} << QByteArray("x is not a valid mac address")
                                      << false;
    QTest::addRow("network field") << QByteArrayList{"--network",
        "colour=red"} << QByteArray("invalid argument \"colour=red\" for \"--network\" flag: invalid field key colour")
                                   << true;
    QTest::addRow("no container") << QByteArrayList{"--network", "container:"}
                                  << QByteArray(
                                         "invalid argument \"container:\" for \"--network\" flag: invalid container format "
                                         "container:<name|id>")
                                  << true;
    QTest::addRow("alias twice") << QByteArrayList{"--network", "name=a,alias=b", "--network-alias", "c"}
                                 << QByteArray("conflicting options: cannot specify both --network-alias and per-network alias")
                                 << false;
    QTest::addRow("twice") << QByteArrayList{"-v", "/a:/x", "--tmpfs", "/x"}
                           << QByteArray("Error response from daemon: Duplicate mount point: /x") << false;
}

void RunRequestTest::refusals()
{
    QFETCH(QByteArrayList, words);
    QFETCH(QByteArray, text);
    QFETCH(bool, showsUsage);
    const auto asked = request(words + QByteArrayList{"image"});
    QVERIFY(!asked);
    QCOMPARE(asked.error().text, text.toStdString());
    QCOMPARE(asked.error().showsUsage, showsUsage);
}

QTEST_APPLESS_MAIN(RunRequestTest)
#include "tst_runrequest.moc"
