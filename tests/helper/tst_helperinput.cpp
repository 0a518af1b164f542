// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/io.h"
#include "helper/helpercall.h"

#include <QRandomGenerator>
#include <QTemporaryFile>
#include <QTest>

#include <algorithm>

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

namespace {

std::string randomBytes(QRandomGenerator &random, std::size_t size)
{
    std::string bytes(size, '\0');
    for (char &byte : bytes)
        byte = char(random.generate());
    return bytes;
}

} // namespace

// Everything that can be sent to the set-uid helper. Names row… are the rows of the table of failures.
class TestHelperInput : public QObject {
    Q_OBJECT
private:
    const Request m_probe = makeRequest(Operation::Probe);
    // Beside its request: the one answer that malformed bytes have.
    void verifyRefused(std::string_view bytes, const std::vector<int> &fds = {})
    {
        Call call;
        QVERIFY(call.send(bytes, fds));
        const Answer answer = call.finish();
        QVERIFY(answer.endedProperly());
        QVERIFY(answer.reply && answer.fds.empty());
        QCOMPARE(int(answer.status()), int(Status::BadRequest));
        QCOMPARE(answer.reply->pid, 0);
        QCOMPARE(answer.reply->features, 0U);
    }
    // With all messages there before the helper is.
    void verifyStatus(const std::pair<UniqueFd, UniqueFd> &pair, const std::vector<std::string_view> &messages, Status status)
    {
        for (const auto message : messages)
            QVERIFY(sendMessage(pair.first.get(), message));
        Invocation invocation;
        invocation.requestEnd = pair.second.get();
        QVERIFY(Call(invocation).finish().endedProperly());
        const auto reply = receiveMessage(pair.first.get());
        QVERIFY(reply && reply->fds.empty());
        QCOMPARE(reply->bytes.size(), sizeof(Reply));
        QCOMPARE(int(reinterpret_cast<const Reply *>(reply->bytes.data())->status), int(status));
    }
    void verifyNoReply(int requestEnd)
    {
        QVERIFY(requestEnd >= 0);
        Invocation invocation;
        invocation.requestEnd = requestEnd;
        Call call(invocation);
        const Answer answer = call.finish();
        QVERIFY(!answer.reply);
        QVERIFY(WIFEXITED(answer.waitStatus));
        QCOMPARE(WEXITSTATUS(answer.waitStatus), 64);
    }

private Q_SLOTS:
    void aProbeIsAnswered()
    {
        const Answer answer = ask(m_probe);
        QVERIFY(answer.isWellFormed(m_probe) && answer.endedProperly());
        QCOMPARE(int(answer.status()), int(Status::Ok));
        QCOMPARE(answer.reply->effectiveUser, 0U);
        QCOMPARE(answer.reply->features & (HolderFeature | CgroupFeature), std::uint32_t{HolderFeature | CgroupFeature});
    }

    void row06_everyLength()
    {
        const std::string whole(bytesOf(m_probe));
        QRandomGenerator random(6);
        for (std::size_t size = 0; size <= 4096; size += size < 140 ? 1 : 1 + std::size_t(random.bounded(150))) {
            if (size == whole.size())
                continue;
            std::string bytes = whole.substr(0, size);
            bytes.resize(size, size % 2 ? '\0' : char(random.generate()));
            verifyRefused(bytes);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QString::number(size)));
        }
        verifyRefused(std::string(60'000, 'x'));
    }

    // Every bit of the header and of the rest counts, but for the nonce, which comes back.
    void row06_everyBitOfARequest_data()
    {
        QTest::addColumn<Request>("valid");
        QTest::newRow("probe") << m_probe;
        QTest::newRow("holder") << makeRequest(Operation::SpawnHolder, MapProfile::Subid);
    }
    void row06_everyBitOfARequest()
    {
        QFETCH(Request, valid);
        for (std::size_t bit = 0; bit < sizeof(Request) * 8; ++bit) {
            const std::size_t byte = bit / 8;
            if (byte >= offsetof(Header, nonce) && byte < sizeof(Header))
                continue;
            Request changed = valid;
            reinterpret_cast<unsigned char *>(&changed)[byte] ^= static_cast<unsigned char>(1U << bit % 8);
            if (examine(changed, sizeof changed) == Status::Ok)
                continue; // CgroupEnsure is one bit away from Probe
            const std::string_view bytes = bytesOf(changed);
            Call call;
            call.send(bytes);
            const Answer answer = call.finish();
            QVERIFY(answer.endedProperly() && answer.isWellFormed(valid));
            const Status status = answer.status();
            QVERIFY2(status == Status::BadRequest || status == Status::UnsupportedVersion || status == Status::UnknownOperation,
                qPrintable(QStringLiteral("bit %1: status %2").arg(bit).arg(int(status))));
        }
    }

    void row06_randomBytes()
    {
        QRandomGenerator random(66);
        for (int round = 0; round < 200; ++round)
            verifyRefused(randomBytes(random, std::size_t(random.bounded(1, 300))));
        for (int round = 0; round < 200; ++round) {
            // Past the first checks: right magic and version.
            std::string bytes = randomBytes(random, sizeof(Request));
            bytes.replace(0, 10, bytesOf(m_probe).substr(0, 10));
            Call call;
            call.send(bytes);
            const Answer answer = call.finish();
            QVERIFY(answer.endedProperly() && answer.reply && answer.fds.empty());
            QVERIFY(answer.status() == Status::BadRequest || answer.status() == Status::UnknownOperation);
        }
    }

    // The helper's own decoder, as the engine and the helper compile it, against far more inputs.
    void row06_decoderAccepts3Requests()
    {
        QRandomGenerator random(606);
        int accepted = 0;
        for (int round = 0; round < 2'000'000; ++round) {
            Request request = m_probe;
            for (int change = random.bounded(3); change >= 0; --change)
                reinterpret_cast<unsigned char *>(&request)[random.bounded(int(sizeof request))] = static_cast<unsigned char>(
                    random.bounded(4));
            const bool isOk = examine(request, sizeof request) == Status::Ok;
            accepted += isOk;
            if (!isOk)
                continue;
            QVERIFY(request.header.magic == magic && request.header.version == protocolVersion);
            QVERIFY(request.header.operation >= 1 && request.header.operation <= 3 && request.flags == 0);
            QCOMPARE(request.profile != 0, request.header.operation == std::uint16_t(Operation::SpawnHolder));
            QVERIFY(std::ranges::all_of(request.reserved, [](auto byte) { return byte == 0; }));
        }
        QVERIFY(accepted > 0);
        for (std::size_t size : {std::size_t{0}, sizeof m_probe - 1, sizeof m_probe + 1, ~std::size_t{0}})
            QCOMPARE(int(examine(m_probe, size)), int(Status::BadRequest));
    }

    void descriptorsAreRefused()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        for (const std::size_t count : {1U, 2U, 5U, 17U, 250U})
            verifyRefused(bytesOf(m_probe), std::vector<int>(count, file.handle()));
    }

    void ancillaryDataThatTheKernelAddsIsRefused()
    {
        constexpr int passPidfd = 76; // SO_PASSPIDFD
        for (const int option : {SO_PASSCRED, passPidfd}) {
            auto pair = socketPair();
            const int yes = 1;
            QVERIFY(pair && ::setsockopt(pair->second.get(), SOL_SOCKET, option, &yes, sizeof yes) == 0);
            verifyStatus(*pair, {bytesOf(m_probe)}, Status::BadRequest);
        }
    }

    void row53_aSecondRequestIsRefused()
    {
        const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
        auto pair = socketPair();
        QVERIFY(pair);
        verifyStatus(*pair, {bytesOf(m_probe), bytesOf(spawn)}, Status::BadRequest);
    }

    void row53_oneRequestIsOneAnswer()
    {
        // The second comes while the first is done, or after; nobody is there to read it.
        const Request spawn = makeRequest(Operation::SpawnHolder, MapProfile::Subid);
        for (int round = 0; round < 50; ++round) {
            Call call;
            QVERIFY(call.send(bytesOf(m_probe)));
            for (int more = 0; more < 3; ++more)
                call.send(bytesOf(spawn));
            const Answer answer = call.finish();
            QVERIFY(answer.endedProperly() && answer.isWellFormed(m_probe) && answer.fds.empty());
            char byte = 0;
            QVERIFY(::recv(call.socket(), &byte, 1, MSG_DONTWAIT) <= 0);
        }
    }

    // What is on fd 3 instead of our kind of socket.
    void notASocket()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        verifyNoReply(file.handle());
        const UniqueFd folder(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
        const UniqueFd map(::open("/proc/self/uid_map", O_RDWR | O_CLOEXEC));
        const UniqueFd space(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
        const UniqueFd terminal(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
        const UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
        const UniqueFd event(::eventfd(0, EFD_CLOEXEC));
        const UniqueFd self(static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0)));
        for (const auto *fd : {&folder, &map, &space, &terminal, &epoll, &event, &self})
            verifyNoReply(fd->get());
        int pipe[2];
        QCOMPARE(::pipe2(pipe, O_NONBLOCK | O_CLOEXEC), 0);
        const UniqueFd reading(pipe[0]), writing(pipe[1]);
        while (::write(pipe[1], "full", 4) > 0) {}
        verifyNoReply(pipe[1]);
        verifyNoReply(pipe[0]);
    }

    void anotherKindOfSocket()
    {
        for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
            int ends[2];
            QCOMPARE(::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends), 0);
            const UniqueFd ours(ends[0]), theirs(ends[1]);
            QVERIFY(::send(ends[0], &m_probe, sizeof m_probe, 0) == sizeof m_probe);
            verifyNoReply(ends[1]);
        }
        for (const int family : {AF_INET, AF_NETLINK}) {
            const UniqueFd socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            verifyNoReply(socket.get());
        }
        const UniqueFd unconnected(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        verifyNoReply(unconnected.get());
        const UniqueFd listening(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        QCOMPARE(::bind(listening.get(), reinterpret_cast<sockaddr *>(&address), sizeof(sa_family_t)), 0);
        QCOMPARE(::listen(listening.get(), 1), 0);
        verifyNoReply(listening.get());
    }

    void nothingOnFd3()
    {
        Invocation invocation;
        invocation.prepare = [] { ::close(requestFd); };
        const Answer answer = Call(invocation).finish();
        QVERIFY(!answer.reply && WIFEXITED(answer.waitStatus));
        QCOMPARE(WEXITSTATUS(answer.waitStatus), 64);
    }

    void aPeerThatIsGone()
    {
        Call before;
        before.closeSocket();
        QVERIFY(before.finish().endedProperly());
        Call after; // has asked, and does not wait
        after.send(bytesOf(m_probe));
        after.closeSocket();
        QVERIFY(after.finish().endedProperly());
    }

    // It waits for no request for ever, and holds nothing that others need while it does.
    void aSilentCallerDoesNotKeepIt()
    {
        Call silent;
        const Answer other = ask(m_probe);
        QCOMPARE(int(other.status()), int(Status::Ok));
        const Answer answer = silent.finish();
        QVERIFY(!answer.reply);
        QVERIFY(WIFSIGNALED(answer.waitStatus));
        QCOMPARE(WTERMSIG(answer.waitStatus), SIGALRM);
    }

    // No path and no errno: what the answer says does not depend on the caller's file system.
    void row65_answersTellNothingOfFiles()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        const Answer here = ask(m_probe);
        Invocation invocation;
        invocation.prepare = [] { [[maybe_unused]] const int changed = ::chdir("/tmp"); };
        invocation.arguments = {file.fileName().toStdString()};
        const Answer there = ask(m_probe, invocation);
        QVERIFY(here.reply && there.reply);
        QCOMPARE(std::memcmp(&*here.reply, &*there.reply, sizeof(Reply)), 0);
    }
};

QTEST_APPLESS_MAIN(TestHelperInput)
#include "tst_helperinput.moc"
