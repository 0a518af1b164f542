#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# stats where the kernel has all controllers and they are the user's.
. /usr/share/berth-tests/inside/check.sh

have_images

# field NAME FIELD; bytes TEXT: "50.2MiB" in bytes; between LOW VALUE HIGH: also of fractions.
field() { berth stats --no-stream --format "{{.$2}}" "$1"; }
bytes() {
    awk -v text="$1" 'BEGIN {
        split("B kB MB GB KiB MiB GiB", units); split("1 1e3 1e6 1e9 1024 1048576 1073741824", sizes)
        number = text; sub(/[A-Za-z]+$/, "", number); unit = substr(text, length(number) + 1)
        for (i in units) if (units[i] == unit) { printf "%.0f\n", number * sizes[i]; exit }
        print -1
    }'
}
between() { awk -v low="$1" -v value="$2" -v high="$3" 'BEGIN {exit !(value + 0 >= low && value + 0 <= high)}'; }
log_says() { berth logs "$1" 2>&1 | grep -q "$2"; }

# 20 MB on the disk; 50 MB of memory, in a buffer that nobody takes over; and all of one processor.
check "figures: a container that works" berth run -d --name works -m 128m busybox sh -c '
    dd if=/dev/zero of=/file bs=1M count=20 conv=fsync 2>/dev/null
    dd if=/dev/zero bs=50000000 count=1 2>/dev/null | sleep 1000000 &
    echo ready
    while :; do :; done'
check "figures: it is at work" within 120 log_says works ready
group=/sys/fs/cgroup$(sed 's/^0:://' "/proc/$(pid_of works)/cgroup")

used=$(field works CPUPerc)
# The clocks of an emulator disagree, and others want the processor, too.
check "figures: CPU is that of one loop ($used)" between 25 "${used%\%}" 260
keeps() { between "$1" "$(bytes "$(field works MemUsage | sed 's, / .*,,')")" "$2"; }
check "figures: memory is what it keeps" within 60 keeps 48000000 90000000
memory=$(field works MemUsage)
is "figures: its limit" 128MiB "${memory#* / }"
part=$(field works MemPerc)
check "figures: its part of the limit ($part)" between 35 "${part%\%}" 70
counted=$(($(<"$group/memory.current") - $(awk '$1 == "inactive_file" {print $2}' "$group/memory.stat")))
shown=$(bytes "$(field works MemUsage | sed 's, / .*,,')")
check "figures: memory as the kernel counts it ($shown of $counted)" between $((counted * 9 / 10)) "$shown" $((counted * 11 / 10))
is "figures: processes" 3 "$(field works PIDs)"
disk=$(field works BlockIO)
if [[ -e $group/io.stat ]]; then
    check "figures: written to the disk ($disk)" between 20000000 "$(bytes "${disk#* / }")" 200000000
else
    failed "figures: written to the disk" "the group has no io.stat, so that stats says $disk"
fi

check "figures: one that rests" berth run -d --name rests busybox sleep 1000000
used=$(field rests CPUPerc)
check "figures: rest is no work ($used)" between 0 "${used%\%}" 5
limit=$(field rests MemUsage)
machine=$(awk '$1 == "MemTotal:" {printf "%.0f", $2 * 1024}' /proc/meminfo)
check "figures: without a limit it is the machine's memory (${limit#* / })" between $((machine * 99 / 100)) "$(bytes "${limit#* / }")" $((machine * 101 / 100))
is "figures: both are shown" "rests works" "$(berth stats --no-stream --format '{{.Name}}' | grep -xE 'rests|works' | sort | paste -sd ' ')"
check "figures: pause" berth pause works
used=$(field works CPUPerc)
check "figures: what is paused does nothing ($used)" between 0 "${used%\%}" 1
berth unpause works >/dev/null

check "figures: a network" berth network create figures
check "figures: who receives" berth run -d --name hears --network figures busybox sh -c 'sleep 1000000 | nc -l -p 7 | wc -c'
check "figures: who sends" berth run -d --name sends --network figures busybox sh -c 'until head -c 2000000 /dev/zero | nc hears 7; do sleep 1; done; sleep 1000000'
check "figures: two megabytes come over" within 60 log_says hears 2000000
net=$(field hears NetIO)
check "figures: they are counted ($net)" between 2000000 "$(bytes "${net% / *}")" 3000000

check "figures: a limit that is changed" berth update -m 200m --memory-swap 200m works
is "figures: the new limit" 200MiB "$(field works MemUsage | sed 's,.* / ,,')"

berth rm -f works rests hears sends >/dev/null
check "figures: the network goes" berth network rm figures
