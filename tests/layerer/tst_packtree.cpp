// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a container changed, as a layer and as a list. Trees are made by unpacking, so they have files of every
// owner; what a hostile program leaves in its folder is made by hand.
#include "base/tarwriter.h"
#include "support/layerfixture.h"
#include "support/tarwriter.h"

#include <QTest>

#include <cstring>

#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/xattr.h>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;
using berth::test::TarMember;
using berth::test::TarWriter;

namespace {

class Bytes final : public TarInput {
public:
    explicit Bytes(const std::string &bytes) : m_bytes(bytes) {}
    Result<std::size_t> read(std::span<char> buffer) override
    {
        const auto count = std::min(buffer.size(), m_bytes.size() - m_used);
        std::memcpy(buffer.data(), m_bytes.data() + m_used, count);
        m_used += count;
        return count;
    }
    std::string take(std::uint64_t size)
    {
        const auto part = m_bytes.substr(m_used, size);
        m_used += part.size();
        return part;
    }

private:
    const std::string &m_bytes;
    std::size_t m_used = 0;
};

QByteArray bytesOf(const std::string &text) { return QByteArray::fromStdString(text); }

} // namespace

class TestPackTree : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<LayerFixture> m_fixture;

    UniqueFd tree(const QString &layer)
    {
        return UniqueFd(
            ::open(m_fixture->path(u"work/"_s + layer + u"/tree"_s).toLocal8Bit().constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    }
    // Asks with the trees of these layers below, topmost first. "!" and why it failed.
    std::string ask(const layerer::Message &request, const UniqueFd &upper, const QStringList &lower)
    {
        auto link = m_fixture->start()();
        if (!link)
            return "!" + link.error().detail;
        std::vector<UniqueFd> trees;
        std::vector<int> numbers;
        for (const auto &layer : lower) {
            trees.push_back(tree(layer));
            numbers.push_back(trees.back().get());
        }
        const auto output = LayerFixture::memory({});
        if (!numbers.empty() && !link->send(layerer::LowerTrees{}, numbers))
            return "!cannot send";
        const int fds[] = {upper.get(), output.get()};
        NoProgress progress;
        if (const auto reply = link->ask(request, fds, progress, 0); !reply)
            return "!" + reply.error().detail;
        std::string bytes(static_cast<std::size_t>(::lseek(output.get(), 0, SEEK_END)), '\0');
        return ::pread(output.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) ? bytes : "!short";
    }
    std::string pack(const QString &upper, const QStringList &lower = {}, const std::vector<std::string> &hidden = {})
    {
        return ask(layerer::PackTree{hidden}, tree(upper), lower);
    }
    QByteArrayList compare(const QString &upper, const QStringList &lower, const std::vector<std::string> &hidden = {})
    {
        auto lines = bytesOf(ask(layerer::CompareTree{hidden}, tree(upper), lower)).split('\0');
        lines.removeAll(QByteArray());
        std::ranges::sort(lines, {}, [](const QByteArray &line) { return line.sliced(1); });
        return lines;
    }
    // "type name mode uid:gid size link" of each member.
    static QByteArrayList members(const std::string &archive)
    {
        QByteArrayList lines;
        Bytes input(archive);
        TarReader reader(input);
        TarEntry entry;
        for (;;) {
            const auto more = reader.next(entry);
            if (!more || !*more)
                return more ? lines : lines << bytesOf("!" + more.error().detail);
            lines << entry.type + (' ' + bytesOf(entry.name)) + ' ' + QByteArray::number(entry.mode, 8) + ' '
                    + QByteArray::number(entry.uid) + ':' + QByteArray::number(entry.gid) + ' '
                    + QByteArray::number(entry.fileSize)
                    + (entry.linkName.empty() ? QByteArray() : ' ' + bytesOf(entry.linkName));
            (void)input.take(entry.size + entry.padding);
        }
    }
    static QByteArrayList names(const std::string &archive)
    {
        auto lines = members(archive);
        for (auto &line : lines)
            line = line.startsWith('!') ? line : line.split(' ')[1];
        return lines;
    }
    void unpacked(const QString &name, const std::string &tar)
    {
        const auto outcome = m_fixture->unpack(name, tar);
        QVERIFY2(outcome.error.empty(), outcome.error.c_str());
    }
    // A folder of our own that plays the upper one.
    QString upperPath(const QString &name = {})
    {
        QDir().mkpath(m_fixture->path(u"work/made/tree"_s));
        return m_fixture->path(u"work/made/tree/"_s + name);
    }
    void write(const QString &name, const QByteArray &content = "x")
    {
        QFile file(upperPath(name));
        QDir().mkpath(QFileInfo(file).path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    static TarMember owned(TarMember member, std::uint64_t uid, std::uint64_t gid)
    {
        member.uid = uid;
        member.gid = gid;
        return member;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<LayerFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void everyKindOfEntry()
    {
        TarWriter tar;
        tar.folder("d/", 02750)
            .add(owned({.name = "d/file", .content = "hello", .link = {}, .mode = 04711, .pax = {}}, 50000, 60000));
        tar.link("d/link", "../x y\n").hardLink("d/same", "d/file");
        tar.add({.name = "pipe", .content = {}, .type = '6', .link = {}, .mode = 0600, .pax = {}});
        tar.add({.name = "odd\nname\xff", .content = {}, .link = {}, .mtime = 1, .pax = {{"mtime", "1.5"}}});
        tar.add({.name = "attributes",
            .content = "a",
            .link = {},
            .pax = {{"SCHILY.xattr.user.note", "hi"},
                {"SCHILY.xattr.security.capability", std::string("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20)}}});
        const std::string folder(200, 'l');
        tar.add({.name = "x", .content = {}, .type = '5', .link = {}, .mode = 0755, .pax = {{"path", folder}}});
        tar.add({.name = "x", .content = "long", .link = {}, .pax = {{"path", folder + '/' + std::string(200, 'm')}}});
        unpacked(u"first"_s, tar.bytes());
        const auto packed = pack(u"first"_s);
        QVERIFY2(!packed.starts_with('!'), packed.c_str());
        QCOMPARE(members(packed),
            QByteArrayList({"0 attributes 644 0:0 1", "5 d/ 2750 0:0 0", "0 d/file 4711 50000:60000 5",
                "2 d/link 777 0:0 0 ../x y\n", "1 d/same 4711 50000:60000 0 d/file", "5 " + QByteArray(200, 'l') + "/ 755 0:0 0",
                "0 " + QByteArray(200, 'l') + '/' + QByteArray(200, 'm') + " 644 0:0 4", "0 odd\nname\xff 644 0:0 0",
                "6 pipe 600 0:0 0"}));
        // Unpacked and packed again it is the same to the byte: modes, owners, times, attributes and links.
        unpacked(u"second"_s, packed);
        QVERIFY(pack(u"second"_s) == packed);
        QVERIFY(packed.contains("SCHILY.xattr.user.note=hi\n"));
        QVERIFY(packed.contains("SCHILY.xattr.security.capability=" + std::string("\1\0\0\2\0\4", 6)));
        QVERIFY(packed.contains("mtime=1.500000000\n"));
        QCOMPARE(compare(u"first"_s, {}).size(), 9);
        QVERIFY(compare(u"first"_s, {}).contains("Ad/same"));
    }

    void whatIsGone()
    {
        unpacked(u"low"_s,
            TarWriter()
                .folder("a/")
                .file("a/1", "1")
                .file("a/2", "2")
                .folder("a/s/")
                .file("a/s/3", "3")
                .folder("b/")
                .file("b/4", "4")
                .file("c", "5")
                .bytes());
        unpacked(u"mid"_s, TarWriter().file("a/.wh.2", "").file("e", "6").bytes());
        TarWriter top;
        top.file("a/.wh.1", "")
            .folder("a/")
            .folder("b/")
            .file("b/.wh..wh..opq", "")
            .file("b/new", "7")
            .file(".wh.c", "")
            .folder("e/")
            .file("e/in", "8");
        unpacked(u"top"_s, top.bytes());
        const QStringList lower{u"mid"_s, u"low"_s};
        QCOMPARE(compare(u"top"_s, lower), QByteArrayList({"Ca", "Da/1", "Cb", "Db/4", "Ab/new", "Dc", "Ce", "Ae/in"}));
        const auto packed = pack(u"top"_s, lower);
        QCOMPARE(names(packed), QByteArrayList({"a/", "a/.wh.1", "b/", "b/.wh..wh..opq", "b/new", ".wh.c", "e/", "e/in"}));
        unpacked(u"again"_s, packed);
        QCOMPARE(names(pack(u"again"_s, lower)), names(packed));
        QCOMPARE(compare(u"again"_s, lower), compare(u"top"_s, lower));
        // Over nothing, a whiteout hides nothing.
        QCOMPARE(names(pack(u"top"_s)), QByteArrayList({"a/", "b/", "b/new", "e/", "e/in"}));
    }

    void anOpaqueFolderHidesWhatIsDeepInside()
    {
        unpacked(u"low"_s,
            TarWriter()
                .folder("a/")
                .folder("a/b/")
                .file("a/b/old", "1")
                .file("a/b/both", "2")
                .folder("a/gone/")
                .file("a/gone/x", "3")
                .bytes());
        unpacked(u"top"_s, TarWriter().folder("a/").file("a/.wh..wh..opq", "").folder("a/b/").file("a/b/both", "22").bytes());
        QCOMPARE(compare(u"top"_s, {u"low"_s}), QByteArrayList({"Ca", "Ca/b", "Ca/b/both", "Da/b/old", "Da/gone"}));
    }

    void whatIsTheSameIsNotTold()
    {
        const auto base = TarWriter()
                              .folder("a/")
                              .file("a/f", "1")
                              .link("l", "x")
                              .add({.name = "c", .content = "c", .link = {}, .pax = {}})
                              .bytes();
        unpacked(u"low"_s, base);
        unpacked(u"top"_s, base);
        QCOMPARE(compare(u"top"_s, {u"low"_s}), QByteArrayList());
        // A folder that is as it was is no entry of a layer; what was copied up is.
        QCOMPARE(names(pack(u"top"_s, {u"low"_s})), QByteArrayList({"a/", "a/f", "c", "l"}));
        unpacked(u"mode"_s, TarWriter().folder("a/", 0700).bytes());
        QCOMPARE(compare(u"mode"_s, {u"low"_s}), QByteArrayList({"Ca"}));
        QCOMPARE(names(pack(u"mode"_s, {u"low"_s})), QByteArrayList({"a/"}));
        TarWriter capable;
        capable.add({.name = "c",
            .content = "c",
            .link = {},
            .pax = {{"SCHILY.xattr.security.capability", std::string("\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20)}}});
        unpacked(u"capable"_s, capable.bytes());
        QCOMPARE(compare(u"capable"_s, {u"low"_s}), QByteArrayList({"Cc"}));
    }

    void theEnginesOwnPlacesAreNoChange()
    {
        unpacked(u"low"_s, TarWriter().folder("etc/").file("etc/passwd", "p").bytes());
        TarWriter top;
        top.add({.name = "etc/", .content = {}, .type = '5', .link = {}, .mode = 0755, .mtime = 1'800'000'000, .pax = {}});
        top.file("etc/hosts", "").folder("proc/").file("new/hidden", "");
        unpacked(u"top"_s, top.bytes());
        const std::vector<std::string> hidden{"etc/hosts", "proc", "new/hidden"};
        QCOMPARE(compare(u"top"_s, {u"low"_s}, hidden), QByteArrayList());
        QCOMPARE(names(pack(u"top"_s, {u"low"_s}, hidden)), QByteArrayList());
        QCOMPARE(compare(u"top"_s, {u"low"_s}),
            QByteArrayList({"Ce"
                            "tc",
                "Aetc/hosts", "Anew", "Anew/hidden", "Aproc"}));
        QCOMPARE(names(pack(u"top"_s, {u"low"_s})), QByteArrayList({"etc/", "etc/hosts", "new/", "new/hidden", "proc/"}));
    }

    void holesStayHoles()
    {
        QFile file(upperPath(u"sparse"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.resize(64 << 20) && file.seek(20 << 20) && file.write("middle") == 6);
        file.close();
        QVERIFY(QFile(upperPath(u"zero"_s)).open(QIODevice::WriteOnly) && QFile::resize(upperPath(u"zero"_s), 3 << 20));
        const auto packed = pack(u"made"_s);
        QCOMPARE(members(packed).size(), 2);
        QVERIFY(packed.size() > (67U << 20)); // other tools understand no holes in layers
        unpacked(u"again"_s, packed);
        QVERIFY(m_fixture->contentOf(u"again"_s, u"sparse"_s) == m_fixture->contentOf(u"made"_s, u"sparse"_s));
        QVERIFY(m_fixture->statusOf(u"again"_s, u"sparse"_s).st_blocks * 512 < (1 << 20));
        QCOMPARE(m_fixture->statusOf(u"again"_s, u"zero"_s).st_size, off_t{3 << 20});
        QVERIFY(m_fixture->pack(u"again"_s, packed) == packed); // and the record knows nothing of it
    }

    void hostileFolders()
    {
        QVERIFY(::symlink("/etc", upperPath(u"out"_s).toLocal8Bit().constData()) == 0);
        QVERIFY(::symlink("../../..", upperPath(u"up"_s).toLocal8Bit().constData()) == 0);
        write(u"locked/in"_s);
        QVERIFY(::chmod(upperPath(u"locked"_s).toLocal8Bit().constData(), 0) == 0);
        write(u"marked"_s);
        ::setxattr(upperPath(u"marked"_s).toLocal8Bit().constData(), "user.overlay.redirect", "/etc", 4, 0);
        ::setxattr(upperPath(u"marked"_s).toLocal8Bit().constData(), "user.a=b", "1", 1, 0);
        const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        const auto socketPath = upperPath(u"socket"_s).toLocal8Bit();
        if (socketPath.size() < qsizetype(sizeof address.sun_path)) {
            std::strcpy(address.sun_path, socketPath.constData());
            QCOMPARE(::bind(listening, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        }
        ::close(listening);
        const auto packed = pack(u"made"_s);
        QCOMPARE(names(packed), QByteArrayList({"locked/", "locked/in", "marked", "out", "up"}));
        QVERIFY(!packed.contains("overlay"));
        ::chmod(upperPath(u"locked"_s).toLocal8Bit().constData(), 0700);
    }

    void namesThatMeanDeletionAreRefused()
    {
        for (const auto &name : {u".wh.x"_s, u".wh."_s, u".wh..wh..opq"_s}) {
            write(u"folder/"_s + name);
            const auto packed = pack(u"made"_s);
            QVERIFY2(packed.starts_with("!folder/.wh.") && packed.contains("cannot be in an image"), packed.c_str());
            QVERIFY(QFile::remove(upperPath(u"folder/"_s + name)));
        }
        QVERIFY(!pack(u"made"_s).starts_with('!'));
    }

    void deepTrees()
    {
        // As deep as a path may be, and then deeper than that.
        UniqueFd folder(::open(upperPath().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        const std::string name(15, 'd');
        std::string path;
        for (int depth = 0; depth < 255; ++depth) {
            QCOMPARE(::mkdirat(folder.get(), name.c_str(), 0755), 0);
            folder = UniqueFd(::openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            path += path.empty() ? name : '/' + name;
        }
        UniqueFd file(::openat(folder.get(), "f", O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
        write(u"zz"_s); // back at the top
        const auto found = names(pack(u"made"_s));
        QCOMPARE(found.size(), 257);
        QCOMPARE(found[255], bytesOf(path + "/f"));
        QCOMPARE(compare(u"made"_s, {}).size(), 257);
        for (int depth = 0; depth < 20; ++depth) {
            QCOMPARE(::mkdirat(folder.get(), "deeper", 0755), 0);
            folder = UniqueFd(::openat(folder.get(), "deeper", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        }
        const auto packed = pack(u"made"_s);
        QVERIFY2(packed.contains("too deep"), packed.c_str());
    }

    void filesThatChangeMeanwhile()
    {
        // Whatever a program does to its files, the stream is a whole archive.
        write(u"grows"_s, QByteArray(3'000'000, 'g'));
        write(u"shrinks"_s, QByteArray(3'000'000, 's'));
        std::atomic<bool> isDone = false;
        std::thread program([&] {
            const auto grows = upperPath(u"grows"_s).toLocal8Bit();
            const auto shrinks = upperPath(u"shrinks"_s).toLocal8Bit();
            const auto swaps = upperPath(u"swaps"_s).toLocal8Bit();
            const auto folder = upperPath(u"folder"_s).toLocal8Bit();
            for (off_t round = 0; !isDone; ++round) {
                (void)!::truncate(grows.constData(), 3'000'000 + round * 1000 % 5'000'000);
                (void)!::truncate(shrinks.constData(), round % 2 ? 10 : 3'000'000);
                ::unlink(swaps.constData());
                ::rmdir(swaps.constData());
                if (round % 3 == 0)
                    (void)!::symlink("/etc", swaps.constData());
                else if (round % 3 == 1)
                    ::mkdir(swaps.constData(), 0755);
                ::mkdir(folder.constData(), 0755);
                ::rmdir(folder.constData());
            }
        });
        std::string problem;
        for (int round = 0; round < 40 && problem.empty(); ++round) {
            const auto packed = pack(u"made"_s);
            const auto found = members(packed);
            if (packed.starts_with('!') || found.isEmpty() || found.last().startsWith('!') || packed.contains("root:x:0"))
                problem = packed.substr(0, 200);
        }
        isDone = true;
        program.join();
        QVERIFY2(problem.empty(), problem.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPackTree)
#include "tst_packtree.moc"
