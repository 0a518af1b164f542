// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Archives whose lists are in order and whose layers are not. Each is refused with a sentence that names
// the entry, or lands inside of its layer; nothing else changes.
#include "image/hostilefixture.h"

#include <QProcess>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace berth::test;

Q_DECLARE_METATYPE(berth::ErrorCode)

namespace {

std::string packed(const QString &program, const std::string &bytes)
{
    QProcess process;
    process.start(program, {u"-c"_s});
    process.write(bytesOf(bytes));
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return {};
    return process.readAllStandardOutput().toStdString();
}

std::string repeated(const std::string &bytes, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += bytes;
    return result;
}

TarMember pax(const std::string &name, std::vector<std::pair<std::string, std::string>> records, const std::string &content = "x")
{
    return {.name = name, .content = content, .link = {}, .pax = std::move(records)};
}

// Incompressible, so that a cut or a changed byte is inside of the data.
std::string noise(std::size_t size)
{
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

} // namespace

class TestHostileLayers : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<HostileFixture> m_fixture;

    // The hostile layer lies on a good one, which must not be kept either.
    static MadeImage imageWith(const std::string &layer, const std::string &stored = {})
    {
        const auto good = TarWriter().folder("etc/").file("etc/good", "good").bytes();
        return {.layers = {good, layer}, .names = {u"hostile:1"_s}, .stored = {good, stored.empty() ? layer : stored}};
    }

    static void addRow(
        const char *name, const std::string &layer, ErrorCode code, const QStringList &words, const std::string &stored = {})
    {
        QTest::newRow(name) << dockerArchive({imageWith(layer, stored)}) << code << words;
    }

    static void addNames()
    {
        const auto corrupt = ErrorCode::Corrupt;
        addRow("above", TarWriter().file("../../escape", "x").bytes(), corrupt, {u"../../escape"_s, u"outside"_s});
        addRow("above, later", TarWriter().file("a/../../escape", "x").bytes(), corrupt, {u"a/../../escape"_s, u"outside"_s});
        addRow("above, in pax", TarWriter().add(pax("a", {{"path", "b/../../x"}})).bytes(), corrupt, {u"b/../../x"_s});
        addRow("folder above", TarWriter().folder("../d/").bytes(), corrupt, {u"../d/"_s});
        addRow("link above", TarWriter().link("../l", "x").bytes(), corrupt, {u"../l"_s});
        addRow("whiteout above", TarWriter().file("../.wh.x", "").bytes(), corrupt, {u"../.wh.x"_s});
        addRow("long part", TarWriter().add(pax("a", {{"path", std::string(256, 'p')}})).bytes(), corrupt,
            {u"ppp"_s, u"255 bytes"_s});
        addRow("NUL in a name", TarWriter().add(pax("a", {{"path", std::string("a\0b", 3)}})).bytes(), corrupt, {u"path"_s});
        addRow("bare whiteout", TarWriter().file("d/.wh.", "").bytes(), corrupt, {u"d/.wh."_s, u"whiteout"_s});
        addRow("whiteout of ..", TarWriter().file("d/.wh...", "").bytes(), corrupt, {u"d/.wh..."_s, u"whiteout"_s});
        addRow("root is a link", TarWriter().link("./", "/etc").bytes(), corrupt, {u"./"_s, u"root of a layer"_s});
        addRow("root is a file", TarWriter().file(".", "x").bytes(), corrupt, {u"root of a layer"_s});
        addRow("below a file", TarWriter().file("f", "x").file("f/in", "x").bytes(), corrupt, {u"f/in"_s, u"not a folder"_s});
        addRow("link loop", TarWriter().link("l", "m").link("m", "l").file("l/x", "x").bytes(), corrupt,
            {u"l/x"_s, u"too many links"_s});
        const std::string deep = repeated(std::string(250, 'd') + '/', 15);
        addRow("deep through links",
            TarWriter()
                .add({.name = "x", .content = {}, .type = '5', .link = {}, .pax = {{"path", deep}}})
                .add({.name = "l", .content = {}, .type = '2', .link = {}, .pax = {{"linkpath", deep}}})
                .add(pax("y", {{"path", "l/" + std::string(250, 'e') + '/' + std::string(250, 'f')}}))
                .bytes(),
            corrupt, {u"l/eee"_s, u"too deep"_s});
        addRow("unknown type", TarWriter().add({.name = "odd", .content = {}, .type = 'Z', .link = {}, .pax = {}}).bytes(),
            ErrorCode::Unsupported, {u"odd"_s, u"type Z"_s});
    }

