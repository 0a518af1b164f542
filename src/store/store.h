// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "core/containerinfo.h"
#include "core/imageinfo.h"
#include "core/imagereference.h"
#include "core/networkinfo.h"
#include "core/volumeinfo.h"
#include "store/enginepaths.h"
#include "store/filelock.h"

#include <QList>
#include <QSet>

#include <memory>
#include <optional>

namespace berth {

// A layer that is unpacked and verified. name() is its folder below layers/.
struct LayerRecord {
    Digest chainId;
    Digest diffId;
    qint64 size = 0;        // bytes of file contents
    qint64 tarSize = 0;     // bytes of the tar stream
    qint64 entries = 0;

    friend bool operator==(const LayerRecord &, const LayerRecord &) = default;
};

// The records of images, layers and containers, and the folders beside them. One instance belongs to
// one thread; several processes and threads may each have their own. Rule for every change: data
// first, record last, one transaction; a crash leaves garbage to collect, never a broken record.
//
// On disk below paths().data: berth.db, blobs/sha256/<hex>, layers/<chain hex>/, containers/<id>/,
// volumes/<name>/, trash/, staging/, "changed" (touched after each change; watched by the window), "reserve"
// (room for what a removal writes when the disk is full).
class Store {
public:
    // Creates and migrates as needed. Refuses a database of a newer version with a sentence.
    static Result<Store> open(const EnginePaths &paths);
    Store(Store &&) noexcept;
    Store &operator=(Store &&) noexcept;
    ~Store();

    [[nodiscard]] const EnginePaths &paths() const;
    [[nodiscard]] int dataFd() const;               // folder descriptor of paths().data
    Result<UniqueFd> folder(const QString &name) const; // opens data/<name>, e.g. "layers", "trash"
    // Guards layer folders against "removed here while an import there counts on them": an import
    // holds it shared from its first look at layer() to addImage(), whoever removes an image or
    // collects layers holds it exclusively from removeImage() until the folders are gone.
    Result<UniqueFd> lockLayers(LockKind kind) const;

    // ---- images -----------------------------------------------------------------------------
    Result<QList<ImageInfo>> images() const;        // newest first
    // By familiar or full name, full id or unique id prefix. NotFound, or InvalidArgument when several fit.
    Result<ImageInfo> findImage(const QString &nameOrId) const;
    Result<std::optional<LayerRecord>> layer(const Digest &chainId) const;
    Result<QSet<QString>> layerNames() const;       // of all folders below layers/ that are on record
    Result<QByteArray> imageConfig(const Digest &id) const; // exact bytes
    // Records layers whose folders are in place, the config, and the names (moving each from another
    // image that had it) in one transaction. Returns names that were moved from another image.
    Result<QStringList> addImage(const QByteArray &config, const QList<LayerRecord> &layers, const QList<ImageReference> &names);
    Result<> addName(const Digest &id, const ImageReference &name);
    // of: only when that image has it; else NotFound.
    Result<> removeName(const ImageReference &name, const std::optional<Digest> &of = std::nullopt);
    // Forgets the image and those layers that nothing else uses; returns the chain ids whose folders
    // the caller must now delete. WrongState when a container uses it, or when names are given and the
    // image by now has others (canonical, sorted).
    Result<QList<Digest>> removeImage(const Digest &id, const std::optional<QStringList> &names = std::nullopt);

    // Takes the image out of every listing, with its names, while the containers that use it keep it: only
    // its full id finds it. Importing or tagging brings it back.
    Result<> forgetImage(const Digest &id);
    // Removes forgotten images that no container uses any more, and layers of theirs that nothing needs.
    // The caller holds the layers' lock exclusively, and deletes what is unknown afterwards.
    Result<> dropForgottenImages() const;

    // ---- containers ---------------------------------------------------------------------------
    // State, pid and times are read from the run and exit records and from the monitor's lock.
    Result<QList<ContainerInfo>> containers() const; // newest first
    Result<QSet<QString>> containerIds() const;     // of all records; reads no file
    // Full id, then exact name, then unique id prefix. NotFound / InvalidArgument (several).
    Result<ContainerInfo> findContainer(const QString &nameOrId) const;
    // Inserts the record; AlreadyExists (with Docker's Conflict sentence) when the name is taken.
    Result<> addContainer(const ContainerInfo &container, const QList<NetworkAttachment> &attachments = {});
    Result<> renameContainer(const QString &id, const QString &name);
    // Other options for one that exists; its name and its volumes stay as they are.
    Result<> setContainerOptions(const QString &id, const RunOptions &options);
    Result<> removeContainer(const QString &id);
    Result<UniqueFd> containerFolder(const QString &id) const;

    // ---- volumes: data/volumes/<name>/data -----------------------------------------------------
    Result<QList<VolumeInfo>> volumes() const;      // by name
    Result<VolumeInfo> findVolume(const QString &name) const; // exact name; NotFound
    // Records the volume and makes its folder; an existing one is kept as it is. A folder without a
    // record is what a killed removal left: it goes to the trash, and nobody sees its content again.
    Result<> addVolume(const QString &name, bool anonymous, const QMap<QString, QString> &labels = {});
    Result<QStringList> anonymousVolumes(const QString &containerId) const;
    // Forgets the record; WrongState names a container that uses it. The caller then deletes the folder.
    Result<> removeVolume(const QString &name);
    // Guards volume folders: who makes a volume for a container holds it shared from addVolume() to
    // addContainer(), who removes one holds it exclusively from removeVolume() until the folder is gone.
    Result<UniqueFd> lockVolumes(LockKind kind) const;

    // ---- networks ------------------------------------------------------------------------------
    Result<QList<NetworkInfo>> networks() const;    // by name
    // Full id, then exact name, then unique id prefix. NotFound / InvalidArgument (several).
    Result<NetworkInfo> findNetwork(const QString &nameOrId) const;
    // Records it, with the next free subnet when it names none; its gateway follows. AlreadyExists: the name is
    // taken. InvalidArgument: the subnet overlaps another network's. avoided: subnets that must not be chosen,
    // because the host itself uses them.
    Result<NetworkInfo> addNetwork(NetworkInfo network, const QList<Subnet> &avoided);
    // The default bridge has no subnet until the first container needs one. Keeps one that is there.
    Result<NetworkInfo> chooseSubnet(const QString &id, const QList<Subnet> &avoided);
    // Forgets it. WrongState names what to do when containers on it are up; attachments of others stay, and
    // those containers cannot be started.
    Result<> removeNetwork(const QString &id);

    Result<QList<NetworkAttachment>> attachments() const;
    Result<QList<NetworkAttachment>> attachmentsOf(const QString &containerId) const; // by position
    Result<QList<NetworkAttachment>> attachmentsOn(const QString &networkId) const;
    // On the next free position. AlreadyExists: it is there. The container's lock is held.
    Result<NetworkAttachment> attach(NetworkAttachment attachment);
    Result<> detach(const QString &containerId, const QString &networkId);
    // Gives the container, whose lock the caller holds until its monitor lives, an address on each of its
    // bridges: the one asked for, else its last if nobody who is up has it, else the lowest free one. NotFound: a
    // network is gone. NoSpace, AlreadyExists: there is no such address to have.
    Result<QList<NetworkAttachment>> claimAddresses(const QString &containerId);
    // Whether the container is up, or somebody is about to do something with it. Asks the kernel, by locks.
    Result<bool> isHeld(const QString &containerId) const;

    // Tells every watcher that something changed. Cheap; called by all functions above that change.
    void touch() const;

private:
    struct Private;
    explicit Store(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace berth
