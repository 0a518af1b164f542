// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wirefuzz.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> largest;

} // namespace

namespace berth {

void resetLargestAllocation() { largest = 0; }
std::size_t largestAllocation() { return largest; }

} // namespace berth

void *operator new(std::size_t size)
{
    if (size > largest)
        largest = size;
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}

void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }
