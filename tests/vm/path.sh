#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What people do first, on a machine as people have them.
. /usr/share/berth-tests/inside/check.sh

is "path: the session is one of logind" "/run/user/$(id -u)" "${XDG_RUNTIME_DIR:-}"
check "path: the user's systemd runs" within 30 systemctl --user is-system-running
check "path: one may linger" loginctl enable-linger
check "path: and stop it" loginctl disable-linger
check "path: load" have_images
check "path: run" berth run --rm busybox true || exit 1
is "path: its output" "hello" "$(berth run --rm busybox echo hello 2>&1)"
is "path: the exit code comes through" 7 "$(berth run --rm busybox sh -c 'exit 7' >/dev/null 2>&1; echo $?)"
is "path: root of the container is the user" "0 $(id -u)" \
    "$(berth run --rm -v "$HOME:/there" busybox sh -c 'id -u | tr "\n" " "; touch /there/made' 2>&1; stat -c %u "$HOME/made")"
check "path: a redis is started with a published port" berth run -d --name db -p 6379:6379 redis
check "path: redis-cli of the host reaches it" within 60 redis-cli -h 127.0.0.1 SET key one
is "path: exec" one "$(berth exec db redis-cli GET key)"
is "path: reached on the address of the LAN" one "$(redis-cli -h 192.0.2.1 GET key 2>&1)"
check "path: a network" berth network create lesson
check "path: connected while it runs" berth network connect lesson db
is "path: found by name" one "$(berth run --rm --network lesson redis redis-cli -h db GET key 2>&1)"
is "path: out to the neighbour" "from the neighbour" "$(berth run --rm busybox wget -qO- http://192.0.2.2:8080/ 2>&1)"
echo "from outside" >"$HOME/letter"
check "path: cp into it" berth cp "$HOME/letter" db:/tmp/letter
is "path: is there" "from outside" "$(berth exec db cat /tmp/letter)"
check "path: cp out of it" berth cp db:/etc/hostname "$HOME/hostname"
contains "path: export" tmp/letter "$(berth export db | tar -t)"
check "path: logs" grep -q "Ready to accept" <(berth logs db 2>&1)
check "path: restart" berth restart -t 5 db
check "path: reached again" within 60 redis-cli -h 127.0.0.1 PING
check "path: stop" berth stop -t 5 db
is "path: cp out of one that does not run" "from outside" "$(berth cp db:/tmp/letter - 2>/dev/null | tar -xO)"
check "path: removal" berth rm -v db
check "path: removal of the network" berth network rm lesson
