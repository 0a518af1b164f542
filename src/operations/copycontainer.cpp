// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operations/containertree.h"

#include "operations/containerroot.h"
#include "operations/events.h"
#include "operations/hosttree.h"

#include <QDir>

#include <optional>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace berth {
namespace {

using namespace Qt::StringLiterals;

constexpr int pipeSize = 1024 * 1024; // the most that an ordinary user may ask for

std::unexpected<CopyFailure> ofHost(Error error) { return std::unexpected(CopyFailure{std::move(error), true}); }
std::unexpected<CopyFailure> ofContainer(Error error) { return std::unexpected(CopyFailure{std::move(error), false}); }

std::string currentFolder() { return QDir::currentPath().toStdString(); }

struct Pipe {
    UniqueFd output;
    UniqueFd input;
};
Result<Pipe> makePipe()
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0)
        return failErrno("cannot make a pipe");
    Pipe made{UniqueFd(ends[0]), UniqueFd(ends[1])};
    ::fcntl(ends[1], F_SETPIPE_SZ, pipeSize);
    return made;
}

// One container's files through one layerer. The order of the members matters: the link ends first.
class Session {
public:
    static Result<Session> open(Store &store, const QString &nameOrId, const std::string &typedName, ContainerRoot::View view)
    {
        auto root = ContainerRoot::open(store, nameOrId, view);
        if (!root)
            return std::unexpected(root.error());
        auto link = root->startLayerer();
        if (!link)
            return std::unexpected(link.error());
        return Session(std::move(*root), std::move(*link), typedName);
    }

    [[nodiscard]] const ContainerInfo &container() const { return m_root.container(); }

    Result<layerer::PathExamined> examine(const std::string &path)
    {
        NoProgress none;
        const int fds[] = {m_root.fd()};
        auto answer = m_link.ask(layerer::ExaminePath{absolutePath("/", path)}, fds, none, 0);
        if (!answer)
            return named(answer.error(), path);
        const auto *examined = std::get_if<layerer::PathExamined>(&*answer);
        return examined ? Result<layerer::PathExamined>(*examined) : fail(ErrorCode::Internal, "an unexpected answer");
    }

    Result<layerer::Message> ask(const layerer::Message &request, int stream, const std::string &path, Progress &progress)
    {
        const int fds[] = {m_root.fd(), stream};
        auto answer = m_link.ask(request, fds, progress, 0);
        if (!answer)
            return named(answer.error(), path);
        return answer;
    }

private:
    Session(ContainerRoot root, LayererLink link, std::string name)
        : m_root(std::move(root)), m_link(std::move(link)), m_name(std::move(name))
    {
    }
    [[nodiscard]] std::unexpected<Error> named(const Error &error, const std::string &path) const
    {
        if (error.code != ErrorCode::NotFound)
            return std::unexpected(error);
        return fail(ErrorCode::NotFound, "Could not find the file " + path + " in container " + m_name);
    }

    ContainerRoot m_root;
    LayererLink m_link;
    std::string m_name;
};

// What is read, once -L has been obeyed. name is what the copy calls it.
struct ContainerSource {
    std::string path; // absolute
    std::string name;
    bool isFolder = false;
};
Result<ContainerSource> findSource(Session &session, const std::string &typed, bool followsLink)
{
    if (typed.empty())
        return fail(ErrorCode::InvalidArgument, "bad parameter: path cannot be empty");
    auto examined = session.examine(typed);
    if (!examined)
        return std::unexpected(examined.error());
    ContainerSource source{absolutePath("/", typed), entryName(absolutePath("/", typed)), S_ISDIR(examined->mode)};
    if (!followsLink || !S_ISLNK(examined->mode))
        return source;
    source.path = examined->linkTarget;
    examined = session.examine(source.path);
    if (!examined)
        return std::unexpected(examined.error());
    source.isFolder = S_ISDIR(examined->mode);
    return source;
}

// Where a copy into the container goes. A missing target is no error yet: perhaps it is to be made.
Result<CopyEnd> findTarget(Session &session, const std::string &typed, const std::string &shown)
{
    CopyEnd target{typed, false, false};
    auto examined = typed.empty() ? fail(ErrorCode::NotFound, "") : session.examine(typed);
    if (examined && S_ISLNK(examined->mode)) {
        target.path = examined->linkTarget;
        examined = session.examine(target.path);
    }
    if (!examined) {
        const bool isMissing = examined.error().code == ErrorCode::NotFound
            || examined.error().code == ErrorCode::InvalidArgument;
        return isMissing ? Result<CopyEnd>(target) : std::unexpected(examined.error());
    }
    if (S_ISCHR(examined->mode) || S_ISBLK(examined->mode))
        return fail(ErrorCode::Unsupported, "destination \"" + shown + "\" must be a directory or a regular file: got a device");
    target.exists = true;
    target.isFolder = S_ISDIR(examined->mode);
    return target;
}

QStringList textsOf(const std::vector<std::string> &names)
{
    QStringList texts;
    for (const auto &name : names)
        texts += QString::fromStdString(name);
    return texts;
}

std::string shownTarget(const QString &container, const std::string &path) { return container.toStdString() + ':' + path; }

