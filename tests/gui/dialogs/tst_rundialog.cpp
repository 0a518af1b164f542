// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/dialogs/rundialog.h"

#include "../samples.h"
#include "cli/containerflags.h"
#include "cli/runrequest.h"
#include "core/shellwords.h"
#include "gui/style/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QThread>
#include <QToolButton>

using namespace berth;
using namespace Qt::StringLiterals;
using samples::image;

namespace {

// The dialog and its fields by name, as a person finds them by label.
class Opened {
public:
    explicit Opened(const QString &chosen = {}, const QList<ImageInfo> &images = someImages())
        : dialog(images, chosen, {u"db"_s, u"web"_s})
    {
        dialog.show();
    }
    static QList<ImageInfo> someImages()
    {
        return {image("new", {u"docker.io/library/busybox:latest"_s}, 1, 0),
            image("redis", {u"docker.io/library/redis:8"_s, u"docker.io/library/redis:latest"_s}, 1, 0), image("none", {}, 1, 0)};
    }
    template<typename Widget> Widget *field(const QString &name) const { return dialog.findChild<Widget *>(name); }
    void type(const QString &name, const QString &text) const { field<QLineEdit>(name)->setText(text); }
    void lines(const QString &name, const QString &text) const { field<QPlainTextEdit>(name)->setPlainText(text); }
    void chooseImage(const QString &text) const { field<QComboBox>(u"imageCombo"_s)->setCurrentText(text); }
    [[nodiscard]] QString problem(const QString &name) const
    {
        const auto *label = field<QLabel>(name + u"ProblemLabel"_s);
        return label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] QString line() const { return field<QLabel>(u"commandLabel"_s)->text(); }
    [[nodiscard]] bool canRun() const { return field<QPushButton>(u"runButton"_s)->isEnabled(); }

    RunDialog dialog;
};

// The line as the command reads it.
std::optional<RunOptions> readByTheCommand(const QString &line)
{
    static const Command command{
        .paths = {}, .usage = {}, .summary = {}, .example = {}, .flags = runFlags, .arity = {1, -1}, .stopsAtArgument = true};
    const auto words = splitShellWords(line);
    if (!words || words->value(0) != "berth"_L1 || words->value(1) != "run"_L1)
        return std::nullopt;
    std::vector<std::string> list;
    for (const QString &word : words->mid(2))
        list.push_back(word.toStdString());
    const auto parsed = parseLine(runFlags, list, true);
    if (!parsed)
        return std::nullopt;
    auto request = parseRunRequest({command, "run", parsed->flags, parsed->arguments});
    if (!request)
        return std::nullopt;
    for (MountOption &mount : request->options.mounts) // says something about folders of the host only
        mount.createSource = mount.createSource && mount.kind == MountOption::Kind::Bind;
    return request->options;
}

} // namespace

