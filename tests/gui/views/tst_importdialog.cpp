// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/importdialog.h"

#include "gui/views/dropoverlay.h"
#include "gui/views/elidedlabel.h"
#include "gui/views/importcard.h"
#include "ownsettings.h"

#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <optional>

using namespace berth;
using namespace Qt::StringLiterals;

namespace {

ArchivePreview preview(const QStringList &names = {u"docker.io/library/redis:latest"_s})
{
    return {.path = {},
        .size = 89'915'904,
        .format = u"Docker archive"_s,
        .compression = u"none"_s,
        .images = {{names, u"amd64"_s, 7, 3}}};
}

QString text(const QWidget &widget, const QString &name)
{
    const auto *label = widget.findChild<QLabel *>(name);
    return label->isVisibleTo(&widget) ? label->text() : QString();
}

} // namespace

class TestImportDialog : public QObject {
    Q_OBJECT
private:
    std::optional<OwnSettings> m_settings;

private Q_SLOTS:
    void initTestCase() { m_settings.emplace(); }

    void asksWhatEachFileHolds()
    {
        ImportDialog dialog;
        const QSignalSpy wanted(&dialog, &ImportDialog::previewWanted);
        dialog.addPaths({u"/a.tar"_s, u"/b.tar"_s, u"/a.tar"_s});
        dialog.addPaths({u"/b.tar"_s});
        QCOMPARE(wanted.count(), 2);
        const auto *button = dialog.findChild<QPushButton *>(u"importButton"_s);
        QVERIFY(!button->isEnabled()); // nothing is known yet
        QCOMPARE(dialog.paths(), QStringList());
        dialog.setPreview(u"/a.tar"_s, preview());
        QVERIFY(button->isEnabled());
        QCOMPARE(dialog.paths(), QStringList{u"/a.tar"_s});
        dialog.setProblem(u"/b.tar"_s, u"It is not an archive of images."_s);
        QCOMPARE(dialog.paths(), QStringList{u"/a.tar"_s});
        dialog.setPreview(u"/gone.tar"_s, preview()); // came after its card was closed
        QCOMPARE(dialog.paths(), QStringList{u"/a.tar"_s});
    }

    void cardsTellWhatIsInside()
    {
        ImportCard card(u"/home/x/redis image.tar"_s);
        card.show();
        QCOMPARE(text(card, u"nameLabel"_s), u"redis image.tar"_s);
        QVERIFY(!card.isImportable());
        card.setPreview(preview({u"docker.io/library/redis:latest"_s, u"ghcr.io/x/y:1"_s}));
        QCOMPARE(text(card, u"namesLabel"_s), u"redis:latest, ghcr.io/x/y:1"_s);
        const QString facts = text(card, u"factsLabel"_s);
        for (const QString &part : {u"Docker archive"_s, u"89.9MB"_s, u"amd64"_s, u"7 layer"_s, u"3 already here"_s})
            QVERIFY2(facts.contains(part), qPrintable(facts));
        QVERIFY(card.isImportable());

        ImportCard compressed(u"/x.tar.zst"_s);
        compressed.show();
        compressed.setPreview({.path = {}, .size = 5, .format = {}, .compression = u"zstd"_s, .images = {}});
        QVERIFY(!text(compressed, u"namesLabel"_s).isEmpty());
        QVERIFY(text(compressed, u"factsLabel"_s).contains(u"zstd"_s));
        QVERIFY(compressed.isImportable());

        ImportCard broken(u"/x.pdf"_s);
        broken.show();
        broken.setProblem(u"No."_s);
        QCOMPARE(text(broken, u"problemLabel"_s), u"No."_s);
        QCOMPARE(text(broken, u"namesLabel"_s), QString());
        QVERIFY(!broken.isImportable());
        broken.setPreview(preview()); // a second look found it readable
        QCOMPARE(text(broken, u"problemLabel"_s), QString());
        QVERIFY(!text(broken, u"namesLabel"_s).isEmpty());
    }

    void sameAsTheCommands()
    {
        ImportDialog dialog;
        dialog.addPaths({u"/tmp/a b.tar"_s, u"/tmp/c.tar"_s});
        dialog.setPreview(u"/tmp/a b.tar"_s, preview());
        dialog.setPreview(u"/tmp/c.tar"_s, preview());
        dialog.show();
        QCOMPARE(text(dialog, u"commandLabel"_s), u"berth load -i '/tmp/a b.tar'\nberth load -i /tmp/c.tar"_s);
        QVERIFY(dialog.findChild<QPushButton *>(u"importButton"_s)->text().contains(u'2'));
    }

