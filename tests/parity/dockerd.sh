#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A real dockerd for the parity suite, on demand: dockerd.sh FOLDER GROUP, as root of a ./dev machine.
# Whoever holds FOLDER/wanted open for writing gets a dockerd at FOLDER/docker.sock that GROUP may use;
# when the last one lets go, even by dying, the dockerd ends. Tests run as an ordinary user, so this is
# the only part of the suite that has rights, and it takes no request but "run" and "end".
set -euo pipefail

folder=$1 group=$2
mkdir -m 0750 "$folder"
mkfifo -m 0620 "$folder/wanted"
chgrp "$group" "$folder" "$folder/wanted"
# On a disk: an overlay cannot lie on the overlay that is the machine's root.
storage=$(mktemp -d /tmp/parity-dockerd.XXXXXX)
trap 'rm -rf --one-file-system "$storage"' EXIT

while :; do
    exec {wanted}<"$folder/wanted" # returns when a writer came
    # Where dockerd itself switches this on, it also has whatever is not its own dropped from then on.
    echo 1 >/proc/sys/net/ipv4/ip_forward
    dockerd --data-root "$storage/data" --exec-root "$folder/exec" --pidfile "$folder/pid" --group "$group" \
        --host "unix://$folder/docker.sock" --exec-opt native.cgroupdriver=cgroupfs \
        </dev/null >"$folder/log" 2>&1 {wanted}<&- &
    daemon=$!
    cat <&"$wanted" >/dev/null # returns when the last writer went
    exec {wanted}<&-
    kill "$daemon" 2>/dev/null || true
    wait "$daemon" || true
    rm -rf --one-file-system "$storage/data" "$folder/docker.sock"
done
