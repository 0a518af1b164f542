// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/filters.h"
#include "operations/cleanup.h"

namespace berth {

// What the four prune commands have in common.

// Asks on standard output and reads a line from standard input: anything but y is no, and so is its end.
bool isConfirmed(std::string_view warning);

// "Deleted Containers:" and the ids, empty when there were none, and so on.
QString deletedContainers(const CleanUpResult &result);
QString deletedNetworks(const CleanUpResult &result);
QString deletedVolumes(const CleanUpResult &result);
QString deletedImages(const CleanUpResult &result);

// Adds what "until", "label" and "label!" of --filter say to the options, asks unless --force, plans, carries it out
// and prints what went; the exit code. Not a word and 0 when the answer is no. A key that the kind of things does
// not have is refused, with Docker's sentence.
int runPrune(const Invocation &call, const Filters &filters, CleanUpOptions options, std::string_view warning);

// The parsed --filter values; the error was printed already when there is none.
std::optional<Filters> pruneFilters(const Invocation &call, const Flag &flag);

} // namespace berth
