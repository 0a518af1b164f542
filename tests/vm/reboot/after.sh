#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# After a restart of the machine: before.sh left a container running.
. /usr/share/berth-tests/inside/check.sh

is "reboot: another boot" yes "$([[ $(cat /proc/sys/kernel/random/boot_id) != "$(cat "$HOME/boot")" ]] && echo yes || echo no)"
is "reboot: no holder yet" "" "$(pgrep -u "$(id -u)" -x berth-holder)"
contains "reboot: the kernel's parts are loaded" overlay "$(cat /proc/modules /proc/filesystems)"
is "reboot: what ran counts as ended" exited "$(state_of survivor)"
contains "reboot: ps says so" "Exited (" "$(berth ps -a --filter name=survivor --format '{{.Status}}')"
contains "reboot: the images are there" redis "$(berth images --format '{{.Repository}}')"
check "reboot: it starts again" berth start survivor
is "reboot: with a new holder" 1 "$(pgrep -c -u "$(id -u)" -x berth-holder)"
check "reboot: its port answers" within 60 redis-cli -p 7002 PING
is "reboot: its data is there" before "$(redis-cli -p 7002 GET when 2>&1)"
is "reboot: the way out is there" "from the neighbour" "$(berth run --rm busybox wget -qO- http://192.0.2.2:8080/ 2>&1)"
check "reboot: removal" berth rm -f -v survivor
check "reboot: no scope is left" within 20 no_scopes