class TestRunDialog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }

    void beginsWithSomethingThatRuns()
    {
        const Opened newest;
        QCOMPARE(newest.dialog.options()->image, u"busybox:latest"_s);
        QVERIFY(newest.canRun());
        QVERIFY(newest.field<QPushButton>(u"runButton"_s)->isDefault());
        const auto *combo = newest.field<QComboBox>(u"imageCombo"_s);
        QCOMPARE(combo->count(), 4); // one for each name, and the one without

        const Opened chosen(u"redis:latest"_s);
        QCOMPARE(chosen.dialog.options()->image, u"redis:latest"_s);
        QCOMPARE(chosen.field<QLineEdit>(u"commandEdit"_s)->placeholderText(), u"redis-server"_s);
        QVERIFY(chosen.field<QLineEdit>(u"nameEdit"_s)->hasFocus() || !chosen.dialog.isActiveWindow());
        QVERIFY(!chosen.field<QWidget>(u"moreWidget"_s)->isVisible());
    }

    void valuesBecomeOptions()
    {
        const Opened opened(u"redis:8"_s);
        opened.type(u"nameEdit"_s, u" cache "_s);
        opened.type(u"commandEdit"_s, u"redis-server --save ''"_s);
        opened.field<QCheckBox>(u"terminalCheck"_s)->setChecked(true);
        opened.field<QCheckBox>(u"removeCheck"_s)->setChecked(true);
        opened.field<QToolButton>(u"moreButton"_s)->click();
        QVERIFY(opened.field<QWidget>(u"moreWidget"_s)->isVisible());
        opened.type(u"portsEdit"_s, u" 8080:80  127.0.0.1:8000-8001:90-91 53/udp "_s);
        opened.type(u"folderEdit"_s, u"/work"_s);
        opened.type(u"userEdit"_s, u"1000:1000"_s);
        opened.lines(u"environmentEdit"_s, u"A=1\n\n  EMPTY=\nNOTE=it's $HOME\nEQ=a=b"_s);
        opened.lines(u"volumesEdit"_s, u"/srv/a b:/data:ro\ncache:/var/cache\n/anonymous\n"_s);
        const auto options = opened.dialog.options();
        QVERIFY(options.has_value());
        QCOMPARE(options->name, u"cache"_s);
        QCOMPARE(options->command, (QStringList{u"redis-server"_s, u"--save"_s, QString()}));
        QVERIFY(options->interactive && options->terminal && options->autoRemove && !options->detached);
        QCOMPARE(options->workingDirectory, u"/work"_s);
        QCOMPARE(options->user, u"1000:1000"_s);
        QVERIFY(opened.line().contains(u" -p 8080:80 -p 127.0.0.1:8000:90 -p 127.0.0.1:8001:91 -p 53/udp "_s));
        QCOMPARE(readByTheCommand(opened.line())->publishedPorts, options->publishedPorts);
        QCOMPARE(options->environment, (QStringList{u"A=1"_s, u"EMPTY="_s, u"NOTE=it's $HOME"_s, u"EQ=a=b"_s}));
        QCOMPARE(options->mounts.size(), 3);
        QVERIFY(options->mounts.first().readOnly && options->mounts.first().createSource);
    }

    void portsThatAreNone()
    {
        const Opened opened;
        opened.field<QToolButton>(u"moreButton"_s)->click();
        opened.type(u"portsEdit"_s, u"8080:80 web"_s);
        QCOMPARE(opened.problem(u"ports"_s), u"“web” is not of the form 8080:80."_s);
        QVERIFY(!opened.canRun());
        QVERIFY(!opened.field<QToolButton>(u"moreButton"_s)->isEnabled());
        opened.type(u"portsEdit"_s, u"8080:80"_s);
        QVERIFY(opened.canRun());
    }

    void withoutATerminalItIsDetached()
    {
        const Opened opened;
        opened.field<QCheckBox>(u"terminalCheck"_s)->setChecked(false);
        QVERIFY(opened.dialog.options()->detached);
        QVERIFY(opened.line().startsWith(u"berth run -d "_s));
    }

    // What is shown as the same command is the same for the command.
    void shownLineMeansTheSame_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("volumes");
        QTest::addColumn<bool>("terminal");
        QTest::newRow("plain") << QString() << QString() << QString() << false;
        QTest::newRow("terminal") << u"sh"_s << QString() << QString() << true;
        QTest::newRow("quotes") << u"sh -c 'echo \"$1\" | tr a b' -- \"it's\""_s << u"A=it's\nB=a b\nC=\"x\"\nD=\\"_s << QString()
                                << true;
        QTest::newRow("looks like flags") << u"--rm -v /a:/b --name x"_s << u"-v=1"_s << QString() << false;
        QTest::newRow("volumes") << u"ls"_s << QString() << u"/a b:/c:ro\nvol:/d\n/e\n/f:ro"_s << false;
        QTest::newRow("korean") << u"echo 안녕"_s << u"이름=값"_s << u"/집:/집"_s << true;
        QTest::newRow("comma") << QString() << QString() << u"/a,b:/c,d\n/\"q\":/q"_s << false;
    }
    void shownLineMeansTheSame()
    {
        QFETCH(QString, command);
        QFETCH(QString, environment);
        QFETCH(QString, volumes);
        QFETCH(bool, terminal);
        const Opened opened(u"redis:8"_s);
        opened.type(u"commandEdit"_s, command);
        opened.lines(u"environmentEdit"_s, environment);
        opened.lines(u"volumesEdit"_s, volumes);
        opened.field<QCheckBox>(u"terminalCheck"_s)->setChecked(terminal);
        opened.type(u"nameEdit"_s, u"name.1"_s);
        const auto options = opened.dialog.options();
        QVERIFY(options.has_value());
        const auto read = readByTheCommand(opened.line());
        QVERIFY2(read.has_value(), qPrintable(opened.line()));
        QVERIFY2(*read == *options, qPrintable(opened.line()));
        opened.field<QToolButton>(u"copyButton"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), opened.line());
    }

    void problemsAreShownWhileTyping_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("wrong");
        QTest::addColumn<QString>("right");
        QTest::newRow("name taken") << u"name"_s << u"web"_s << u"web2"_s;
        QTest::newRow("name odd") << u"name"_s << u"-x"_s << u"x-"_s;
        QTest::newRow("open quote") << u"command"_s << u"echo 'a"_s << u"echo 'a'"_s;
        QTest::newRow("image unknown") << u"image"_s << u"mysql"_s << u"redis"_s;
        QTest::newRow("image empty") << u"image"_s << QString() << u"redis:8"_s;
        QTest::newRow("image not a name") << u"image"_s << u"Redis:"_s << u"docker.io/library/redis"_s;
        QTest::newRow("image id") << u"image"_s << u"ffffffffffff"_s << Digest::ofBytes("none").shortHex();
        QTest::newRow("folder") << u"folder"_s << u"data"_s << u"/data"_s;
        QTest::newRow("environment") << u"environment"_s << u"A=1\nNAME"_s << u"A=1\nNAME="_s;
        QTest::newRow("environment without a name") << u"environment"_s << u"=1"_s << u"A=1"_s;
        QTest::newRow("volume") << u"volumes"_s << u"/a:/b\nsrc:dst"_s << u"/a:/b\nsrc:/dst"_s;
    }
    void problemsAreShownWhileTyping()
    {
        QFETCH(QString, field);
        QFETCH(QString, wrong);
        QFETCH(QString, right);
        const Opened opened(u"redis:8"_s);
        opened.field<QToolButton>(u"moreButton"_s)->click();
        const auto put = [&](const QString &text) {
            if (field == "image"_L1)
                opened.chooseImage(text);
            else if (field == "environment"_L1 || field == "volumes"_L1)
                opened.lines(field + u"Edit"_s, text);
            else
                opened.type(field + u"Edit"_s, text);
        };
        QCOMPARE(opened.problem(field), QString());
        const QString before = opened.line();
        put(wrong);
        QVERIFY(!opened.problem(field).isEmpty());
        QVERIFY(!opened.canRun());
        QVERIFY(!opened.field<QPushButton>(u"createButton"_s)->isEnabled());
        QVERIFY(!opened.dialog.options().has_value());
        QVERIFY(!opened.field<QLabel>(u"commandLabel"_s)->isEnabled()); // the line is not of this any more
        QTest::keyClick(const_cast<RunDialog *>(&opened.dialog), Qt::Key_Return);
        QVERIFY(opened.dialog.isVisible());
        put(right);
        QCOMPARE(opened.problem(field), QString());
        QVERIFY(opened.canRun());
        QVERIFY(opened.field<QLabel>(u"commandLabel"_s)->isEnabled());
        QVERIFY(opened.line() != before || opened.line().contains(u"redis:8"_s));
    }

    // A reason why nothing can be pressed is never out of sight.
    void problemsAreNotFoldedAway()
    {
        const Opened opened;
        auto *more = opened.field<QToolButton>(u"moreButton"_s);
        more->click();
        opened.type(u"folderEdit"_s, u"relative"_s);
        more->click();
        QVERIFY(!opened.problem(u"folder"_s).isEmpty());
        opened.type(u"folderEdit"_s, {});
        more->click();
        QVERIFY(!opened.field<QWidget>(u"moreWidget"_s)->isVisible());
    }

    void noImagesAtAll()
    {
        const Opened opened(QString(), {});
        QVERIFY(!opened.canRun());
        QVERIFY(!opened.problem(u"image"_s).isEmpty());
    }

    void buttonsSayWhatWasWanted()
    {
        Opened run;
        run.field<QPushButton>(u"runButton"_s)->click();
        QCOMPARE(run.dialog.result(), int(QDialog::Accepted));
        QCOMPARE(run.dialog.start(), RunDialog::Start::Run);
        Opened create;
        create.field<QPushButton>(u"createButton"_s)->click();
        QCOMPARE(create.dialog.result(), int(QDialog::Accepted));
        QCOMPARE(create.dialog.start(), RunDialog::Start::CreateOnly);
        Opened cancel;
        QTest::keyClick(&cancel.dialog, Qt::Key_Escape);
        QCOMPARE(cancel.dialog.result(), int(QDialog::Rejected));
        QVERIFY(!cancel.dialog.isVisible());
        Opened enter;
        QTest::keyClick(enter.field<QLineEdit>(u"nameEdit"_s), Qt::Key_Return);
        QCOMPARE(enter.dialog.result(), int(QDialog::Accepted));
    }

    void limits()
    {
        const Opened opened;
        opened.field<QToolButton>(u"moreButton"_s)->click();
        opened.type(u"memoryEdit"_s, u" 512m "_s);
        opened.type(u"cpusEdit"_s, u"0.5"_s);
        const auto options = opened.dialog.options();
        QVERIFY(options.has_value());
        QCOMPARE(options->resources, (Resources{.memory = 512 << 20, .nanoCpus = 500'000'000}));
        QVERIFY2(opened.line().contains(u" -m 536870912 --cpus 0.5 "_s), qPrintable(opened.line()));
        QCOMPARE(readByTheCommand(opened.line())->resources, options->resources);
        const std::tuple<const char16_t *, const char16_t *, const char16_t *> wrong[] = {
            {u"much", u"", u"“much” is not an amount of memory such as 512m."},
            {u"5m", u"", u"A container needs at least 6 MB of memory."},
            {u"", u"1,5", u"“1,5” is not a number of CPUs such as 1.5."}};
        for (const auto &[memory, cpus, problem] : wrong) {
            opened.type(u"memoryEdit"_s, QString::fromUtf16(memory));
            opened.type(u"cpusEdit"_s, QString::fromUtf16(cpus));
            QCOMPARE(opened.problem(u"limits"_s), QString::fromUtf16(problem));
            QVERIFY(!opened.canRun());
        }
        opened.type(u"memoryEdit"_s, {});
        opened.type(u"cpusEdit"_s, u"100000"_s);
        QCOMPARE(opened.problem(u"limits"_s), u"This machine has %1 CPUs."_s.arg(QThread::idealThreadCount()));
        opened.type(u"cpusEdit"_s, {});
        QVERIFY(opened.canRun());
    }

    // Tab visits every field from top to bottom, and comes round.
    void tabVisitsEverything()
    {
        Opened opened;
        opened.field<QToolButton>(u"moreButton"_s)->click();
        opened.dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&opened.dialog));
        opened.field<QComboBox>(u"imageCombo"_s)->setFocus();
        QStringList visited;
        for (int step = 0; step < 20 && !visited.contains(QApplication::focusWidget()->objectName()); ++step) {
            visited.append(QApplication::focusWidget()->objectName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        const QStringList expected{u"imageCombo"_s, u"nameEdit"_s, u"commandEdit"_s, u"terminalCheck"_s, u"removeCheck"_s,
            u"moreButton"_s, u"portsEdit"_s, u"folderEdit"_s, u"userEdit"_s, u"environmentEdit"_s, u"volumesEdit"_s,
            u"addFolderButton"_s, u"memoryEdit"_s, u"cpusEdit"_s, u"copyButton"_s, u"cancelButton"_s, u"createButton"_s,
            u"runButton"_s};
        QCOMPARE(visited, expected);
    }
};

QTEST_MAIN(TestRunDialog)
#include "tst_rundialog.moc"
