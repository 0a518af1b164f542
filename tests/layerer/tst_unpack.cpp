// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/layerfixture.h"
#include "support/tarwriter.h"

#include <QTest>

#include <sys/sysmacros.h>
#include <sys/xattr.h>

using namespace berth;
using namespace Qt::StringLiterals;
using berth::test::LayerFixture;
using berth::test::TarWriter;

namespace {

bool isWhiteout(const struct stat &status) { return S_ISCHR(status.st_mode) && status.st_rdev == makedev(0, 0); }

QByteArray attribute(const QString &path, const char *name)
{
    char value[256];
    const ssize_t size = ::lgetxattr(path.toLocal8Bit().constData(), name, value, sizeof value);
    return size < 0 ? QByteArray("!") : QByteArray(value, size);
}

} // namespace

// What becomes of the entries of a layer. Every stream must also come out again as it went in.
class TestUnpack : public QObject {
    Q_OBJECT

private:
    LayerFixture m_fixture;

    QString tree(const QString &layer, const QString &entry) { return m_fixture.path(u"work/"_s + layer + u"/tree/"_s + entry); }
    // Unpacks and packs again.
    std::string roundTrip(const QString &name, const std::string &tar)
    {
        const auto outcome = m_fixture.unpack(name, tar);
        if (!outcome.error.empty())
            return outcome.error;
        return m_fixture.pack(name, tar) == tar ? std::string() : "the stream that came out is another one";
    }

private Q_SLOTS:
    void writesFilesFoldersAndLinks()
    {
        const std::string large(700'000, 'L'); // more than two buffers
        const auto tar = TarWriter()
                             .folder("etc/")
                             .file("etc/a", "hello", 0640)
                             .file("etc/empty", "")
                             .file("large", large)
                             .link("link", "etc/a")
                             .hardLink("same", "etc/a")
                             .folder("etc/sub/", 01777)
                             .bytes();
        QCOMPARE(roundTrip(u"files"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"files"_s, u"etc/a"_s), "hello");
        QCOMPARE(m_fixture.contentOf(u"files"_s, u"large"_s), QByteArray::fromStdString(large));
        QCOMPARE(m_fixture.statusOf(u"files"_s, u"etc/a"_s).st_mode, S_IFREG | 0640U);
        QCOMPARE(m_fixture.statusOf(u"files"_s, u"etc/a"_s).st_mtime, 1'700'000'000);
        QCOMPARE(m_fixture.statusOf(u"files"_s, u"etc/a"_s).st_nlink, 2U);
        QCOMPARE(m_fixture.statusOf(u"files"_s, u"etc"_s).st_mtime, 1'700'000'000);
        QCOMPARE(m_fixture.statusOf(u"files"_s, u"etc/sub"_s).st_mode, S_IFDIR | 01777U);
        QCOMPARE(QFile::symLinkTarget(tree(u"files"_s, u"link"_s)).section(u'/', -2), u"etc/a"_s);
    }

    void mapsOwnersAndKeepsSetUid()
    {
        const auto tar =
            TarWriter()
                .add({.name = "su", .content = "x", .link = {}, .mode = 04755, .uid = 1000, .gid = 50, .pax = {}})
                .add({.name = "d", .content = {}, .type = '5', .link = {}, .mode = 02775, .uid = 5, .gid = 6, .pax = {}})
                .file("d/in", "y")
                .bytes();
        QCOMPARE(roundTrip(u"owners"_s, tar), "");
        const auto su = m_fixture.statusOf(u"owners"_s, u"su"_s);
        QCOMPARE(su.st_mode, S_IFREG | 04755U);
        // Container id n > 0 is the n-th id of the user's range.
        const auto in = m_fixture.statusOf(u"owners"_s, u"d/in"_s);
        QCOMPARE(in.st_uid, ::getuid());
        QCOMPARE(in.st_gid, ::getgid());
        QCOMPARE(su.st_uid - m_fixture.statusOf(u"owners"_s, u"d"_s).st_uid, 995U);
        QCOMPARE(m_fixture.statusOf(u"owners"_s, u"d"_s).st_mode, S_IFDIR | 02775U);
    }

    void givesOwnersWithoutPlaceToNobody()
    {
        const auto tar =
            TarWriter().add({.name = "big", .content = "x", .link = {}, .uid = 4'000'000'000, .gid = 7, .pax = {}}).bytes();
        const auto outcome = m_fixture.unpack(u"big"_s, tar);
        QCOMPARE(outcome.error, "");
        QCOMPARE(outcome.unpacked.changedOwners, 1U);
        QCOMPARE(m_fixture.pack(u"big"_s, tar), tar);
    }

    // As Docker adds up a layer: files once each, and the length of a link's target.
    void sizeCountsLinks()
    {
        const auto tar = TarWriter()
                             .file("a", "four", 0644)
                             .add({.name = "soft", .content = {}, .type = '2', .link = "elsewhere", .pax = {}})
                             .add({.name = "hard", .content = {}, .type = '1', .link = "a", .pax = {}})
                             .bytes();
        const auto outcome = m_fixture.unpack(u"sized"_s, tar);
        QCOMPARE(outcome.error, "");
        QCOMPARE(outcome.unpacked.size, 4U + 9U);
    }

    void skipsDevices()
    {
        const auto tar = TarWriter()
                             .add({.name = "null", .content = {}, .type = '3', .link = {}, .pax = {}})
                             .add({.name = "disk", .content = {}, .type = '4', .link = {}, .pax = {}})
                             .add({.name = "dev/tty", .content = {}, .type = '3', .link = {}, .pax = {}}) // not counted
                             .add({.name = "pipe", .content = {}, .type = '6', .link = {}, .pax = {}})
                             .bytes();
        const auto outcome = m_fixture.unpack(u"devices"_s, tar);
        QCOMPARE(outcome.error, "");
        QCOMPARE(outcome.unpacked.skippedDevices, 2U);
        QCOMPARE(m_fixture.statusOf(u"devices"_s, u"null"_s).st_mode, 0U);
        QCOMPARE(m_fixture.statusOf(u"devices"_s, u"dev/tty"_s).st_mode, 0U);
        QVERIFY(S_ISFIFO(m_fixture.statusOf(u"devices"_s, u"pipe"_s).st_mode));
        QCOMPARE(m_fixture.pack(u"devices"_s, tar), tar);
    }

    void turnsMarkersIntoOverlayForm()
    {
        const auto tar = TarWriter()
                             .folder("d/")
                             .file("d/.wh.gone", "")
                             .folder("o/")
                             .file("o/.wh.x", "")
                             .file("o/keep", "k")
                             .file("o/.wh..wh..opq", "")
                             .file(".wh.top", "")
                             .file(".wh..wh.aufs", "")
                             .bytes();
        QCOMPARE(roundTrip(u"markers"_s, tar), "");
        QVERIFY(isWhiteout(m_fixture.statusOf(u"markers"_s, u"d/gone"_s)));
        QVERIFY(isWhiteout(m_fixture.statusOf(u"markers"_s, u"top"_s)));
        QCOMPARE(attribute(tree(u"markers"_s, u"o"_s), "user.overlay.opaque"), "y");
        QCOMPARE(attribute(tree(u"markers"_s, u"d"_s), "user.overlay.opaque"), "!");
        // The kernel would list it.
        QCOMPARE(m_fixture.statusOf(u"markers"_s, u"o/x"_s).st_mode, 0U);
        QCOMPARE(m_fixture.contentOf(u"markers"_s, u"o/keep"_s), "k");
        QCOMPARE(m_fixture.statusOf(u"markers"_s, u".wh..wh.aufs"_s).st_mode, 0U);
    }

    void letsEntriesSurviveTheirWhiteout()
    {
        const auto tar = TarWriter()
                             .file("a", "new")
                             .file(".wh.a", "")
                             .file(".wh.b", "")
                             .file("b", "new")
                             .folder("c/")
                             .file("c/x", "new")
                             .file(".wh.c", "")
                             .file(".wh.e", "")
                             .file("e/x", "new")
                             .file(".wh.f", "")
                             .file("f/.wh.g", "")
                             .file(".wh.h", "")
                             .folder("h/")
                             .bytes();
        QCOMPARE(roundTrip(u"survive"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"survive"_s, u"a"_s), "new");
        QCOMPARE(m_fixture.contentOf(u"survive"_s, u"b"_s), "new");
        QCOMPARE(m_fixture.contentOf(u"survive"_s, u"c/x"_s), "new");
        QCOMPARE(attribute(tree(u"survive"_s, u"c"_s), "user.overlay.opaque"), "y");
        QCOMPARE(m_fixture.contentOf(u"survive"_s, u"e/x"_s), "new");
        QCOMPARE(attribute(tree(u"survive"_s, u"e"_s), "user.overlay.opaque"), "y");
        QVERIFY(isWhiteout(m_fixture.statusOf(u"survive"_s, u"f"_s)));
        QCOMPARE(attribute(tree(u"survive"_s, u"h"_s), "user.overlay.opaque"), "y");
    }

    void keepsTheLastOfSeveralAndAllOfTheStream()
    {
        const auto tar = TarWriter()
                             .file("a", "first")
                             .file("a", "second")
                             .file("d/x", "one")
                             .file("d/y", "two")
                             .file("d", "now a file")
                             .file("l", "content")
                             .link("l", "a")
                             .folder("l/")
                             .file("l/z", "deep")
                             .hardLink("m", "a")
                             .file("a", "third")
                             .file("m", "own")
                             .bytes();
        QCOMPARE(roundTrip(u"several"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"several"_s, u"a"_s), "third");
        QCOMPARE(m_fixture.contentOf(u"several"_s, u"d"_s), "now a file");
        QCOMPARE(m_fixture.contentOf(u"several"_s, u"l/z"_s), "deep");
        QCOMPARE(m_fixture.contentOf(u"several"_s, u"m"_s), "own");
    }

    void followsLinksInsideTheTreeOnly()
    {
        const auto tar = TarWriter()
                             .folder("usr/lib/")
                             .link("lib", "usr/lib")
                             .file("lib/a", "1")
                             .link("abs", "/usr/lib")
                             .file("abs/b", "2")
                             .link("usr/up", "../../../../../usr/lib")
                             .file("usr/up/c", "3")
                             .file("lib/a", "again")
                             .bytes();
        QCOMPARE(roundTrip(u"links"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"links"_s, u"usr/lib/a"_s), "again");
        QCOMPARE(m_fixture.contentOf(u"links"_s, u"usr/lib/b"_s), "2");
        QCOMPARE(m_fixture.contentOf(u"links"_s, u"usr/lib/c"_s), "3");
    }

    void rebuildsWhatWasWrittenThroughAReplacedLink()
    {
        const auto tar = TarWriter()
                             .folder("usr/lib/")
                             .link("lib", "usr/lib")
                             .file("lib/a", "through")
                             .folder("lib/")
                             .file("lib/a", "direct")
                             .bytes();
        QCOMPARE(roundTrip(u"relinked"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"relinked"_s, u"usr/lib/a"_s), "through");
        QCOMPARE(m_fixture.contentOf(u"relinked"_s, u"lib/a"_s), "direct");
    }

    void writesSparseFilesWithHoles()
    {
        const auto tar = TarWriter()
                             .add({.name = "s",
                                 .content = "abcd",
                                 .link = {},
                                 .pax = {{"GNU.sparse.size", "10737418240"}, {"GNU.sparse.map", "1048576,4"}}})
                             .bytes();
        QCOMPARE(roundTrip(u"sparse"_s, tar), "");
        const auto status = m_fixture.statusOf(u"sparse"_s, u"s"_s);
        QCOMPARE(status.st_size, 10'737'418'240);
        QVERIFY(status.st_blocks < 64);
    }

    void setsWantedAttributesOnly()
    {
        const std::string capability("\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20); // net_raw+ep, version 2
        const auto tar = TarWriter()
                             .add({.name = "ping",
                                 .content = "x",
                                 .link = {},
                                 .mode = 0755,
                                 .uid = 3,
                                 .pax = {{"SCHILY.xattr.security.capability", capability}, {"SCHILY.xattr.user.note", "kept"},
                                     {"SCHILY.xattr.security.selinux", "label"}, {"SCHILY.xattr.user.overlay.opaque", "y"},
                                     {"SCHILY.xattr.trusted.overlay.opaque", "y"},
                                     {"SCHILY.xattr.user.overlay.redirect", "/etc"}}})
                             .bytes();
        QCOMPARE(roundTrip(u"attributes"_s, tar), "");
        const QString ping = tree(u"attributes"_s, u"ping"_s);
        QCOMPARE(attribute(ping, "user.note"), "kept");
        // Outside of the namespace the kernel shows it as version 3, bound to the namespace's root.
        QCOMPARE(attribute(ping, "security.capability").size(), 24);
        QCOMPARE(attribute(ping, "user.overlay.opaque"), "!");
        QCOMPARE(attribute(ping, "user.overlay.redirect"), "!");
        QCOMPARE(attribute(ping, "security.selinux"), "!");
    }

    void hashesToTheVeryEnd()
    {
        const auto tar = TarWriter().file("a", "x").bytes() + std::string(300'000, '\0') + "and a tail";
        QCOMPARE(roundTrip(u"tail"_s, tar), "");
        QCOMPARE(roundTrip(u"bare"_s, TarWriter().file("a", "x").withoutEnd()), "");
        QCOMPARE(roundTrip(u"nothing"_s, std::string(1024, '\0')), "");
    }

    void resolvesAufsLinks()
    {
        const auto tar = TarWriter()
                             .folder(".wh..wh.plnk/")
                             .file(".wh..wh.plnk/12.34", "linked")
                             .hardLink("a", ".wh..wh.plnk/12.34")
                             .file(".wh..wh.orph", "left over")
                             .bytes();
        QCOMPARE(roundTrip(u"aufs"_s, tar), "");
        QCOMPARE(m_fixture.contentOf(u"aufs"_s, u"a"_s), "linked");
    }

    void copiesHardLinkTargetsFromLowerLayers()
    {
        QCOMPARE(m_fixture.unpack(u"lower"_s, TarWriter().file("bin/tool", "tool", 0755).bytes()).error, "");
        const auto tar = TarWriter().hardLink("bin/alias", "bin/tool").bytes();
        const auto alone = m_fixture.unpack(u"alone"_s, tar);
        QVERIFY(alone.needsLower);
        QVERIFY2(alone.error.contains("bin/alias"), alone.error.c_str());
        const UniqueFd lower(::open(m_fixture.path(u"work/lower/tree"_s).toLocal8Bit().constData(), O_PATH | O_CLOEXEC));
        const auto outcome = m_fixture.unpack(u"above"_s, tar, tar, {lower.get()});
        QCOMPARE(outcome.error, "");
        QCOMPARE(m_fixture.contentOf(u"above"_s, u"bin/alias"_s), "tool");
        QCOMPARE(m_fixture.pack(u"above"_s, tar), tar);
    }

    void acceptsTheRootEntry()
    {
        const auto tar = TarWriter().folder("./", 0700).file("./a", "x").bytes();
        QCOMPARE(roundTrip(u"root"_s, tar), "");
        QCOMPARE(m_fixture.statusOf(u"root"_s, QString()).st_mode, S_IFDIR | 0700U);
    }

    void packNoticesAnAlteredFile()
    {
        const auto tar = TarWriter().file("a", "original").bytes();
        QCOMPARE(m_fixture.unpack(u"altered"_s, tar).error, "");
        QFile file(tree(u"altered"_s, u"a"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0riginal") == 8);
        file.close();
        const auto packed = m_fixture.pack(u"altered"_s, tar);
        QVERIFY2(packed.starts_with('!') && packed.contains("altered"), packed.c_str());
    }
};

QTEST_GUILESS_MAIN(TestUnpack)
#include "tst_unpack.moc"
