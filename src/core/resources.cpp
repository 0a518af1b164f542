// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/resources.h"

#include <bitset>
#include <cmath>
#include <format>

using namespace Qt::StringLiterals;

namespace berth {
namespace {

constexpr qint64 billion = 1'000'000'000;
constexpr qint64 leastMemory = qint64(6) << 20; // Docker's: below it hardly a program starts
constexpr int mostProcessors = 8192;            // what Docker reads, and CONFIG_NR_CPUS of any kernel
using NumberSet = std::bitset<mostProcessors>;

std::unexpected<Error> refuse(std::string sentence) { return fail(ErrorCode::InvalidArgument, std::move(sentence)); }

// An unsigned decimal; nothing else.
std::optional<qint64> digits(QStringView text)
{
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
    }
    bool isNumber = false;
    const qint64 value = text.toLongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

// "0-3,7", the kernel's list format (Documentation/admin-guide/cputopology.rst).
std::optional<NumberSet> numbersOf(const QString &list)
{
    NumberSet numbers;
    for (const auto part : QStringView(list).split(u',')) {
        const auto dash = part.indexOf(u'-');
        const auto first = digits(dash < 0 ? part : part.first(dash));
        const auto last = dash < 0 ? first : digits(part.sliced(dash + 1));
        if (!first || !last || *first > *last || *last >= mostProcessors)
            return std::nullopt;
        for (auto number = *first; number <= *last; ++number)
            numbers.set(static_cast<std::size_t>(number));
    }
    return numbers;
}

Result<> checkList(const QString &asked, const QString &known, const char *flag, const char *what)
{
    if (asked.isEmpty())
        return {};
    const auto numbers = numbersOf(asked);
    if (!numbers)
        return refuse(std::format("Invalid value {} for {}: invalid format: {}", asked.toStdString(), flag, asked.toStdString()));
    const auto existing = known.isEmpty() ? std::nullopt : numbersOf(known);
    if (existing && (*numbers & ~*existing).any())
        return refuse(std::format(
            "Requested {} are not available - requested {}, available: {}", what, asked.toStdString(), known.toStdString()));
    return {};
}

Result<> checkMemory(const Resources &asked, bool forUpdate)
{
    if (asked.memory != 0 && asked.memory < leastMemory)
        return refuse("Minimum memory limit allowed is 6MB");
    if (asked.memory > 0 && asked.memorySwap > 0 && asked.memorySwap < asked.memory)
        return refuse("Minimum memoryswap limit should be larger than memory limit, see usage");
    if (asked.memory == 0 && asked.memorySwap > 0 && !forUpdate)
        return refuse("You should always set the Memory limit when using Memoryswap limit, see usage");
    if (asked.memoryReservation > 0 && asked.memoryReservation < leastMemory)
        return refuse("Minimum memory reservation allowed is 6MB");
    if (asked.memory > 0 && asked.memoryReservation > 0 && asked.memory < asked.memoryReservation)
        return refuse("Minimum memory limit can not be less than memory reservation limit, see usage");
    return {};
}

Result<> checkProcessors(const Resources &asked, const KnownProcessors &known)
{
    if (asked.nanoCpus > 0 && asked.cpuPeriod > 0)
        return refuse("Conflicting options: Nano CPUs and CPU Period cannot both be set");
    if (asked.nanoCpus > 0 && asked.cpuQuota > 0)
        return refuse("Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    if (asked.nanoCpus < 0 || asked.nanoCpus > known.count * billion)
        return refuse(
            std::format("range of CPUs is from 0.01 to {}.00, as there are only {} CPUs available", known.count, known.count));
    // The kernel's least quota is a millisecond, and the period for this is a tenth of a second.
    if (asked.nanoCpus > 0 && asked.nanoCpus < billion / 100)
        return refuse("CPU cfs quota can not be less than 1ms (i.e. 1000)");
    if (asked.cpuShares < 0)
        return refuse("shares: invalid argument");
    if (asked.cpuPeriod != 0 && (asked.cpuPeriod < 1000 || asked.cpuPeriod > 1'000'000))
        return refuse("CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    if (asked.cpuQuota > 0 && asked.cpuQuota < 1000)
        return refuse("CPU cfs quota can not be less than 1ms (i.e. 1000)");
    if (auto checked = checkList(asked.cpusetCpus, known.cpus, "cpuset cpus", "CPUs"); !checked)
        return checked;
    return checkList(asked.cpusetMems, known.memoryNodes, "cpuset mems", "memory nodes");
}

// "1.5", ".5", "3": billionths. Nothing when it is no number, an error when it has more than nine decimals.
Result<std::optional<qint64>> billionths(QStringView text)
{
    const auto dot = text.indexOf(u'.');
    const auto whole = dot < 0 ? text : text.first(dot);
    QString decimals = dot < 0 ? QString() : text.sliced(dot + 1).toString();
    if (whole.isEmpty() && decimals.isEmpty())
        return std::nullopt;
    while (decimals.size() > 9 && decimals.endsWith(u'0'))
        decimals.chop(1);
    const auto high = whole.isEmpty() ? std::optional<qint64>(0) : digits(whole);
    const auto low = decimals.isEmpty() ? std::optional<qint64>(0) : digits(decimals.leftJustified(9, u'0'));
    if (!high || !low)
        return std::nullopt;
    if (decimals.size() > 9)
        return refuse("value is too precise");
    if (*high >= INT64_MAX / billion)
        return std::nullopt;
    return *high * billion + *low;
}

// What of the new is said takes the place of the old.
void take(qint64 &place, qint64 wished)
{
    if (wished != 0)
        place = wished;
}

} // namespace

Result<qint64> parseBytes(const QString &text)
{
    auto number = text.trimmed().toLower();
    if (number.endsWith(u'b'))
        number.chop(1);
    if (number.endsWith(u'i'))
        number.chop(1);
    const auto power = number.isEmpty() ? -1 : u"kmgtp"_s.indexOf(number.back());
    if (power >= 0)
        number.chop(1);
    bool isNumber = false;
    const double value = number.toDouble(&isNumber) * std::pow(1024.0, static_cast<double>(power + 1));
    // Where the result would leave the range of a file size.
    if (!isNumber || value < 0 || value > 9.2e18)
        return refuse("invalid size: '" + text.toStdString() + "'");
    return static_cast<qint64>(value);
}

Result<qint64> parseCpus(const QString &text)
{
    const bool isNegative = text.startsWith(u'-');
    const auto plain = QStringView(text).sliced(isNegative || text.startsWith(u'+') ? 1 : 0);
    const auto slash = plain.indexOf(u'/');
    const auto number = billionths(slash < 0 ? plain : plain.first(slash));
    if (!number)
        return std::unexpected(number.error());
    const auto divisor = slash < 0 ? std::optional<qint64>(1) : digits(plain.sliced(slash + 1));
    const bool isFractionOfFraction = slash >= 0 && plain.first(slash).contains(u'.');
    if (!*number || !divisor || *divisor == 0 || isFractionOfFraction)
        return refuse(std::format("failed to parse {} as a rational number", text.toStdString()));
    if (**number % *divisor != 0)
        return refuse("value is too precise");
    return **number / *divisor * (isNegative ? -1 : 1);
}

Result<> checkResources(const Resources &resources, const KnownProcessors &known, bool forUpdate)
{
    if (auto checked = checkMemory(resources, forUpdate); !checked)
        return checked;
    return checkProcessors(resources, known);
}

Resources completed(Resources resources)
{
    if (resources.memory > 0 && resources.memorySwap == 0)
        resources.memorySwap = resources.memory <= INT64_MAX / 2 ? resources.memory * 2 : -1;
    return resources;
}

Result<Resources> updatedResources(const Resources &current, const Resources &wished)
{
    if (wished.nanoCpus > 0 && current.cpuPeriod > 0)
        return refuse("Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set");
    if (wished.nanoCpus > 0 && current.cpuQuota > 0)
        return refuse("Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set");
    if (wished.cpuPeriod > 0 && current.nanoCpus > 0)
        return refuse("Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set");
    if (wished.cpuQuota > 0 && current.nanoCpus > 0)
        return refuse("Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set");
    // Where nothing was said of swap, or -1, Docker takes any memory limit for greater than it.
    if (wished.memory > 0 && wished.memory > current.memorySwap && wished.memorySwap == 0)
        return refuse("Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time");
    Resources updated = current;
    take(updated.memory, wished.memory);
    take(updated.memorySwap, wished.memorySwap);
    take(updated.memoryReservation, wished.memoryReservation);
    take(updated.nanoCpus, wished.nanoCpus);
    take(updated.cpuPeriod, wished.cpuPeriod);
    take(updated.cpuQuota, wished.cpuQuota);
    take(updated.cpuShares, wished.cpuShares);
    if (!wished.cpusetCpus.isEmpty())
        updated.cpusetCpus = wished.cpusetCpus;
    if (!wished.cpusetMems.isEmpty())
        updated.cpusetMems = wished.cpusetMems;
    if (wished.pidsLimit)
        updated.pidsLimit = wished.pidsLimit;
    // Docker finds these only when the kernel does, or never.
    if (updated.memory > 0 && updated.memorySwap > 0 && updated.memorySwap < updated.memory)
        return refuse("Minimum memoryswap limit should be larger than memory limit, see usage");
    if (updated.memory == 0 && updated.memorySwap > 0)
        return refuse("You should always set the Memory limit when using Memoryswap limit, see usage");
    return updated;
}

QStringList resourceWords(const Resources &resources)
{
    QStringList words;
    const auto add = [&words](const QString &flag, const QString &value) { words += {flag, value}; };
    if (resources.memory > 0)
        add(u"-m"_s, QString::number(resources.memory));
    if (resources.memoryReservation > 0)
        add(u"--memory-reservation"_s, QString::number(resources.memoryReservation));
    if (resources.memorySwap != 0 && resources.memorySwap != completed({.memory = resources.memory}).memorySwap)
        add(u"--memory-swap"_s, QString::number(resources.memorySwap));
    if (resources.nanoCpus > 0) {
        auto decimals = u"%1.%2"_s.arg(resources.nanoCpus / billion).arg(resources.nanoCpus % billion, 9, 10, QChar(u'0'));
        while (decimals.endsWith(u'0'))
            decimals.chop(1);
        if (decimals.endsWith(u'.'))
            decimals.chop(1);
        add(u"--cpus"_s, decimals);
    }
    for (const auto &[flag, value] : {std::pair(u"--cpu-period"_s, resources.cpuPeriod),
             std::pair(u"--cpu-quota"_s, resources.cpuQuota), std::pair(u"--cpu-shares"_s, resources.cpuShares)}) {
        if (value != 0)
            add(flag, QString::number(value));
    }
    for (const auto &[flag, value] :
        {std::pair(u"--cpuset-cpus"_s, resources.cpusetCpus), std::pair(u"--cpuset-mems"_s, resources.cpusetMems)}) {
        if (!value.isEmpty())
            add(flag, value);
    }
    if (resources.pidsLimit.value_or(0) > 0)
        add(u"--pids-limit"_s, QString::number(*resources.pidsLimit));
    return words;
}

} // namespace berth
