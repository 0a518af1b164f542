// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace berth {

// This machine as images name it: "amd64", "arm64", … and "linux/amd64".
// Source: OCI image-spec image-index.md, "platform", which takes Go's names.
QString thisArchitecture();
QString thisPlatform();

// The first descriptor for this machine, preferring the plainest variant; -1 when there is none.
qsizetype platformIndex(const QList<QJsonObject> &descriptors);
// "linux/arm64, linux/s390x", for messages.
QString platformNames(const QList<QJsonObject> &descriptors);
// A manifest that says something about an image and is none: buildkit marks it by an unknown platform.
bool isAttestation(const QJsonObject &descriptor);

} // namespace berth
