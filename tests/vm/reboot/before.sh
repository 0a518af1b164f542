#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What after.sh expects to find. As root; the machine is restarted after it.
. /usr/share/berth-tests/inside/check.sh

loginctl enable-linger alice
runuser -l alice -c '. /usr/share/berth-tests/inside/check.sh; have_images; cat /proc/sys/kernel/random/boot_id >boot
    berth run -d --name survivor -p 7002:6379 redis' >/dev/null
check "reboot: a container runs" within 60 redis-cli -p 7002 PING
check "reboot: with something to remember" redis-cli -p 7002 SET when before
check "reboot: on its disk" redis-cli -p 7002 SAVE
