#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The place of a container among systemd's units and control groups.
. /usr/share/berth-tests/inside/check.sh

have_images
check "scope: a container runs" berth run -d --name one busybox sleep 100000
state_is one running || exit 1
id=$(id_of one)
unit=berth-$id.scope
show() { systemctl --user show -P "$1" "$unit"; }
group=$(scope_folder one)
is "scope: it is active" active "$(show ActiveState)"
is "scope: it is delegated" yes "$(show Delegate)"
is "scope: it is in the slice" app-berth.slice "$(show Slice)"
contains "scope: it says whose it is" "${id:0:12}" "$(show Description)"
for controller in cpu cpuset io memory pids; do
    contains "scope: $controller is delegated" " $controller " " $(cat "$group/cgroup.controllers") "
done
is "scope: the container is in the payload" "$group/$id/payload" "/sys/fs/cgroup$(sed 's/^0:://' "/proc/$(pid_of one)/cgroup")"
monitor=$(awk '{print $4}' "/proc/$(pid_of one)/stat")
is "scope: the monitor is beside it" "$group/$id/supervisor" "/sys/fs/cgroup$(sed 's/^0:://' "/proc/$monitor/cgroup")"
is "scope: inside it is the root" "0::/" "$(berth exec one cat /proc/self/cgroup)"
berth exec -d one sleep 100001
members_are() { [[ $(wc -l <"$group/$id/payload/cgroup.procs") == "$1" ]]; }
check "scope: exec joins the control group" within 20 members_are 2
refuses "scope: it is read-only inside" "" berth exec one mkdir /sys/fs/cgroup/mine
holder=$(pgrep -u "$(id -u)" -x berth-holder)
contains "scope: the holder has one, too" "/app-berth.slice/berth-holder-$holder.scope" "$(cat "/proc/$holder/cgroup")"

check "scope: pause" berth pause one
contains "scope: the kernel says that it is frozen" "frozen 1" "$(cat "$group/$id/payload/cgroup.events")"
check "scope: unpause" berth unpause one
contains "scope: and that it runs" "frozen 0" "$(cat "$group/$id/payload/cgroup.events")"
berth pause one >/dev/null
check "scope: kill of a paused one" berth kill one
check "scope: the unit goes with the container" within 20 no_scopes
is "scope: its folder is gone" no "$([[ -e $group ]] && echo yes || echo no)"

round() {
    local number
    for number in 1 2 3 4 5 6; do
        berth start one >/dev/null && berth kill one >/dev/null || return 1
    done
}
check "scope: killed and started again and again" round
check "scope: restart at once" berth start one
is "scope: a restarted one has its scope" active "$(show ActiveState)"
monitor=$(awk '{print $4}' "/proc/$(pid_of one)/stat")
kill -9 "$monitor"
check "scope: a killed monitor leaves no container" within 20 state_is one exited
check "scope: and can be started again" berth start one
systemctl --user stop "$unit"
check "scope: systemd ends it in order" within 20 state_is one exited
is "scope: its exit is recorded" 137 "$(berth inspect --format '{{.State.ExitCode}}' one)"
berth run -d --name two redis >/dev/null
within 60 berth exec two redis-cli PING
systemctl --user stop "berth-$(id_of two).scope"
check "scope: one that listens is stopped, not killed" within 20 state_is two exited
is "scope: and says how it ended" 0 "$(berth inspect --format '{{.State.ExitCode}}' two)"
berth rm -v two >/dev/null
is "scope: --rm" "" "$(berth run --rm busybox true 2>&1)"
berth rm -f one >/dev/null
check "scope: none is left" within 20 no_scopes
is "scope: none has failed" "" "$(systemctl --user list-units --failed --plain --no-legend)"
