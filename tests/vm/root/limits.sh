#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# A limit that cannot be kept is an error: bob has the controllers that systemd gives by default, and cpuset is not one.
. /usr/share/berth-tests/inside/check.sh

bob() { runuser -l bob -c ". /usr/share/berth-tests/inside/check.sh; $1"; }

loginctl enable-linger bob
bob have_images
refuses "limits: without the controller" "systemctl edit user@.service" bob 'berth run --name wish --cpuset-cpus 0 busybox true'
is "limits: its container is there and never ran" created "$(bob 'state_of wish')"
refuses "limits: it says which one" "the cpuset controller" bob 'berth start wish'
check "limits: the others work" bob 'berth run --rm -m 64m --cpus 0.5 --pids-limit 50 busybox true'
bob 'berth run -d --name plain busybox sleep 1000000' >/dev/null
refuses "limits: nor by update" "the cpuset controller" bob 'berth update --cpuset-cpus 0 plain'
is "limits: what cannot be is not recorded" "" "$(bob "berth inspect --format '{{.HostConfig.CpusetCpus}}' plain")"
is "limits: info" "true false" "$(bob "berth info --format '{{.MemoryLimit}} {{.CPUSet}}'")"
contains "limits: info warns of it" "WARNING: No cpuset support" "$(bob 'berth info 2>&1')"
bob 'berth rm -f wish plain' >/dev/null
loginctl disable-linger bob
