// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/frame.h"
#include "gui/mainwindow.h"
#include "gui/style/icons.h"
#include "gui/style/language.h"
#include "gui/style/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLibraryInfo>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

QStringList absolutePaths(const QStringList &paths)
{
    QStringList result;
    for (const QString &path : paths)
        result.append(QDir::current().absoluteFilePath(path));
    return result;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setOrganizationName(u"berth"_s);
    QCoreApplication::setApplicationName(u"berth-desktop"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(BERTH_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Berth"_s);
    QGuiApplication::setDesktopFileName(u"org.berth.Desktop"_s);
    QTranslator ofQt; // file dialogs
    if (ofQt.load(QLocale(), u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&ofQt);
    const auto language = berth::installLanguage(QLocale());
    const int appearance = QSettings().value(u"appearance"_s, static_cast<int>(berth::Appearance::System)).toInt();
    berth::applyTheme(application, static_cast<berth::Appearance>(appearance));
    QGuiApplication::setWindowIcon(berth::applicationIcon());

    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate("main", "A container engine with a window."));
    parser.addPositionalArgument(
        u"archive"_s, QCoreApplication::translate("main", "Archives of images to import."), u"[archive...]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    const auto paths = berth::EnginePaths::fromEnvironment();
    if (!paths) {
        QMessageBox::critical(nullptr, u"Berth"_s,
            QCoreApplication::translate("main", "Berth cannot use the folder for its data.") + u"\n\n"_s
                + berth::reasonText(paths.error().code) + u'\n' + QString::fromStdString(paths.error().detail));
        return 1;
    }
    berth::MainWindow window(*paths);
    window.show();
    if (!parser.positionalArguments().isEmpty())
        window.importArchives(absolutePaths(parser.positionalArguments()));
    return QApplication::exec();
}
