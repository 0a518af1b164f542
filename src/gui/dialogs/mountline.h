// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runoptions.h"

#include <optional>

namespace berth {

// "source:/target[:ro|:rw]", as -v takes it: a source with a slash at its start is a folder of the
// host, else the name of a volume; "/target" alone is an anonymous volume. Nothing when it is neither.
// Source: docker run reference, --volume.
std::optional<MountOption> parseMountLine(const QString &line);

} // namespace berth