    static void addHardLinks()
    {
        const auto corrupt = ErrorCode::Corrupt;
        addRow("hard link above", TarWriter().hardLink("h", "../../outside/canary").bytes(), corrupt,
            {u"unpack h"_s, u"outside/canary"_s});
        addRow("hard link to nothing", TarWriter().hardLink("h", "missing").bytes(), corrupt,
            {u"unpack h"_s, u"missing does not exist"_s});
        addRow("hard link to /etc/passwd", TarWriter().hardLink("h", "/etc/passwd").bytes(), corrupt,
            {u"unpack h"_s, u"does not exist"_s});
        addRow("hard link through a link", TarWriter().link("e", "/etc").hardLink("h", "e/passwd").bytes(), corrupt,
            {u"unpack h"_s, u"does not exist"_s});
        addRow("hard link to a folder", TarWriter().folder("d/").hardLink("h", "d").bytes(), corrupt,
            {u"unpack h"_s, u"is a folder"_s});
        addRow("hard link to the root", TarWriter().hardLink("h", "/").bytes(), corrupt, {u"unpack h"_s});
        addRow("hard link to a whiteout", TarWriter().file(".wh.w", "").hardLink("h", "w").bytes(), corrupt,
            {u"unpack h"_s, u"does not exist"_s});
    }

    static void addSizes()
    {
        const auto corrupt = ErrorCode::Corrupt;
        const auto lie = [](std::int64_t size) {
            return TarWriter::header({.name = "huge", .content = {}, .link = {}, .pax = {}, .claimedSize = size});
        };
        addRow("a petabyte", lie(1LL << 50) + "short", ErrorCode::NoSpace, {u"huge"_s, u"free"_s});
        addRow("cut file", lie(1 << 20) + std::string(1000, 'x'), corrupt, {u"huge"_s, u"ends in the middle"_s});
        addRow("cut header", TarWriter().file("a", "x").withoutEnd() + lie(3).substr(0, 300), corrupt,
            {u"ends in the middle of a header"_s});
        addRow("cut padding", TarWriter().file("a", "x").withoutEnd().substr(0, 513), corrupt, {u"in the middle of a"_s});
        addRow("sparse map lies",
            TarWriter().add(pax("s", {{"GNU.sparse.size", "10"}, {"GNU.sparse.map", "8,4"}}, "abcd")).bytes(), corrupt,
            {u"map of s"_s});
        addRow("sparse beyond any disk",
            TarWriter().add(pax("s", {{"GNU.sparse.size", "9223372036854775807"}, {"GNU.sparse.map", "0,4"}}, "abcd")).bytes(),
            ErrorCode::Internal, {u"unpack s"_s, u"size"_s});
        // Bombs: what is small as stored and endless when it is unpacked.
        const std::string device =
            TarWriter().add({.name = "node", .content = {}, .type = '3', .link = {}, .pax = {}}).withoutEnd();
        addRow("entries", device, corrupt, {u"4000000 entries"_s, u"node"_s},
            repeated(packed(u"zstd"_s, repeated(device, 1 << 17)), 31));
        const std::string big = TarWriter()
                                    .add({.name = "fat",
                                        .content = {},
                                        .type = '5',
                                        .link = {},
                                        .pax = {{"SCHILY.xattr.user.a", std::string(1'000'000, 'a')}}})
                                    .withoutEnd();
        addRow(
            "attributes of folders", big, corrupt, {u"fat"_s, u"512 MiB"_s}, repeated(packed(u"zstd"_s, repeated(big, 16)), 40));
        const std::string zeros = packed(u"gzip"_s, std::string(32 << 20, '\0'));
        addRow("behind the end", "x", corrupt, {u"behind the last entry"_s, u"64 MiB"_s}, repeated(zeros, 3));
        addRow("in a whiteout", "x", corrupt, {u".wh.x"_s, u"64 MiB"_s},
            packed(u"gzip"_s, TarWriter::header({.name = ".wh.x", .content = {}, .link = {}, .pax = {}, .claimedSize = 96 << 20}))
                + repeated(zeros, 3));
        std::string many;
        for (int i = 0; i < 100'001; ++i)
            many += TarWriter::header({.name = "dev/" + std::to_string(i), .content = {}, .type = '3', .link = {}, .pax = {}});
        addRow("devices", many, corrupt, {u"dev/100000"_s, u"100000 device"_s}, packed(u"zstd"_s, many));
    }

    static void addContents()
    {
        const auto corrupt = ErrorCode::Corrupt;
        const auto layer = TarWriter().file("file", noise(300'000)).bytes();
        const QString shortId = digestOf(layer).shortHex();
        const QString layerName = digestOf(layer).hex() + u".tar"_s;
        addRow("wrong digest", layer, corrupt, {shortId, u"digest is"_s}, TarWriter().file("file", noise(300'001)).bytes());
        addRow("wrong digest, tail", layer, corrupt, {shortId, u"digest is"_s}, layer + std::string(512, '\0'));
        addRow("no tar at all", "x", corrupt, {u"not a tar header"_s}, noise(5000));
        for (const char *program : {"gzip", "zstd", "xz", "bzip2"}) {
            auto bytes = packed(QString::fromLatin1(program), layer);
            const QString shown = QString::fromLatin1(program);
            addRow(qPrintable(shown + u", cut"_s), layer, corrupt, {shortId, layerName, u"cut"_s},
                bytes.substr(0, bytes.size() / 2));
            addRow(qPrintable(shown + u", without its end"_s), layer, corrupt, {shortId, u"cut"_s},
                bytes.substr(0, bytes.size() - 3));
            addRow(qPrintable(shown + u", foreign bytes behind"_s), layer, corrupt, {shortId}, bytes + "foreign bytes");
            bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
            addRow(qPrintable(shown + u", a changed bit"_s), layer, corrupt, {shortId}, bytes);
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture = std::make_unique<HostileFixture>();
        m_fixture->fill();
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void refuses_data()
    {
        QTest::addColumn<std::string>("archive");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QStringList>("words");
        addNames();
        addHardLinks();
        addSizes();
        addContents();
    }
    void refuses()
    {
        QFETCH(std::string, archive);
        QFETCH(ErrorCode, code);
        QFETCH(QStringList, words);
        m_fixture->checkRefused(archive, code, words);
    }

    // Wherever a layer is cut, nothing of it stays.
    void refusesEveryCut()
    {
        const auto layer = TarWriter()
                               .folder("a/")
                               .file("a/b", "content")
                               .link("a/c", "b")
                               .hardLink("a/d", "a/b")
                               .add(pax("a/e", {{"path", "a/long"}}))
                               .withoutEnd();
        for (std::size_t size = 1; size < layer.size(); size += 191) {
            const auto imported = m_fixture->importBytes(dockerArchive({imageWith(layer, layer.substr(0, size))}));
            QVERIFY2(!imported, qPrintable(QString::number(size)));
            QCOMPARE(imported.error().code, ErrorCode::Corrupt);
        }
        QCOMPARE(m_fixture->contents(), m_fixture->before());
        QVERIFY(m_fixture->isOutsideUntouched());
    }

    void staysInside_data()
    {
        QTest::addColumn<std::string>("layer");
        QTest::addColumn<QString>("inside"); // what came to be, below the layer's tree
        const std::string outside = m_fixture->path(u"outside"_s).toStdString();
        const QString landed = m_fixture->path(u"outside"_s).mid(1);
        const TarMember relative{
            .name = "l", .content = {}, .type = '2', .link = {}, .pax = {{"linkpath", repeated("../", 30) + outside.substr(1)}}};
        QTest::newRow("absolute name") << TarWriter().file(outside + "/canary", "dead").bytes() << landed + u"/canary"_s;
        QTest::newRow("absolute folder") << TarWriter().folder(outside + "/folder/", 0777).bytes() << landed + u"/folder"_s;
        QTest::newRow("through a link") << TarWriter().link("l", outside).file("l/canary", "dead").bytes()
                                        << landed + u"/canary"_s;
        QTest::newRow("through a relative link")
            << TarWriter().add(relative).file("l/canary", "dead").bytes() << landed + u"/canary"_s;
        QTest::newRow("through two links")
            << TarWriter().link("l", outside).link("m", "l/folder").file("m/canary", "dead").bytes()
            << landed + u"/folder/canary"_s;
        QTest::newRow("over a link") << TarWriter().link("l", outside + "/canary").file("l", "dead").bytes() << u"l"_s;
        QTest::newRow("over a hard link to a link")
            << TarWriter().link("l", outside + "/canary").hardLink("h", "l").file("h", "dead").bytes() << u"h"_s;
        QTest::newRow("folder over a link") << TarWriter().link("l", outside).folder("l/", 0777).file("l/canary", "dead").bytes()
                                            << u"l/canary"_s;
        QTest::newRow("link with a slash") << TarWriter().link("l", outside).file("l//canary", "dead").bytes()
                                           << landed + u"/canary"_s;
        QTest::newRow("fifo through a link")
            << TarWriter().link("l", outside).add({.name = "l/pipe", .content = {}, .type = '6', .link = {}, .pax = {}}).bytes()
            << landed + u"/pipe"_s;
        QTest::newRow("whiteout through a link")
            << TarWriter().link("l", outside).file("l/.wh.canary", "").bytes() << landed + u"/canary"_s;
        QTest::newRow("opaque through a link") << TarWriter().link("l", outside).file("l/.wh..wh..opq", "").bytes() << landed;
        QTest::newRow("magic link") << TarWriter().link("l", "/proc/self/root").file("l/x", "dead").bytes()
                                    << u"proc/self/root/x"_s;
    }
    void staysInside()
    {
        QFETCH(std::string, layer);
        QFETCH(QString, inside);
        HostileFixture &fixture = *m_fixture;
        const auto imported = fixture.importBytes(dockerArchive({imageWith(layer)}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        const QString tree = fixture.dataPath(u"layers/"_s + imported->first().image.chainIds.last().hex() + u"/tree/"_s);
        struct stat status = {};
        QVERIFY2(::lstat((tree + inside).toLocal8Bit().constData(), &status) == 0, qPrintable(inside));
        QCOMPARE(fixture.packAll(imported->first().image), QString());
        QVERIFY(fixture.isOutsideUntouched());
        QVERIFY(removeImage(fixture.store(), imported->first().image.id.text(), true));
        QCOMPARE(fixture.contents(), m_fixture->before());
    }

    // Names that are odd and legal.
    void keepsOddNames()
    {
        const std::vector<std::string> names{"with space", "new\nline", "tab\t", "back\\slash", "-rf", "*", "%s", "\xff\xfe",
            "배", "...", ".wh", "a.wh.b", "~", "$(id)", "\"", "con", std::string(255, 'x')};
        TarWriter writer;
        for (const auto &name : names)
            writer.add(pax("short", {{"path", name}}, name));
        const auto imported = m_fixture->importBytes(dockerArchive({imageWith(writer.bytes())}));
        QVERIFY2(imported, imported ? "" : imported.error().detail.c_str());
        const QByteArray tree =
            m_fixture->dataPath(u"layers/"_s + imported->first().image.chainIds.last().hex() + u"/tree/"_s).toLocal8Bit();
        for (const auto &name : names) {
            const UniqueFd file(::open((tree + bytesOf(name)).constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
            char content[300];
            const ssize_t size = ::read(file.get(), content, sizeof content);
            QCOMPARE(QByteArray(content, size), bytesOf(name));
        }
        QCOMPARE(m_fixture->packAll(imported->first().image), QString());
        QVERIFY(removeImage(m_fixture->store(), imported->first().image.id.text(), true));
    }
};

QTEST_GUILESS_MAIN(TestHostileLayers)
#include "tst_hostilelayers.moc"
