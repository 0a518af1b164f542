// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/unpacklayers.h"

#include "base/io.h"
#include "base/tarheader.h"

#include <algorithm>
#include <numeric>
#include <thread>

#include <fcntl.h>
#include <poll.h>

namespace berth {
namespace {

constexpr int cancelCheckMilliseconds = 50; // how late a cancel may be noticed

class Unpacking {
public:
    Unpacking(const QList<UnpackJob> &jobs, int staging, int layers, const StartLayerer &start, Progress &progress, qint64 done,
        qint64 total)
        : m_jobs(jobs), m_staging(staging), m_layers(layers), m_start(start), m_progress(progress), m_done(done), m_total(total),
          m_read(static_cast<std::size_t>(jobs.size()))
    {
    }

    Result<UnpackedLayers> run();

private:
    struct Worker {
        LayererLink link;
        qsizetype job = -1;
    };

    Result<> runQueue(std::vector<qsizetype> queue, std::size_t workerCount);
    Result<> begin(Worker &worker, qsizetype job);
    Result<> sendLower(const Worker &worker, const UnpackJob &job);
    Result<UniqueFd> openTree(const Digest &chainId) const;
    Result<bool> hear(Worker &worker); // true: its job is done
    void report();

    const QList<UnpackJob> &m_jobs;
    int m_staging;
    int m_layers;
    const StartLayerer &m_start;
    Progress &m_progress;
    qint64 m_done;
    qint64 m_total;
    std::vector<qint64> m_read;          // bytes of each job
    std::vector<qsizetype> m_needLower;  // to be tried again when all other layers are there
    bool m_givesLower = false;
    UnpackedLayers m_result;
};

// While it is unpacked and when it is whole. A second try does not meet what the first one left.
std::string unfinishedName(const UnpackJob &job, bool isSecondTry)
{
    return job.layer.chainId.hex().toStdString() + (isSecondTry ? ".2" : ".1");
}
std::string finishedName(const UnpackJob &job) { return job.layer.chainId.hex().toStdString(); }

Result<UniqueFd> Unpacking::openTree(const Digest &chainId) const
{
    const std::string path = chainId.hex().toStdString() + "/tree";
    for (const int parent : {m_staging, m_layers}) {
        if (auto tree = openFile(parent, path, O_PATH | O_DIRECTORY | O_NOFOLLOW))
            return tree;
    }
    return fail(ErrorCode::NotFound, "a lower layer is not in its place");
}

Result<> Unpacking::sendLower(const Worker &worker, const UnpackJob &job)
{
    std::vector<UniqueFd> trees;
    const auto flush = [&]() -> Result<> {
        std::vector<int> fds;
        for (const auto &tree : trees)
            fds.push_back(tree.get());
        auto sent = worker.link.send(layerer::LowerTrees{}, fds);
        trees.clear();
        return sent;
    };
    for (const auto &chainId : job.lower) {
        auto tree = openTree(chainId);
        if (!tree)
            return std::unexpected(tree.error());
        trees.push_back(std::move(*tree));
        if (trees.size() == maxMessageFds) {
            if (auto sent = flush(); !sent)
                return sent;
        }
    }
    return trees.empty() ? Result<>() : flush();
}

Result<> Unpacking::begin(Worker &worker, qsizetype index)
{
    const UnpackJob &job = m_jobs[index];
    if (m_givesLower) {
        if (auto sent = sendLower(worker, job); !sent)
            return sent;
    }
    auto folder = makeDirectory(m_staging, unfinishedName(job, m_givesLower), 0700);
    if (!folder)
        return std::unexpected(folder.error());
    layerer::Unpack request{.offset = static_cast<std::uint64_t>(job.layer.member.offset),
        .size = static_cast<std::uint64_t>(job.layer.member.size),
        .diffId = rawDigest(job.layer.diffId),
        .blobDigest = {}};
    // A plain blob has one digest for both.
    if (job.layer.blobDigest && *job.layer.blobDigest != job.layer.diffId)
        request.blobDigest = rawDigest(*job.layer.blobDigest);
    const int fds[] = {job.layer.member.file->get(), folder->get()};
    worker.job = index;
    return worker.link.send(request, fds);
}

void Unpacking::report() { m_progress.report(m_done + std::accumulate(m_read.begin(), m_read.end(), qint64{0}), m_total); }

Result<bool> Unpacking::hear(Worker &worker)
{
    const auto message = worker.link.receive();
    if (!message)
        return std::unexpected(message.error());
    const UnpackJob &job = m_jobs[worker.job];
    auto &read = m_read[static_cast<std::size_t>(worker.job)];
    if (const auto *progress = std::get_if<layerer::Progress>(&*message)) {
        read = static_cast<qint64>(progress->bytes);
        return false;
    }
    if (const auto *failed = std::get_if<layerer::Failed>(&*message)) {
        if (!failed->needsLower || m_givesLower || job.lower.isEmpty())
            return wrap(
                "layer " + job.layer.diffId.shortHex().toStdString() + " (" + printableName(job.layer.name.toStdString()) + ')',
                failed->error);
        m_needLower.push_back(worker.job);
        return true;
    }
    const auto *unpacked = std::get_if<layerer::Unpacked>(&*message);
    if (!unpacked)
        return fail(ErrorCode::Internal, "the program that unpacks layers gave a wrong answer");
    read = job.layer.member.size;
    if (::renameat(m_staging, unfinishedName(job, m_givesLower).c_str(), m_staging, finishedName(job).c_str()) < 0)
        return failErrno("cannot rename an unpacked layer");
    m_result.insert_or_assign(job.layer.chainId,
        UnpackedLayer{{.chainId = job.layer.chainId,
                          .diffId = job.layer.diffId,
                          .size = static_cast<qint64>(unpacked->size),
                          .tarSize = static_cast<qint64>(unpacked->tarSize),
                          .entries = static_cast<qint64>(unpacked->entries)},
            static_cast<int>(unpacked->skippedDevices), static_cast<int>(unpacked->changedOwners)});
    return true;
}

Result<> Unpacking::runQueue(std::vector<qsizetype> queue, std::size_t workerCount)
{
    std::vector<Worker> workers;
    std::vector<pollfd> waiting;
    for (std::size_t i = 0; i < std::min(workerCount, queue.size()); ++i) {
        auto link = m_start();
        if (!link)
            return std::unexpected(link.error());
        waiting.push_back({link->channel(), POLLIN, 0});
        workers.push_back({std::move(*link)});
    }
    std::size_t next = 0;
    std::size_t left = queue.size();
    for (auto &worker : workers) {
        if (auto begun = begin(worker, queue[next++]); !begun)
            return begun;
    }
    while (left > 0) {
        if (m_progress.isCancelled())
            return fail(ErrorCode::Cancelled, "cancelled");
        if (::poll(waiting.data(), waiting.size(), cancelCheckMilliseconds) <= 0)
            continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            if (!waiting[i].revents)
                continue;
            const auto finished = hear(workers[i]);
            if (!finished)
                return std::unexpected(finished.error());
            if (!*finished)
                continue;
            --left;
            if (next == queue.size())
                waiting[i].fd = -1; // nothing more to do for it; poll(2) leaves it out
            else if (auto begun = begin(workers[i], queue[next++]); !begun)
                return begun;
        }
        report();
    }
    return {};
}

Result<UnpackedLayers> Unpacking::run()
{
    std::vector<qsizetype> queue(static_cast<std::size_t>(m_jobs.size()));
    std::iota(queue.begin(), queue.end(), 0);
    // The largest first: the last one to end decides how long it takes.
    std::ranges::sort(queue, std::greater(), [&](qsizetype job) { return m_jobs[job].layer.member.size; });
    if (auto done = runQueue(std::move(queue), std::max(1U, std::thread::hardware_concurrency())); !done)
        return std::unexpected(done.error());
    // Lower layers first, one at a time: each may need the one before.
    m_givesLower = true;
    std::ranges::sort(m_needLower, {}, [&](qsizetype job) { return m_jobs[job].lower.size(); });
    if (auto done = runQueue(std::move(m_needLower), 1); !done)
        return std::unexpected(done.error());
    return std::move(m_result);
}

} // namespace

Result<UnpackedLayers> unpackLayers(const QList<UnpackJob> &jobs, int staging, int layers, const StartLayerer &start,
    Progress &progress, qint64 done, qint64 total)
{
    return Unpacking(jobs, staging, layers, start, progress, done, total).run();
}

} // namespace berth
