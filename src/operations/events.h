// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"

#include <memory>

namespace berth {

// What `berth events` tells. The file and its format: wire/event.h.
struct EngineEvent {
    QString type;                      // "container", "image", "volume"
    QString action;                    // "start", "exec_create: sh -c true", "health_status: healthy"
    QString id;                        // 64 digits, "sha256:…", or the name of a volume
    QMap<QString, QString> attributes; // image, name, labels, and what belongs to the action
    qint64 timeNano = 0;               // since 1970, UTC

    friend bool operator==(const EngineEvent &, const EngineEvent &) = default;
};

// Says that something was done, after it was done. Never fails: a verb that worked has worked.
void recordEvent(
    const Store &store, const QString &type, const QString &action, const QString &id, const QMap<QString, QString> &attributes);
// With the container's name, image and labels.
void recordEvent(
    const Store &store, const ContainerInfo &container, const QString &action, const QMap<QString, QString> &attributes = {});
// With the image's labels. name: the one that was given or taken (familiar), or the id.
void recordEvent(const Store &store, const ImageInfo &image, const QString &action, const QString &name);
void recordVolumeEvent(const Store &store, const QString &volume, const QString &action);

// For the container's monitor, which writes the events of its life: name, image and labels as they are now.
Result<> keepEventAttributes(int containerFolder, const ContainerInfo &container);

// Reads the log from its beginning, or only what is written from now on. Not a thread: readMore() gives
// what is there, and changeFd() becomes readable (inotify) when there may be more.
class EventReader {
public:
    enum class From { Beginning, Now };
    static Result<EventReader> open(const Store &store, From from);
    EventReader(EventReader &&) noexcept;
    EventReader &operator=(EventReader &&) noexcept;
    ~EventReader();

    // At most max events; an empty list: nothing more for now.
    Result<QList<EngineEvent>> readMore(int max = 1000);
    [[nodiscard]] int changeFd() const;

private:
    struct Private;
    explicit EventReader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace berth
