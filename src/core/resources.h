// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace berth {

// What a container may use at most, in the words of Docker's API (1.50, HostConfig). 0 or empty: not said.
struct Resources {
    qint64 memory = 0;            // bytes
    qint64 memoryReservation = 0; // bytes; kept for it when memory is short
    qint64 memorySwap = 0;        // bytes of memory and swap together; -1: no limit
    qint64 nanoCpus = 0;          // thousand-millionths of a CPU
    qint64 cpuPeriod = 0;         // microseconds
    qint64 cpuQuota = 0;          // microseconds of each period; -1: no limit
    qint64 cpuShares = 0;         // 2 … 262144, 1024 is what others have
    QString cpusetCpus = {}, cpusetMems = {}; // "0-3,5"
    std::optional<qint64> pidsLimit = {}; // 0: no limit

    friend bool operator==(const Resources &, const Resources &) = default;
};

// "64m", "1g", "4096": binary units, as Docker reads sizes.
Result<qint64> parseBytes(const QString &text);

// The value of --cpus, "1.5", as thousand-millionths of a CPU. Docker also reads fractions: "3/2".
Result<qint64> parseCpus(const QString &text);

// Whether the values go together and are within what the kernel takes. The sentences are Docker's. known: of this
// machine, as /sys/devices/system shows them; an empty list is not asked about.
struct KnownProcessors {
    int count = 1;
    QString cpus; // "0-7"
    QString memoryNodes; // "0"
};
// forUpdate: what is not said here may have been said before.
Result<> checkResources(const Resources &resources, const KnownProcessors &known, bool forUpdate = false);

// As it is recorded: with a memory limit and no word about swap, Docker gives as much swap as memory.
Resources completed(Resources resources);

// What `update` makes of the container's own (completed) and the wished ones. InvalidArgument when they contradict.
Result<Resources> updatedResources(const Resources &current, const Resources &wished);

// Flags of `run` that mean the same.
QStringList resourceWords(const Resources &resources);

} // namespace berth