// Runs the host's end of a copy beside the layerer's, each at its end of one pipe. ours and theirs are our ends;
// theirs is closed when the layerer has answered, so that nobody waits for a side that is gone.
template<typename Host>
CopyResult runBoth(
    Session &session, const layerer::Message &request, const std::string &path, UniqueFd theirs, Host host, Progress &progress)
{
    HostCopied copied;
    Result<> hostDone;
    std::thread beside([&] { hostDone = host(copied); });
    const auto answer = session.ask(request, theirs.get(), path, progress);
    theirs.reset();
    beside.join();
    if (!answer && answer.error().code == ErrorCode::Cancelled)
        return ofContainer(answer.error());
    if (!hostDone && !copied.isPeerGone)
        return ofHost(hostDone.error());
    if (!answer)
        return ofContainer(answer.error());
    if (!hostDone)
        return ofHost(hostDone.error());
    Copied result{copied.size, {}, textsOf(copied.skipped)};
    if (const auto *read = std::get_if<layerer::TreeRead>(&*answer))
        result.skipped += textsOf(read->skipped);
    return result;
}

} // namespace

CopyResult copyFromContainer(Store &store, const QString &nameOrId, const std::string &path, const std::string &hostPath,
    const CopyOptions &options, Progress &progress)
{
    const auto target = absolutePath(currentFolder(), hostPath);
    if (auto valid = checkOutputPath(target); !valid)
        return ofHost(valid.error());
    auto session = Session::open(store, nameOrId, nameOrId.toStdString(), ContainerRoot::View::Whole);
    if (!session)
        return ofContainer(session.error());
    const auto source = findSource(*session, path, options.followsLink);
    if (!source)
        return ofContainer(source.error());
    const auto end = findHostTarget(target);
    if (!end)
        return ofHost(end.error());
    const auto plan = planCopy(source->isFolder, source->name, *end);
    if (!plan)
        return ofHost(plan.error());
    auto pipe = makePipe();
    if (!pipe)
        return ofHost(pipe.error());
    auto copied = runBoth(
        *session, layerer::ReadTree{.path = source->path, .name = plan->name}, path, std::move(pipe->input),
        [&](HostCopied &state) { return receiveHostTree(plan->folder, std::move(pipe->output), state); }, progress);
    if (!copied)
        return copied;
    copied->target = target;
    recordEvent(store, session->container(), u"archive-path"_s);
    return copied;
}

CopyResult copyToContainer(Store &store, const QString &nameOrId, const std::string &hostPath, const std::string &path,
    const CopyOptions &options, Progress &progress)
{
    auto source = openHostSource(absolutePath(currentFolder(), hostPath), options.followsLink);
    if (!source)
        return ofHost(source.error());
    auto session = Session::open(store, nameOrId, nameOrId.toStdString(), ContainerRoot::View::Whole);
    if (!session)
        return ofContainer(session.error());
    const auto target = findTarget(*session, path, shownTarget(nameOrId, path));
    if (!target)
        return ofHost(target.error());
    const auto plan = planCopy(source->isFolder, source->name, *target);
    if (!plan)
        return ofHost(plan.error());
    auto pipe = makePipe();
    if (!pipe)
        return ofHost(pipe.error());
    const layerer::WriteTree request{absolutePath("/", plan->folder), options.keepsOwners};
    auto copied = runBoth(
        *session, request, plan->folder, std::move(pipe->output),
        [&](HostCopied &state) { return sendHostTree(std::move(*source), plan->name, std::move(pipe->input), state); }, progress);
    if (!copied)
        return copied;
    copied->target = shownTarget(nameOrId, target->path);
    recordEvent(store, session->container(), u"extract-to-dir"_s);
    return copied;
}

CopyResult streamFromContainer(
    Store &store, const QString &nameOrId, const std::string &path, int output, const CopyOptions &options, Progress &progress)
{
    auto session = Session::open(store, nameOrId, nameOrId.toStdString(), ContainerRoot::View::Whole);
    if (!session)
        return ofContainer(session.error());
    const auto source = findSource(*session, path, options.followsLink);
    if (!source)
        return ofContainer(source.error());
    const auto answer = session->ask(
        layerer::ReadTree{.path = source->path, .name = entryName(source->path)}, output, path, progress);
    if (!answer)
        return ofContainer(answer.error());
    Copied copied;
    if (const auto *read = std::get_if<layerer::TreeRead>(&*answer))
        copied = {read->size, "-", textsOf(read->skipped)};
    recordEvent(store, session->container(), u"archive-path"_s);
    return copied;
}

CopyResult streamToContainer(Store &store, const QString &nameOrId, int input, const std::string &path, Progress &progress)
{
    auto session = Session::open(store, nameOrId, nameOrId.toStdString(), ContainerRoot::View::Whole);
    if (!session)
        return ofContainer(session.error());
    const auto shown = shownTarget(nameOrId, path);
    const auto target = findTarget(*session, path, shown);
    if (!target)
        return ofHost(target.error());
    if (!target->isFolder)
        return ofHost({ErrorCode::InvalidArgument, "destination \"" + shown + "\" must be a directory"});
    // Who packs a stream says whose the files are.
    const layerer::WriteTree request{absolutePath("/", target->path), true};
    const auto answer = session->ask(request, input, target->path, progress);
    if (!answer) { // a stream that is none is the caller's mistake
        const bool isDamaged = answer.error().code == ErrorCode::Corrupt;
        return ofContainer({isDamaged ? ErrorCode::InvalidArgument : answer.error().code, answer.error().detail});
    }
    recordEvent(store, session->container(), u"extract-to-dir"_s);
    return Copied{0, shownTarget(nameOrId, target->path), {}};
}

Result<> exportContainer(Store &store, const QString &nameOrId, int output, Progress &progress)
{
    auto session = Session::open(store, nameOrId, nameOrId.toStdString(), ContainerRoot::View::Bare);
    if (!session)
        return std::unexpected(session.error());
    const auto answer = session->ask(layerer::ReadTree{.path = "/", .name = {}, .contents = true}, output, "/", progress);
    if (!answer)
        return std::unexpected(answer.error());
    recordEvent(store, session->container(), u"export"_s);
    return {};
}

} // namespace berth
