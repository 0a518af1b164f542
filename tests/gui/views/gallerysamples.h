// SPDX-FileCopyrightText: 2026 The Berth developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../samples.h"
#include "galleryfigures.h"
#include "operations/cleanup.h"
#include "operations/containerchanges.h"
#include "operations/containerlogs.h"
#include "operations/containertop.h"

// What a person could have on this computer, for the pictures.
namespace berth::gallery {

using namespace Qt::StringLiterals;

inline QList<ContainerInfo> containers()
{
    using enum ContainerState;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto make = [&](const QString &name, ContainerState state, qint64 age, const QString &image, int code = 0) {
        ContainerInfo made = samples::container(name, state, age, now);
        made.imageName = image;
        made.exitCode = code;
        return made;
    };
    auto web = make(u"web"_s, Running, 11'400, u"docker.io/library/nginx:1.29-alpine"_s);
    web.arguments = {u"/docker-entrypoint.sh"_s, u"nginx"_s, u"-g"_s, u"daemon off;"_s};
    web.options.environment = {u"NGINX_HOST=shop.example.org"_s, u"NGINX_ENTRYPOINT_QUIET_LOGS=1"_s};
    web.options.mounts = {{.source = u"/home/minji/shop/public"_s, .target = u"/usr/share/nginx/html"_s, .readOnly = true},
        {.kind = MountOption::Kind::Volume, .source = u"nginx-cache"_s, .target = u"/var/cache/nginx"_s}};
    auto killed = make(
        u"batch-import"_s, Exited, 86'400, u"ghcr.io/example-organisation/data-tools/batch-importer:2026.07.3-rc1"_s, 137);
    killed.exitSignal = 9;
    auto failed = make(u"migrate"_s, Exited, 4000, u"shop/backend"_s, 1);
    auto longName = make(u"integration-tests-of-the-payment-service-with-a-very-long-branch-name_2026-07-31"_s, Running, 42,
        u"registry.example.org:5000/team-payments/integration-tests:feature-4711-refunds"_s);
    return {make(u"cache"_s, Running, 3 * 86'400, u"redis"_s), web, make(u"database"_s, Paused, 7300, u"postgres:17"_s), longName,
        make(u"nostalgic_hopper"_s, Created, 100, u"busybox"_s), make(u"hello"_s, Exited, 600, u"hello-world"_s), failed, killed,
        make(u"worker"_s, Restarting, 30, u"shop/backend"_s, 2), make(u"old"_s, Dead, 40 * 86'400, u"busybox"_s)};
}

inline QList<ImageInfo> images()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto make = [&](const QByteArray &seed, const QStringList &names, qint64 size, int used, qint64 age) {
        return samples::image(seed, names, size, used, age, now);
    };
    const QString hub = u"docker.io/library/"_s;
    return {make("a", {hub + u"redis:latest"_s, hub + u"redis:8"_s}, 128'400'000, 1, 9 * 86'400),
        make("b", {hub + u"nginx:1.29-alpine"_s}, 52'300'000, 1, 20 * 86'400), make("c", {}, 431'000'000, 0, 3600),
        make("d", {u"registry.example.org:5000/team-payments/integration-tests:feature-4711-refunds"_s}, 1'734'000'000, 2, 7200),
        make("e", {hub + u"busybox:latest"_s}, 4'270'000, 3, 400 * 86'400),
        make("f", {hub + u"postgres:17"_s}, 438'000'000, 1, 30 * 86'400),
        make("g", {u"docker.io/shop/backend:latest"_s}, 287'000'000, 2, 1200), make("h", {}, 12'800, 0, 95)};
}

inline QList<VolumeInfo> volumes()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto make = [&](const QString &name, int used, qint64 age, const QMap<QString, QString> &labels = {}) {
        VolumeInfo made = samples::volume(name, age, now);
        made.containers = used;
        made.labels = labels;
        made.anonymous = name.size() == 64;
        return made;
    };
    return {make(u"nginx-cache"_s, 1, 11'400),
        make(u"postgres-data"_s, 1, 30 * 86'400, {{u"team"_s, u"shop"_s}, {u"backup"_s, u"nightly"_s}}),
        make(samples::idOf(u"anonymous"), 0, 86'400),
        make(u"build-output-of-the-payment-service-with-a-very-long-branch-name_2026-07-31"_s, 0, 500),
        make(u"old-uploads"_s, 0, 90 * 86'400)};
}

inline QHash<QString, qint64> volumeSizes()
{
    return {{u"nginx-cache"_s, 18'400'000}, {u"postgres-data"_s, 1'734'000'000}, {samples::idOf(u"anonymous"), 0},
        {u"build-output-of-the-payment-service-with-a-very-long-branch-name_2026-07-31"_s, 431'000'000}};
}

inline QList<LogEntry> logs()
{
    QList<LogEntry> entries;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QByteArrayList lines{"oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo",
        "Redis version=8.0.3, bits=64, pid=1, just started",
        "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory "
        "condition.",
        "Running mode=standalone, port=6379.", "Ready to accept connections tcp", "주문 1024건을 불러왔습니다",
        "GET /index.html HTTP/1.1\" 200 615 \"-\" \"Mozilla/5.0\""};
    for (int number = 0; number < 60; ++number) {
        const QByteArray text = "1:M 24 Nov 2026 09:12:" + QByteArray::number(10 + number % 50) + ".123 * "
            + lines.at(number % lines.size());
        entries.append({number % 7 == 2 ? LogEntry::Stream::Stderr : LogEntry::Stream::Stdout, now, {}, text + '\n'});
    }
    return entries;
}

inline QList<PathChange> changes()
{
    using enum PathChange::Kind;
    QList<PathChange> all{{Changed, "/etc"}, {Changed, "/etc/hosts"}, {Deleted, "/etc/motd"}, {Changed, "/var/lib/importer"},
        {Added, "/var/lib/importer/주문 목록.csv"},
        {Added,
            "/var/lib/importer/cache/objects/registry.example.org/team-payments/integration-tests/feature-4711-refunds/"
            "0f343b0931126a20f133d67c2b018a3b.part"}};
    for (int number = 0; number < 40; ++number)
        all.append({Added, "/tmp/batch/" + QByteArray::number(number) + ".json"});
    return all;
}

inline ProcessTable processes()
{
    const QStringList worker{
        u"minji"_s, u"48213"_s, u"48190"_s, u"0"_s, u"10:26"_s, u"?"_s, u"00:00:01"_s, u"nginx: worker process"_s};
    return {.titles = {u"UID"_s, u"PID"_s, u"PPID"_s, u"C"_s, u"STIME"_s, u"TTY"_s, u"TIME"_s, u"CMD"_s},
        .rows = {{u"minji"_s, u"48190"_s, u"48171"_s, u"0"_s, u"10:26"_s, u"?"_s, u"00:00:00"_s,
                     u"nginx: master process nginx -g daemon off;"_s},
            worker, worker}};
}

inline CleanUpPlan plan()
{
    using Kind = CleanUpItem::Kind;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const auto make = [&](Kind kind, const QString &id, const QString &name, qint64 size, qint64 age) {
        return CleanUpItem{.kind = kind, .id = id, .name = name, .size = size, .created = now.addSecs(-age), .layers = {}};
    };
    const auto image = [](const QByteArray &seed) { return Digest::ofBytes(seed).text(); };
    const QString longName = u"registry.example.org:5000/team-payments/integration-tests:feature-4711-refunds"_s;
    return {
        {make(Kind::Container, u"1"_s, u"batch-import"_s, 18'400'000, 86'400), make(Kind::Container, u"2"_s, u"hello"_s, 0, 600),
            make(Kind::Volume, samples::idOf(u"anonymous"), samples::idOf(u"anonymous"), 4'000, 86'400),
            make(Kind::Volume, u"old-uploads"_s, u"old-uploads"_s, 431'000'000, 90 * 86'400),
            make(Kind::Image, image("c"), {}, 431'000'000, 3600), make(Kind::ImageName, image("d"), longName, 0, 7200),
            make(Kind::Image, image("d"), longName, 1'734'000'000, 7200),
            make(Kind::ImageName, image("h"), u"hello-world:latest"_s, 0, 9000),
            make(Kind::Image, image("h"), u"hello-world:latest"_s, 12'800, 9000)}};
}

} // namespace berth::gallery
