#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Programs that run for a user who is not logged in, as cron's do: no systemd of his, no control group.
. /usr/share/berth-tests/inside/check.sh

# As cron: the user's ids and home, and nothing of a session.
bob() {
    setpriv --reuid bob --regid bob --init-groups env -i HOME=/home/bob USER=bob LOGNAME=bob SHELL=/bin/bash PATH=/usr/bin:/bin \
        bash -c ". /usr/share/berth-tests/inside/check.sh; cd; $1"
}

within 60 manager_is_gone 1001
is "no session: there is no bus" no "$([[ -e /run/user/1001/bus ]] && echo yes || echo no)"
check "no session: load" bob have_images
is "no session: run" hello "$(bob 'berth run --rm busybox echo hello 2>&1')"
check "no session: run in the background" bob 'berth run -d --name his busybox sleep 100000'
is "no session: exec" in "$(bob 'berth exec his echo in 2>&1')"
refuses "no session: pause says what is missing" "control group" bob 'berth pause his'
check "no session: kill" bob 'berth kill his && within 20 state_is his exited'
check "no session: removal" bob 'berth rm his'

# With lingering the user's systemd is there, and programs of cron find it although nobody tells them where.
loginctl enable-linger bob
within 60 test -S /run/user/1001/bus
check "no session: with lingering, run" bob 'berth run -d --name his busybox sleep 100000'
check "no session: with lingering, pause" bob 'berth pause his && berth unpause his'
bob 'berth rm -f his' >/dev/null
loginctl disable-linger bob
within 60 manager_is_gone 1001
pkill -u bob -x berth-holder
