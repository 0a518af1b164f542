// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/enginepaths.h"

#include "base/io.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

// Variables that are not absolute paths must be ignored. Source: XDG Base Directory Specification.
QString absoluteVariable(const char *name)
{
    const QString value = qEnvironmentVariable(name);
    return QDir::isAbsolutePath(value) ? QDir::cleanPath(value) : QString();
}

Result<> makeParents(const QString &path)
{
    const QString parent = QFileInfo(path).path();
    struct stat status = {};
    if (::stat(QFile::encodeName(parent).constData(), &status) == 0)
        return {};
    if (parent == path)
        return failErrno("cannot reach the folder " + path.toStdString());
    if (auto made = makeParents(parent); !made)
        return made;
    if (::mkdir(QFile::encodeName(parent).constData(), 0700) < 0 && errno != EEXIST)
        return failErrno("cannot create the folder " + parent.toStdString());
    return {};
}

// Our folders hold sockets, set-uid files of images and everybody's data: nobody else may look
// inside, and nobody else may have made them for us.
Result<> makePrivateFolder(const QString &path)
{
    if (auto made = makeParents(path); !made)
        return made;
    const std::string name = QFile::encodeName(path).toStdString();
    if (::mkdir(name.c_str(), 0700) < 0 && errno != EEXIST)
        return failErrno("cannot create the folder " + name);
    const auto folder = openFile(AT_FDCWD, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!folder)
        return std::unexpected(folder.error());
    struct stat status = {};
    if (::fstat(folder->get(), &status) < 0)
        return failErrno("cannot examine the folder " + name);
    if (status.st_uid != ::geteuid())
        return fail(ErrorCode::PermissionDenied,
            "the folder " + name + " belongs to user " + std::to_string(status.st_uid) + ", not to you ("
                + std::to_string(::geteuid()) + ")");
    if ((status.st_mode & 077) != 0 && ::fchmod(folder->get(), 0700) < 0)
        return failErrno("the folder " + name + " is open to other users and cannot be closed");
    return {};
}

// The folder that the session manager made for this user, if it is really his.
QString systemRuntimeFolder()
{
    QString folder = u"/run/user/"_s + QString::number(::geteuid());
    struct stat status = {};
    if (::lstat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid()
        && (status.st_mode & 077) == 0)
        return folder;
    return {};
}

} // namespace

Result<EnginePaths> EnginePaths::fromEnvironment()
{
    EnginePaths paths;
    QString dataHome = absoluteVariable("XDG_DATA_HOME");
    if (dataHome.isEmpty()) {
        const QString home = absoluteVariable("HOME");
        dataHome = (home.isEmpty() ? QDir::homePath() : home) + "/.local/share"_L1;
    }
    paths.data = dataHome + "/berth"_L1;
    if (auto made = makePrivateFolder(paths.data); !made)
        return std::unexpected(made.error());

    QString runtimeHome = absoluteVariable("XDG_RUNTIME_DIR");
    if (runtimeHome.isEmpty())
        runtimeHome = systemRuntimeFolder();
    paths.runtime = runtimeHome.isEmpty() ? paths.data + "/run"_L1 : runtimeHome + "/berth"_L1;
    if (auto made = makePrivateFolder(paths.runtime); !made)
        return std::unexpected(made.error());
    return paths;
}

} // namespace berth
