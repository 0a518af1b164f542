// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storefixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

constexpr int processCount = 8;
constexpr int roundCount = 25;

// One worker does what many short commands do: a new Store for every verb, so that connections open and
// close while others write, and the last one to leave cleans up under the feet of the next.
Result<> work(const EnginePaths &paths, int worker)
{
    const LayerRecord layer = StoreFixture::layer("one");
    const QByteArray config = StoreFixture::config(layer);
    for (int i = 0; i < roundCount; ++i) {
        auto store = Store::open(paths);
        if (!store)
            return std::unexpected(store.error());
        if (auto added = store->addImage(config, {layer}, {StoreFixture::name(u"redis")}); !added)
            return wrap("add image", added.error());
        ContainerInfo container;
        container.id = u"%1%2"_s.arg(worker, 4, 16, QChar(u'0')).arg(i, 60, 16, QChar(u'0'));
        container.name = u"w%1-%2"_s.arg(worker).arg(i);
        container.imageId = Digest::ofBytes(config);
        container.created = QDateTime::currentDateTimeUtc();
        if (auto added = store->addContainer(container); !added)
            return wrap("add container", added.error());
        store = Store::open(paths);
        if (!store)
            return std::unexpected(store.error());
        if (auto listed = store->containers(); !listed)
            return wrap("list", listed.error());
        if (auto renamed = store->renameContainer(container.id, container.name + u'x'); !renamed)
            return wrap("rename", renamed.error());
        if (i % 2 == 0) {
            if (auto removed = store->removeContainer(container.id); !removed)
                return wrap("remove", removed.error());
        }
    }
    return {};
}

} // namespace

class TestStoreProcesses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nobodyIsToldThatTheDatabaseIsLocked()
    {
        const StoreFixture fixture;
        std::vector<std::unique_ptr<QProcess>> workers;
        for (int worker = 0; worker < processCount; ++worker) {
            workers.push_back(std::make_unique<QProcess>());
            workers.back()->start(
                QCoreApplication::applicationFilePath(), {u"--work"_s, fixture.paths().data, QString::number(worker)});
        }
        for (const auto &worker : workers) {
            QVERIFY(worker->waitForFinished(240'000));
            QCOMPARE(QString::fromUtf8(worker->readAllStandardError()), QString());
            QCOMPARE(worker->exitCode(), 0);
        }
        const auto store = fixture.open();
        QVERIFY(store.has_value());
        QCOMPARE(store->containers().value().size(), processCount * (roundCount / 2));
        QCOMPARE(store->images().value().size(), 1);
    }

    void oneOfManyGetsTheName()
    {
        const StoreFixture fixture;
        std::vector<std::unique_ptr<QProcess>> workers;
        for (int worker = 0; worker < processCount; ++worker) {
            workers.push_back(std::make_unique<QProcess>());
            workers.back()->start(
                QCoreApplication::applicationFilePath(), {u"--take-name"_s, fixture.paths().data, QString::number(worker)});
        }
        int winners = 0;
        for (const auto &worker : workers) {
            QVERIFY(worker->waitForFinished(120'000));
            winners += worker->exitCode() == 0 ? 1 : 0;
            QVERIFY(worker->exitCode() == 0 || worker->exitCode() == 2);
        }
        QCOMPARE(winners, 1);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const EnginePaths paths{.data = arguments.value(2), .runtime = arguments.value(2)};
    if (arguments.value(1) == u"--work"_s) {
        const auto done = work(paths, arguments[3].toInt());
        if (!done)
            std::fprintf(stderr, "%s\n", done.error().detail.c_str());
        return done ? 0 : 1;
    }
    if (arguments.value(1) == u"--take-name"_s) {
        auto store = Store::open(paths);
        const LayerRecord layer = StoreFixture::layer("one");
        const QByteArray config = StoreFixture::config(layer);
        if (!store || !store->addImage(config, {layer}, {}))
            return 1;
        ContainerInfo container;
        container.id = u"%1"_s.arg(arguments[3].toInt(), 64, 16, QChar(u'0'));
        container.name = u"the-one"_s;
        container.imageId = Digest::ofBytes(config);
        container.created = QDateTime::currentDateTimeUtc();
        const auto added = store->addContainer(container);
        if (added)
            return 0;
        return added.error().code == ErrorCode::AlreadyExists ? 2 : 1;
    }
    TestStoreProcesses test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_storeprocesses.moc"
