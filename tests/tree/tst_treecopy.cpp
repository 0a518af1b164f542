// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Trees to tar streams and back, with streams and neighbours that mean harm. The system's own tar is the judge.
#include "support/tarwriter.h"
#include "tree/treereader.h"
#include "tree/treewriter.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include <cstdio>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace berth;
using namespace berth::test;
using namespace Qt::StringLiterals;

namespace {

class TextOutput final : public TarOutput {
public:
    Result<> write(std::string_view bytes) override
    {
        text.append(bytes);
        return {};
    }
    std::string text;
};

class TextInput final : public TarInput {
public:
    explicit TextInput(std::string text) : m_text(std::move(text)) {}
    Result<std::size_t> read(std::span<char> buffer) override
    {
        const auto count = m_text.copy(buffer.data(), buffer.size(), m_at);
        m_at += count;
        return count;
    }

private:
    std::string m_text;
    std::size_t m_at = 0;
};

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : "(cannot be read)"_ba;
}

UniqueFd openPath(const QString &path) { return UniqueFd(::open(path.toUtf8().constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC)); }

} // namespace

class TestTreeCopy : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    // "" or the error.
    std::string extract(const std::string &stream, TreeWriteOptions options = {})
    {
        const UniqueFd root = openPath(path(u"to"_s));
        TextInput input(stream);
        TarReader reader(input);
        options.shownFolder = "/to";
        TreeWriter writer(root.get(), "/", std::move(options));
        const auto written = writer.write(reader, input);
        return written ? std::string() : written.error().detail;
    }
    std::string pack(const QString &what, const std::string &name)
    {
        TextOutput output;
        TreeReader reader(output);
        const auto read = reader.add(openPath(path(what)), name);
        return read && reader.finish() ? output.text : "error: " + read.error().detail;
    }
    QByteArray tar(const QStringList &arguments, const std::string &input = {})
    {
        QProcess process;
        process.start(u"tar"_s, arguments);
        process.write(input.data(), static_cast<qint64>(input.size()));
        process.closeWriteChannel();
        process.waitForFinished();
        return process.readAllStandardOutput() + process.readAllStandardError();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(u"to"_s) && QDir(m_folder->path()).mkpath(u"outside"_s));
        writeFile(path(u"outside/secret"_s), "secret");
    }
    void cleanup() { m_folder.reset(); }

    void everyKindComesBack()
    {
        QDir(m_folder->path()).mkpath(u"from/deep/er"_s);
        const QString longName = QString(200, u'n');
        writeFile(path(u"from/a"_s), "content");
        writeFile(path(u"from/deep/"_s + longName), QByteArray(3'000'000, 'x'));
        writeFile(path(u"from/empty"_s), {});
        QFile::setPermissions(path(u"from/a"_s), QFile::ReadOwner | QFile::ExeOwner);
        QVERIFY(::link(path(u"from/a"_s).toUtf8(), path(u"from/deep/er/hard"_s).toUtf8()) == 0);
        QVERIFY(::symlink("../nowhere", path(u"from/link"_s).toUtf8()) == 0);
        QVERIFY(::mkfifo(path(u"from/fifo"_s).toUtf8(), 0640) == 0); // nobody writes to it, and nothing waits for that
        QVERIFY(::chmod(path(u"from/deep"_s).toUtf8(), 0500) == 0);

        const auto stream = pack(u"from"_s, "renamed");
        const auto listed = tar({u"-tf"_s, u"-"_s}, stream);
        QCOMPARE(listed,
            "renamed/\nrenamed/a\nrenamed/deep/\nrenamed/deep/er/\nrenamed/deep/er/hard\nrenamed/deep/"_ba + longName.toUtf8()
                + "\nrenamed/empty\nrenamed/fifo\nrenamed/link\n");
        QCOMPARE(extract(stream), "");
        const auto difference = [&] {
            QProcess process;
            process.start(u"diff"_s, {u"-r"_s, u"--no-dereference"_s, path(u"from"_s), path(u"to/renamed"_s)});
            process.waitForFinished();
            return process.readAllStandardOutput();
        };
        QCOMPARE(difference().replace("File " + path(u"from/fifo"_s).toUtf8(), ""),
            " is a fifo while file "_ba + path(u"to/renamed/fifo"_s).toUtf8() + " is a fifo\n");
        struct stat first = {}, second = {};
        QVERIFY(::stat(path(u"to/renamed/a"_s).toUtf8(), &first) == 0
            && ::stat(path(u"to/renamed/deep/er/hard"_s).toUtf8(), &second) == 0);
        QCOMPARE(first.st_ino, second.st_ino);
        QCOMPARE(first.st_mode & 07777, 0500U);
        QVERIFY(::stat(path(u"to/renamed/deep"_s).toUtf8(), &first) == 0);
        QCOMPARE(first.st_mode & 07777, 0500U);
        ::chmod(path(u"from/deep"_s).toUtf8(), 0700);
        ::chmod(path(u"to/renamed/deep"_s).toUtf8(), 0700);
    }

    void holesStay()
    {
        QDir(m_folder->path()).mkpath(u"from"_s);
        writeFile(path(u"from/sparse"_s), "begin");
        QVERIFY(::truncate(path(u"from/sparse"_s).toUtf8(), 64 << 20) == 0);
        QCOMPARE(extract(pack(u"from/sparse"_s, "sparse")), "");
        struct stat status = {};
        QVERIFY(::stat(path(u"to/sparse"_s).toUtf8(), &status) == 0);
        QCOMPARE(status.st_size, 64 << 20);
        QVERIFY(status.st_blocks * 512 < 1 << 20);
    }

    void namesOfRoots()
    {
        QDir(m_folder->path()).mkpath(u"from"_s);
        writeFile(path(u"from/a"_s), "1");
        QCOMPARE(tar({u"-Ptf"_s, u"-"_s}, pack(u"from"_s, ".")), "./\n./a\n");
        QCOMPARE(tar({u"-Ptf"_s, u"-"_s}, pack(u"from"_s, "/")), "/\n/a\n");
        TextOutput output;
        TreeReader reader(output);
        QVERIFY(reader.addContents(openPath(path(u"from"_s))) && reader.finish());
        QCOMPARE(tar({u"-tf"_s, u"-"_s}, output.text), "a\n");
    }

    void socketsAreToldAndLeftOut()
    {
        QDir(m_folder->path()).mkpath(u"from"_s);
        const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path(u"from/s"_s).toUtf8().constData(), sizeof address.sun_path - 1);
        QVERIFY(::bind(listener.get(), reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
        TextOutput output;
        TreeReader reader(output);
        QVERIFY(reader.add(openPath(path(u"from"_s)), "from") && reader.finish());
        QCOMPARE(reader.skipped(), std::vector<std::string>{"from/s"});
        QCOMPARE(tar({u"-tf"_s, u"-"_s}, output.text), "from/\n");
    }

    // A hostile container's stream; whatever it says, nothing outside of the folder changes.
    void streamsCannotLeave_data()
    {
        QTest::addColumn<std::string>("stream");
        QTest::addColumn<bool>("isRefused");
        const auto row = [](const char *name, bool isRefused, const TarWriter &writer) {
            QTest::newRow(name) << writer.bytes() << isRefused;
        };
        row("a name that climbs", true, TarWriter().file("../outside/secret", "changed"));
        row("a name that climbs later", true, TarWriter().folder("d/").file("d/../../outside/secret", "changed"));
        row("an absolute name stays inside", false, TarWriter().file("/outside/secret", "changed"));
        row("through a relative link", true, TarWriter().link("l", "../outside").file("l/secret", "changed"));
        row("through a link to the root", true, TarWriter().link("l", "/").file("l/etc/berth-was-here", "changed"));
        row("through two links", true, TarWriter().link("m", "..").link("l", "m/outside").file("l/secret", "changed"));
        row("onto a link", false, TarWriter().link("l", "../outside/secret").file("l", "changed"));
        row("a folder onto a link", true, TarWriter().link("l", "../outside").folder("l/", 0777));
        row("a hard link that climbs", true, TarWriter().hardLink("h", "../outside/secret").file("h", "changed"));
        row("a hard link through a link", true, TarWriter().link("l", "../outside").hardLink("h", "l/secret"));
        row("a hard link to a link, then onto it", false,
            TarWriter().link("l", "../outside/secret").hardLink("h", "l").file("h", "changed"));
        row("a name with a NUL", true,
            TarWriter().add({.name = "x", .content = "1", .link = {}, .pax = {{"path", std::string("a\0b", 3)}}}));
        row("cut in the middle", true, TarWriter().raw(TarWriter().file("a", std::string(5000, 'x')).bytes().substr(0, 3000)));
    }
    void streamsCannotLeave()
    {
        QFETCH(std::string, stream);
        QFETCH(bool, isRefused);
        QCOMPARE(!extract(stream).empty(), isRefused);
        QCOMPARE(readFile(path(u"outside/secret"_s)), "secret");
        QCOMPARE(QDir(path(u"outside"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"secret"_s});
        struct stat status = {};
        QVERIFY(::stat(path(u"outside/secret"_s).toUtf8(), &status) == 0 && status.st_nlink == 1);
        QVERIFY(!QFile::exists(u"/etc/berth-was-here"_s));
    }

    // A link that was there before is the caller's, but the stream does not get to use it.
    void linksOfTheHostAreNotFollowed()
    {
        QVERIFY(::symlink("../outside", path(u"to/l"_s).toUtf8()) == 0);
        QVERIFY(!extract(TarWriter().file("l/secret", "changed").bytes()).empty());
        QCOMPARE(extract(TarWriter().folder("l/").bytes()), "cannot overwrite non-directory \"/to/l\" with directory \"/to\"");
        QCOMPARE(readFile(path(u"outside/secret"_s)), "secret");
    }

    void kindsDoNotChange()
    {
        QDir(path(u"to"_s)).mkpath(u"d"_s);
        writeFile(path(u"to/f"_s), "old");
        QCOMPARE(extract(TarWriter().file("d", "x").bytes()), "cannot overwrite directory \"/to/d\" with non-directory \"/to\"");
        QCOMPARE(extract(TarWriter().folder("f/").bytes()), "cannot overwrite non-directory \"/to/f\" with directory \"/to\"");
        QCOMPARE(extract(TarWriter().file("f", "new").folder("d/", 0750).file("d/g", "1").bytes()), "");
        QCOMPARE(readFile(path(u"to/f"_s)), "new");
        struct stat status = {};
        QVERIFY(::stat(path(u"to/d"_s).toUtf8(), &status) == 0 && (status.st_mode & 07777) == 0750);
    }

    // A stream that ends too early, as a full disk does too, takes nothing away and leaves no half.
    void aFileIsReplacedWholeOrNot()
    {
        const auto cut = TarWriter().file("f", std::string(5000, 'x')).bytes().substr(0, 3000);
        const auto names = [this] {
            return QDir(path(u"to"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        };
        QVERIFY(!extract(cut).empty());
        QCOMPARE(names(), QStringList());
        writeFile(path(u"to/f"_s), "old");
        QVERIFY(!extract(cut).empty());
        QCOMPARE(names(), QStringList{u"f"_s});
        QCOMPARE(readFile(path(u"to/f"_s)), "old");
        QCOMPARE(extract(TarWriter().file("f", "new").bytes()), "");
        QCOMPARE(names(), QStringList{u"f"_s});
        QCOMPARE(readFile(path(u"to/f"_s)), "new");
    }

    // Somebody else's set-uid program must not become one of the caller's.
    void setIdBitsStayBehind()
    {
        QCOMPARE(extract(TarWriter().file("f", "x", 06755).bytes()), "");
        struct stat status = {};
        QVERIFY(::stat(path(u"to/f"_s).toUtf8(), &status) == 0 && (status.st_mode & 07777) == 0755);
        QCOMPARE(extract(TarWriter().file("g", "x", 06755).bytes(), {.keepsSetId = true, .shownFolder = {}}), "");
        QVERIFY(::stat(path(u"to/g"_s).toUtf8(), &status) == 0 && (status.st_mode & 07777) == 06755);
    }

    void devicesAreLeftOut()
    {
        QCOMPARE(extract(TarWriter().add({.name = "null", .content = {}, .type = '3', .link = {}, .pax = {}}).bytes()), "");
        QVERIFY(!QFile::exists(path(u"to/null"_s)));
    }

    // CVE-2018-15664: somebody swaps a folder for a link while it is written to. The writer of containers follows
    // links, but only inside the root.
    void cve_2018_15664_writerStaysInsideRoot()
    {
        const auto target = path(u"outside"_s).toUtf8();
        const auto folder = path(u"to/d"_s).toUtf8(), link = path(u"to/link"_s).toUtf8();
        QVERIFY(::mkdir(folder, 0755) == 0 && ::symlink(target.constData(), link) == 0);
        std::atomic<bool> isOver = false;
        std::atomic<int> swaps = 0;
        std::thread swapper([&] {
            while (!isOver)
                swaps += ::renameat2(AT_FDCWD, folder, AT_FDCWD, link, RENAME_EXCHANGE) == 0;
        });
        const auto stream = TarWriter().file("d/secret", "changed").bytes();
        for (int round = 0; round < 2000 || swaps < 1000; ++round)
            (void)extract(stream, {.followsLinks = true, .shownFolder = {}});
        isOver = true;
        swapper.join();
        QCOMPARE(readFile(path(u"outside/secret"_s)), "secret");
        QCOMPARE(QDir(path(u"outside"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{u"secret"_s});
    }

    // The same for the reader: what is behind the link must never be in the stream.
    void cve_2018_15664_readerStaysInsideTree()
    {
        QDir(m_folder->path()).mkpath(u"from/d"_s);
        writeFile(path(u"from/d/secret"_s), "mine");
        const auto folder = path(u"from/d"_s).toUtf8(), link = path(u"from/l"_s).toUtf8();
        QVERIFY(::symlink(path(u"outside"_s).toUtf8().constData(), link) == 0);
        std::atomic<bool> isOver = false;
        std::atomic<int> swaps = 0;
        std::thread swapper([&] {
            while (!isOver)
                swaps += ::renameat2(AT_FDCWD, folder, AT_FDCWD, link, RENAME_EXCHANGE) == 0;
        });
        bool isClean = true;
        for (int round = 0; isClean && (round < 2000 || swaps < 1000); ++round) {
            // The link's own text names the place; its file's content is what may not appear.
            isClean = !pack(u"from"_s, "from").contains(std::string("secret\0", 7) + std::string(505, '\0'));
        }
        isOver = true;
        swapper.join();
        QVERIFY(isClean);
    }
};

QTEST_GUILESS_MAIN(TestTreeCopy)
#include "tst_treecopy.moc"