    void filesCanBeLeftOut()
    {
        ImportDialog dialog;
        dialog.addPaths({u"/a.tar"_s, u"/b.tar"_s});
        dialog.setPreview(u"/a.tar"_s, preview());
        dialog.setPreview(u"/b.tar"_s, preview());
        dialog.findChild<ImportCard *>()->findChild<QToolButton *>()->click();
        QCOMPARE(dialog.paths(), QStringList{u"/b.tar"_s});
        dialog.addPaths({u"/a.tar"_s}); // and taken in again
        QCOMPARE(dialog.findChildren<ImportCard *>().size() >= 2, true);
        QCOMPARE(dialog.paths(), QStringList{u"/b.tar"_s});
    }

    // However long a name is, the card and its button are in view.
    void longNamesDoNotPushTheButtonOut()
    {
        ImportDialog dialog;
        const QString path = u"/home/someone/"_s + QString(200, u'n') + u".tar"_s;
        dialog.addPaths({path});
        dialog.setPreview(path, preview({u"registry.example.org/"_s + QString(150, u'x') + u":tag"_s}));
        dialog.show();
        QCoreApplication::processEvents();
        const auto *area = dialog.findChild<QScrollArea *>();
        const auto *button = dialog.findChild<ImportCard *>()->findChild<QToolButton *>();
        const QRect place(button->mapTo(area->viewport(), QPoint()), button->size());
        QVERIFY(area->viewport()->rect().contains(place));
        QCOMPARE(dialog.findChild<ElidedLabel *>()->toolTip(), path);
    }

    void takesDrops()
    {
        ImportDialog dialog;
        dialog.show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/tmp/새 이미지.tar"_s), QUrl(u"https://example.org/x.tar"_s),
            QUrl::fromLocalFile(u"/tmp/folder"_s)});
        QCOMPARE(ImportDialog::localPaths(&data), (QStringList{u"/tmp/새 이미지.tar"_s, u"/tmp/folder"_s}));
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(&dialog, &enter);
        QVERIFY(enter.isAccepted());
        const QSignalSpy wanted(&dialog, &ImportDialog::previewWanted);
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&dialog, &drop);
        QCOMPARE(wanted.count(), 2);

        QMimeData other;
        other.setText(u"just text"_s);
        other.setUrls({QUrl(u"https://example.org/x.tar"_s)});
        QDragEnterEvent refused({10, 10}, Qt::CopyAction, &other, Qt::LeftButton, {});
        refused.ignore();
        QCoreApplication::sendEvent(&dialog, &refused);
        QVERIFY(!refused.isAccepted());
    }

    void overlayLetsThePointerThrough()
    {
        QWidget window;
        window.resize(400, 300);
        DropOverlay overlay(&window);
        QVERIFY(overlay.isHidden());
        QVERIFY(overlay.testAttribute(Qt::WA_TransparentForMouseEvents)); // the window below takes the drop
        overlay.coverWindow();
        window.show();
        QCOMPARE(overlay.geometry(), window.rect());
        QVERIFY(!overlay.grab().toImage().allGray());
    }

    void overlayLeavesRoomForRows()
    {
        QWidget window;
        window.resize(400, 300);
        DropOverlay overlay(&window);
        overlay.showStrip({});
        window.show();
        QVERIFY(overlay.isVisible());
        QVERIFY(overlay.height() < 100 && overlay.y() == 0);
        const QImage images = overlay.grab().toImage();
        overlay.showStrip(u"web"_s);
        QVERIFY(overlay.grab().toImage() != images); // it says another thing
        overlay.coverWindow();
        QCOMPARE(overlay.geometry(), window.rect());
    }

    void dialogEndsByKey()
    {
        ImportDialog dialog;
        dialog.addPaths({u"/a.tar"_s});
        dialog.show();
        QTest::keyClick(&dialog, Qt::Key_Return);
        QVERIFY(dialog.isVisible()); // nothing to import yet
        dialog.setPreview(u"/a.tar"_s, preview());
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
