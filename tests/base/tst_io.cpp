// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

using namespace berth;

class TestIo : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    UniqueFd m_fd;

private Q_SLOTS:
    void initTestCase()
    {
        m_fd.reset(::open(m_folder.path().toLocal8Bit().constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(m_fd.isValid());
    }

    void atomicFileIsWholeAndPrivate()
    {
        QVERIFY(writeFileAtomically(m_fd.get(), "record", "first"));
        QVERIFY(writeFileAtomically(m_fd.get(), "record", "second"));
        QCOMPARE(readSmallFile(m_fd.get(), "record", 100).value(), std::string("second"));
        struct stat status = {};
        QCOMPARE(::fstatat(m_fd.get(), "record", &status, 0), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("record")});
    }

    void atomicFileNeverWritesThroughALink()
    {
        QVERIFY(writeFileAtomically(m_fd.get(), "precious", "kept"));
        QCOMPARE(::symlinkat("precious", m_fd.get(), "link"), 0);
        QVERIFY(writeFileAtomically(m_fd.get(), "link", "new"));
        QCOMPARE(readSmallFile(m_fd.get(), "precious", 100).value(), std::string("kept"));
        QCOMPARE(readSmallFile(m_fd.get(), "link", 100).value(), std::string("new"));
    }

    void smallFileHasALimit()
    {
        QVERIFY(writeFileAtomically(m_fd.get(), "ten", "0123456789"));
        QVERIFY(readSmallFile(m_fd.get(), "ten", 10));
        const auto result = readSmallFile(m_fd.get(), "ten", 9);
        QVERIFY(!result);
        QCOMPARE(int(result.error().code), int(ErrorCode::Corrupt));
        QVERIFY(result.error().detail.starts_with("ten: "));
    }

    void smallFileDoesNotBlockOnAFifo()
    {
        QCOMPARE(::mkfifoat(m_fd.get(), "fifo", 0600), 0);
        QCOMPARE(readSmallFile(m_fd.get(), "fifo", 10).value_or("error"), std::string());
    }

    void descriptorsAreCloseOnExec()
    {
        const auto file = openFile(m_fd.get(), "born", O_CREAT | O_RDWR);
        const auto pair = socketPair();
        QVERIFY(file && pair);
        for (const int fd : {file->get(), pair->first.get(), pair->second.get()})
            QVERIFY(::fcntl(fd, F_GETFD) & FD_CLOEXEC);
    }

    void messageKeepsBoundariesAndDescriptors()
    {
        auto pair = socketPair();
        QVERIFY(pair);
        const int passed = m_fd.get();
        QVERIFY(sendMessage(pair->first.get(), "one", {&passed, 1}));
        QVERIFY(sendMessage(pair->first.get(), std::string(100'000, 'x')));
        const auto first = receiveMessage(pair->second.get());
        QVERIFY(first);
        QCOMPARE(first->bytes, std::string("one"));
        QCOMPARE(first->fds.size(), 1u);
        struct stat ours = {}, theirs = {};
        QCOMPARE(::fstat(passed, &ours), 0);
        QCOMPARE(::fstat(first->fds[0].get(), &theirs), 0);
        QCOMPARE(ours.st_ino, theirs.st_ino);
        QVERIFY(::fcntl(first->fds[0].get(), F_GETFD) & FD_CLOEXEC);
        QCOMPARE(receiveMessage(pair->second.get())->bytes.size(), 100'000u);
    }

    void closedPeerIsAnEmptyMessage()
    {
        auto pair = socketPair();
        pair->first.reset();
        const auto received = receiveMessage(pair->second.get());
        QVERIFY(received);
        QVERIFY(received->bytes.empty());
        QVERIFY(!sendMessage(pair->second.get(), "to nobody"));
    }

    void oversizedMessageIsRefusedByBothSides()
    {
        auto pair = socketPair();
        const std::string large(maxMessageSize + 1, 'x');
        QVERIFY(!sendMessage(pair->first.get(), large));
        const int size = 1 << 20;
        ::setsockopt(pair->first.get(), SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
        ::setsockopt(pair->first.get(), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
        if (::send(pair->first.get(), large.data(), large.size(), MSG_DONTWAIT) < 0)
            return; // the kernel itself refuses it here; nothing is left to prove
        const auto received = receiveMessage(pair->second.get());
        QVERIFY(!received);
        QCOMPARE(int(received.error().code), int(ErrorCode::Corrupt));
    }
};

QTEST_APPLESS_MAIN(TestIo)
#include "tst_io.moc"
