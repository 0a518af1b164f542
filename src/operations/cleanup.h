// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "store/store.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace berth {

// What to look for. Images and volumes count as unused when only containers use them that the same plan
// removes.
struct CleanUpOptions {
    bool containers = false;      // all that do not run
    bool networks = false;        // that no container uses that is up
    bool images = false;          // without a name
    bool allImages = false;       // also those with names
    bool volumes = false;         // anonymous ones
    bool allVolumes = false;      // also those with a name
    QDateTime until{};            // only what was made before; invalid: whenever. Not for volumes
    QStringList labels{};         // "key" or "key=value"; all must be there
    QStringList withoutLabels{};  // none may be there
};

struct CleanUpItem {
    enum class Kind { Container, ImageName, Image, Volume, Network };
    Kind kind = Kind::Container;
    QString id{};                 // Container, Network: id. ImageName and Image: "sha256:…" of the image. Volume: its name
    QString name{};               // Container: name. ImageName: familiar name. Image: first name, or empty. Volume: its name
    qint64 size = 0;              // bytes that go with it; an ImageName has none
    QDateTime created{};
    QStringList layers{};         // Image: "sha256:…" of the layers that go with it, topmost first

    friend bool operator==(const CleanUpItem &, const CleanUpItem &) = default;
};

// In the order in which it is carried out: containers, networks, volumes, then for each image its names and itself.
struct CleanUpPlan {
    QList<CleanUpItem> items;

    [[nodiscard]] qint64 size() const; // bytes of all items
};

// Changes nothing. The sizes are those of the files, read where other ids own them.
Result<CleanUpPlan> planCleanUp(Store &store, const CleanUpOptions &options, Progress &progress);

struct CleanUpResult {
    struct Kept {
        CleanUpItem item;
        Error why;                // NotFound: somebody else removed it
    };
    QList<CleanUpItem> removed;   // sizes and layers as they really went
    QList<Kept> kept;
    qint64 reclaimed = 0;         // bytes
};

// Removes what the plan names and nothing else. What is in use by now is kept: a container that runs or is
// being started, an image with a new name or container, a volume that was made anew. An error only when
// nothing could be tried; cancelling keeps the rest.
Result<CleanUpResult> cleanUp(Store &store, const CleanUpPlan &plan, Progress &progress);

} // namespace berth
