// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace berth {

// What an exit code says, as a translated sentence: "Ended with exit code 127: …". The codes from
// 125 on are those of `docker run` and `docker exec`.
QString exitSentence(int exitCode);

} // namespace berth
