// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "helper/helpercall.h"
#include "holder/helperproblem.h"
#include "holder/holderlinks.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <set>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace berth;
using namespace berth::helper;

Q_DECLARE_METATYPE(berth::helper::Status)

namespace {

Error problemOf(Status status, std::uint32_t detail = 0)
{
    Reply reply;
    reply.status = static_cast<std::uint16_t>(status);
    reply.detail = detail;
    return helperProblem(reply);
}

bool makeFile(const QString &path, mode_t mode)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && ::fchmod(file.handle(), mode) == 0;
}

// Makes this process root of a user namespace of its own.
bool enterUserNamespace(uid_t inside)
{
    const std::string map = std::to_string(inside) + " " + std::to_string(::getuid()) + " 1";
    if (::unshare(CLONE_NEWUSER) < 0)
        return false;
    const UniqueFd file(::open("/proc/self/uid_map", O_WRONLY | O_CLOEXEC));
    return ::write(file.get(), map.data(), map.size()) == ssize_t(map.size());
}

} // namespace

// One sentence for each reason why there is no holder: which it is, and how to mend it.
class TestHelperProblem : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<Status>("status");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *name, Status status, std::initializer_list<const char *> words) {
            QStringList list;
            for (const char *word : words)
                list += QString::fromLatin1(word);
            QTest::newRow(name) << status << list;
        };
        using enum Status;
        row("no rule", NotAllowed, {"/etc/berth/helper.conf", "usermod -aG berth", "log in again"});
        row("bad policy", PolicyUnusable, {"/etc/berth/helper.conf", "line 7", "allow USER|@GROUP FEATURE"});
        row("no subuid", NoSubuidRange, {"/etc/subuid", "usermod --add-subuids"});
        row("no subgid", NoSubgidRange, {"/etc/subgid", "usermod --add-subgids"});
        row("bad subid", SubidUnusable, {"/etc/subuid", "line 7", "user:first:count"});
        row("collision", SubidCollision, {"/etc/subuid", "holds id 7", "another range"});
        row("root's group", RootGroup, {"primary group", "usermod -g"});
        row("no namespaces", NamespacesRefused, {"user.max_user_namespaces"});
        row("no holder", HolderMissing, {"berth-holder", "install"});
        row("holder fails", HolderFailed, {"berth-holder", "install"});
        row("state", StateUnusable, {"/run/berth", "remove it as root"});
        row("unprivileged", NotPrivileged, {"user namespace", "outside"});
        row("too often", RateLimited, {"too often", "try again"});
        row("too many", QuotaExceeded, {"7 holders", "/etc/berth/helper.conf"});
        row("no memory", NoResources, {"memory or processes"});
        row("other version", UnsupportedVersion, {"another version", "install"});
        row("no cgroup", NoCgroup, {"cgroup"});
        row("systemd", HasSystemd, {"cgroup"});
        row("no holder's network", ForeignNamespace, {"running holder", "start again"});
        row("no addresses", NoAddresses, {"/etc/berth/helper.conf", "pool A.B.C.D/BITS"});
        row("uplink", UplinkRefused, {"berth-helper cannot"});
    }
    void sentences()
    {
        QFETCH(Status, status);
        QFETCH(QStringList, words);
        const Error error = problemOf(status, 7);
        const QString text = QString::fromStdString(error.detail);
        for (const QString &word : words)
            QVERIFY2(text.contains(word), qPrintable(text));
        QVERIFY2(!text.endsWith(u'.') && !text.contains(u'\n') && text.size() < 300, qPrintable(text));
        QVERIFY(error.code != ErrorCode::Internal);
    }

    // Nobody who is refused for one reason is sent to mend another.
    void differentReasonsAreDifferentSentences()
    {
        std::set<std::string> seen;
        using enum Status;
        for (const Status status : {NotAllowed, PolicyUnusable, NoSubuidRange, NoSubgidRange, SubidUnusable, SubidCollision,
                 RootGroup, NamespacesRefused, HolderMissing, HolderFailed, StateUnusable, NotPrivileged, RateLimited,
                 QuotaExceeded, NoResources, UnsupportedVersion, ForeignNamespace, NoAddresses, UplinkRefused})
            QVERIFY(seen.insert(problemOf(status).detail).second);
        for (const UplinkStep step :
            {UplinkStep::Link, UplinkStep::Address, UplinkStep::Rules, UplinkStep::Forwarding, UplinkStep::Firewall})
            QVERIFY(seen.insert(problemOf(UplinkRefused, std::uint32_t(step)).detail).second);
        // What is refused to a link is not refused to a holder.
        Reply link;
        link.header.operation = std::uint16_t(Operation::UplinkEnsure);
        for (const Status status : {NotAllowed, QuotaExceeded}) {
            link.status = static_cast<std::uint16_t>(status);
            QVERIFY(seen.insert(helperProblem(link).detail).second);
        }
        // A number that this program does not know is said as one.
        Reply reply;
        reply.status = 999;
        QVERIFY(helperProblem(reply).detail.contains("999"));
    }

    void theInstalledHelperIsFine()
    {
        const auto examined = examineHelper(HELPER_PATH);
        QVERIFY2(examined, examined ? "" : examined.error().detail.c_str());
    }

    void helperAbsent()
    {
        const auto examined = examineHelper(m_folder.path().toStdString() + "/berth-helper");
        QVERIFY(!examined);
        QVERIFY2(
            examined.error().detail.contains("is missing; install the package berth-helper"), examined.error().detail.c_str());
    }

    void helperNotSetuid()
    {
        const QString path = m_folder.filePath(QStringLiteral("plain"));
        QVERIFY(makeFile(path, 04755)); // set-uid, but ours
        const auto ours = examineHelper(path.toStdString());
        QVERIFY(!ours);
        QVERIFY2(ours.error().detail.contains("is not set-uid root; run 'sudo chown root:berth"), ours.error().detail.c_str());
        const auto roots = examineHelper("/bin/true"); // root's, but not set-uid
        QVERIFY(!roots && roots.error().detail.contains("is not set-uid root"));
    }

    void helperOnNosuidMount()
    {
        const QString path = QStringLiteral("/dev/shm/berth-test-%1").arg(::getpid()); // nosuid everywhere
        QVERIFY(makeFile(path, 04755));
        const auto examined = examineHelper(path.toStdString());
        QFile::remove(path);
        QVERIFY(!examined);
        QVERIFY2(examined.error().detail.contains("mounted nosuid"), examined.error().detail.c_str());
    }

    // Its group is not ours: the kernel refuses the execve.
    void helperNotForUs()
    {
        const std::string path = m_folder.filePath(QStringLiteral("locked")).toStdString();
        const int result = inChild([&] {
            // A file of root's that may not be executed needs a root; that of a namespace serves.
            if (!enterUserNamespace(0) || !makeFile(QString::fromStdString(path), 04640))
                return 1;
            const auto examined = examineHelper(path);
            if (examined || examined.error().code != ErrorCode::PermissionDenied)
                return 2;
            return examined.error().detail.contains("may not run") && examined.error().detail.contains("usermod -aG berth") ? 0
                                                                                                                            : 3;
        });
        QCOMPARE(result, 0);
    }

    void noNewPrivileges()
    {
        const int result = inChild([this] {
            ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
            const auto links = ensureHolder(m_folder.path().toStdString());
            return !links && links.error().code == ErrorCode::Unavailable && links.error().detail.contains("no_new_privs") ? 0
                                                                                                                           : 1;
        });
        QCOMPARE(result, 0);
    }

    // In there the helper's owner looks like nobody; nothing is wrong with its file.
    void insideAUserNamespace_data()
    {
        QTest::addColumn<uint>("inside");
        QTest::newRow("as root") << 0U;
        QTest::newRow("as ourselves") << ::getuid();
    }
    void insideAUserNamespace()
    {
        QFETCH(uint, inside);
        const int result = inChild([&] {
            if (!enterUserNamespace(inside))
                return 1;
            const auto links = ensureHolder(m_folder.path().toStdString());
            return !links && links.error().detail.contains("user namespace") && links.error().detail.contains("outside") ? 0 : 2;
        });
        QCOMPARE(result, 0);
    }
};

QTEST_APPLESS_MAIN(TestHelperProblem)
#include "tst_helperproblem.moc"
