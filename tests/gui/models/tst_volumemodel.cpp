// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/volumemodel.h"

#include "../samples.h"
#include "gui/models/listfilter.h"
#include "gui/style/language.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QTranslator>

#include <memory>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::volume;

namespace {

ContainerInfo userOf(const QString &name, const QStringList &volumes)
{
    ContainerInfo made = samples::container(name, ContainerState::Exited);
    for (const QString &source : volumes)
        made.options.mounts.append({.kind = MountOption::Kind::Volume, .source = source, .target = u"/data"_s});
    made.options.mounts.append({.kind = MountOption::Kind::Bind, .source = u"/home"_s, .target = u"/home"_s});
    return made;
}

} // namespace

class TestVolumeModel : public QObject {
    Q_OBJECT
private:
    static QString text(const QAbstractItemModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
    static QStringList names(const QAbstractItemModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.rowCount(); ++row)
            names.append(text(model, row, 0));
        return names;
    }

    std::unique_ptr<QTranslator> m_english; // has the plurals

private Q_SLOTS:
    void initTestCase() { m_english = installLanguage(QLocale(QLocale::English)); }

    void snapshotsAreDiffed()
    {
        VolumeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setVolumes({volume(u"a"_s), volume(u"b"_s)}, samples::now);
        const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        auto used = volume(u"b"_s);
        used.containers = 1;
        model.setVolumes({used, volume(u"c"_s)}, samples::now);
        QCOMPARE(names(model), (QStringList{u"b"_s, u"c"_s}));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(changed.count(), 1);
        model.setVolumes({used, volume(u"c"_s)}, samples::now);
        QCOMPARE(changed.count(), 1); // nothing new, nothing said
    }

    void tellsWhoUsesIt()
    {
        VolumeModel model;
        auto used = volume(u"data"_s);
        used.containers = 2;
        model.setVolumes({used, volume(u"idle"_s)}, samples::now);
        QCOMPARE(text(model, 0, VolumeModel::UsedBy), u"2 containers"_s); // before their names are known
        model.setContainers({userOf(u"web"_s, {u"data"_s}), userOf(u"db"_s, {u"data"_s, u"data"_s})});
        QCOMPARE(text(model, 0, VolumeModel::UsedBy), u"web, db"_s);
        QCOMPARE(text(model, 1, VolumeModel::UsedBy), u"not used"_s);
        const auto buttons = [&model](int row) {
            return model.index(row, VolumeModel::Buttons).data(ButtonsRole).value<QList<RowButton>>();
        };
        QVERIFY(!buttons(0).first().enabled); // what is in use cannot be removed
        QVERIFY(buttons(1).first().enabled);
    }

    void sizesComeLater()
    {
        VolumeModel model;
        model.setVolumes({volume(u"a"_s), volume(u"b"_s)}, samples::now);
        QVERIFY(!model.sizeOf(u"a"_s));
        QCOMPARE(text(model, 0, VolumeModel::Size), u"…"_s);
        QCOMPARE(model.totals(), u"2 volumes · 2 not used by any container"_s);
        const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setSizes({{u"a"_s, 0}, {u"b"_s, 12'345'678}});
        QCOMPARE(changed.count(), 2);
        QCOMPARE(text(model, 0, VolumeModel::Size), u"0B"_s); // known to be empty
        QCOMPARE(text(model, 1, VolumeModel::Size), u"12.3MB"_s);
        QCOMPARE(model.totals(), u"2 volumes, 12.3MB · 2 not used by any container, 12.3MB"_s);
        // Another volume of that name is another volume.
        model.setVolumes({volume(u"b"_s)}, samples::now);
        model.setVolumes({volume(u"a"_s), volume(u"b"_s)}, samples::now);
        QVERIFY(!model.sizeOf(u"a"_s));
    }

    void sortsAndFilters()
    {
        VolumeModel model;
        ListFilter filter(&model);
        auto anonymous = volume(QString(64, u'0'));
        anonymous.anonymous = true;
        auto labelled = volume(u"Zeta"_s);
        labelled.labels = {{u"team"_s, u"shop"_s}, {u"keep"_s, {}}};
        auto used = volume(u"alpha"_s);
        used.containers = 1;
        model.setVolumes({anonymous, labelled, used}, samples::now);
        model.setContainers({userOf(u"web"_s, {u"alpha"_s})});
        model.setSizes({{anonymous.name, 9}, {u"Zeta"_s, 1000}, {u"alpha"_s, 70}});
        filter.sort(VolumeModel::Name);
        QCOMPARE(names(filter), (QStringList{u"alpha"_s, u"Zeta"_s, anonymous.name}));
        filter.sort(VolumeModel::Size, Qt::DescendingOrder);
        QCOMPARE(names(filter), (QStringList{u"Zeta"_s, u"alpha"_s, anonymous.name}));
        QCOMPARE(text(model, 1, VolumeModel::Labels), u"keep, team=shop"_s);
        filter.setText(u"TEAM shop"_s);
        QCOMPARE(names(filter), QStringList{u"Zeta"_s});
        filter.setText(u"web"_s); // by who uses it
        QCOMPARE(names(filter), QStringList{u"alpha"_s});
        filter.setText({});
        filter.setKind(ListFilter::Kind::Idle);
        QCOMPARE(names(filter), (QStringList{u"Zeta"_s, anonymous.name}));
    }
};

QTEST_MAIN(TestVolumeModel)
#include "tst_volumemodel.moc"
