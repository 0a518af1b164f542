// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/uniquefd.h"
#include "wire/networknames.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

class TestNetworkNames : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    UniqueFd m_data;
    const std::string m_net = std::string(64, 'e');

    [[nodiscard]] static std::string id(char letter) { return std::string(64, letter); }
    [[nodiscard]] QString hostsPath(char letter) const
    {
        return m_folder->path() + u"/containers/"_s + QString::fromStdString(id(letter)) + u"/hosts"_s;
    }
    void makeContainer(char letter) const
    {
        QDir(m_folder->path()).mkpath(u"containers/"_s + QString::fromStdString(id(letter)));
        write(letter, "127.0.0.1\tlocalhost\n");
    }
    void write(char letter, const QByteArray &text) const
    {
        QFile file(hostsPath(letter));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    [[nodiscard]] QByteArray hosts(char letter) const
    {
        QFile file(hostsPath(letter));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("?");
    }
    [[nodiscard]] NetworkSpec place(std::uint32_t address, std::vector<std::string> names) const
    {
        NetworkSpec network;
        network.id = m_net;
        network.driver = "bridge";
        network.address = 0x0a050000 + address;
        network.hasNames = true;
        network.names = std::move(names);
        return network;
    }
    void publish(char letter, const NetworkSpec &network) const
    {
        const auto done = publishNames(m_data.get(), id(letter), {std::string(1, letter) + "host"}, network);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_data.reset(::open(QFile::encodeName(m_folder->path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        for (const char letter : {'a', 'b', 'c'})
            makeContainer(letter);
    }

    void textAndBack()
    {
        const std::vector<NamedContainer> all{{id('a'), {0x0a000001, {"web", "www"}}}, {id('b'), {0xffffffff, {}}}};
        QCOMPARE(decodeNames(encode(all)), all);
        QVERIFY(decodeNames("x\n\nid 1.2.3\nid 1.2.3.4.5\nid 1.2.3.256 a\n\0"s).empty());
        QCOMPARE(decodeNames("id 1.2.3.4 a b").size(), 1U);
    }

    void everybodyLearnsOfEverybody()
    {
        publish('a', place(2, {"web", "www"}));
        QCOMPARE(hosts('a'),
            QByteArray("127.0.0.1\tlocalhost\n# network eeeeeeeeeeee\n10.5.0.2\tahost web www\n"
                       "# end of network eeeeeeeeeeee\n"));
        auto second = place(3, {"db"});
        second.links = {{0x0a050002, {"w"}}};
        publish('b', second);
        QVERIFY(hosts('a').endsWith("# others on network eeeeeeeeeeee\n10.5.0.3\tdb\n# end of others on network eeeeeeeeeeee\n"));
        QVERIFY(hosts('a').contains("ahost web www"));
        QVERIFY(hosts('b').contains("10.5.0.3\tbhost db\n10.5.0.2\tw\n"));
        QVERIFY(hosts('b').contains("\n10.5.0.2\tweb www\n"));
        publish('c', place(4, {"cache"}));
        QVERIFY(hosts('b').contains("10.5.0.2\tw\n")); // its link stays
        QVERIFY(hosts('b').contains("10.5.0.4\tcache\n"));
        QCOMPARE(readNames(m_data.get(), m_net)->size(), 3U);

        QVERIFY(withdrawNames(m_data.get(), id('a'), m_net));
        QCOMPARE(hosts('a'), QByteArray("127.0.0.1\tlocalhost\n"));
        QVERIFY(!hosts('b').contains("web"));
        QVERIFY(hosts('b').contains("cache"));
        QVERIFY(withdrawNames(m_data.get(), id('a'), m_net)); // twice is no error
        QVERIFY(withdrawNames(m_data.get(), id('b'), m_net));
        QVERIFY(withdrawNames(m_data.get(), id('c'), m_net));
        QVERIFY(readNames(m_data.get(), m_net)->empty());
    }

    void withoutNamesNobodyLearns()
    {
        auto quiet = place(2, {"web"});
        quiet.hasNames = false;
        publish('a', quiet);
        auto other = place(3, {});
        other.hasNames = false;
        publish('b', other);
        QVERIFY(hosts('a').contains("10.5.0.2\tahost web\n"));
        QVERIFY(!hosts('b').contains("web"));
        QVERIFY(readNames(m_data.get(), m_net)->empty());
    }

    // Whoever had the address was killed without a word.
    void anAddressHasOneOwner()
    {
        publish('a', place(2, {"web"}));
        publish('b', place(2, {"db"}));
        const auto names = readNames(m_data.get(), m_net);
        QCOMPARE(names->size(), 1U);
        QCOMPARE(names->front().containerId, id('b'));
    }

    void aContainersOwnLinesStay()
    {
        write('a', "# mine\n1.2.3.4 x");
        publish('a', place(2, {"web"}));
        QVERIFY(hosts('a').startsWith("# mine\n1.2.3.4 x\n# network"));
        write('a', hosts('a') + "5.6.7.8 y\n");
        publish('b', place(3, {"db"}));
        QVERIFY(hosts('a').contains("5.6.7.8 y\n# others"));
        QVERIFY(withdrawNames(m_data.get(), id('a'), m_net));
        QCOMPARE(hosts('a'), QByteArray("# mine\n1.2.3.4 x\n5.6.7.8 y\n"));
    }

    void marksWithoutAnEndLoseNothing()
    {
        const auto text = hostsWithPart("# t\n1.1.1.1 a\n", "t", {{0x0a000001, {"n"}}});
        QCOMPARE(text, "# t\n10.0.0.1\tn\n# end of t\n1.1.1.1 a\n"s);
        QCOMPARE(hostsWithPart(text, "t", {}), "1.1.1.1 a\n"s);
    }

    // A container may do to its file what it likes; the others must not suffer.
    void hostileFiles()
    {
        publish('a', place(2, {"web"}));
        QVERIFY(QFile::remove(hostsPath('a')));
        QVERIFY(::symlink("/etc/passwd", hostsPath('a').toLocal8Bit().constData()) == 0);
        write('c', QByteArray(2 << 20, 'x')); // too long to be a file of hosts
        publish('c', place(4, {"cache"}));
        publish('b', place(3, {"db"}));
        QVERIFY(hosts('b').contains("cache"));
        QCOMPARE(hosts('c').size(), 2 << 20);
        QVERIFY(QFile::remove(hostsPath('a')));
        QVERIFY(::mkfifo(hostsPath('a').toLocal8Bit().constData(), 0600) == 0);
        publish('b', place(3, {"db"})); // does not wait for anybody to read
    }

    void theInodeStays()
    {
        struct stat before = {}, after = {};
        QVERIFY(::stat(hostsPath('a').toLocal8Bit().constData(), &before) == 0);
        publish('a', place(2, {"web"}));
        publish('b', place(3, {"db"}));
        QVERIFY(::stat(hostsPath('a').toLocal8Bit().constData(), &after) == 0);
        QCOMPARE(after.st_ino, before.st_ino);
    }
};

QTEST_APPLESS_MAIN(TestNetworkNames)
#include "tst_networknames.moc"
