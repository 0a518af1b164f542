#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What a container may use of the machine, with the kernel's own controllers.
. /usr/share/berth-tests/inside/check.sh

have_images
began=$(date +%s.%N)
group_of() { printf '/sys/fs/cgroup%s' "$(sed 's/^0:://' "/proc/$(pid_of "$1")/cgroup")"; }
value() { cat "$(group_of "$1")/$2"; }
value_is() { [[ $(value "$1" "$2") == "$3" ]]; }
inspected() { berth inspect --type container --format "{{$2}}" "$1"; }
inspected_is() { [[ $(inspected "$1" "$2") == "$3" ]]; }
# How often the container's events of this run have the action.
events_of() { berth events --since "$began" --until "$(date +%s.%N)" --filter "container=$1" --filter "event=$2" --format '{{.Action}}' | wc -l; }
# busybox's dd fills a buffer of as many mebibytes.
hog() { printf 'dd if=/dev/zero of=/dev/null bs=%dM count=1 2>/dev/null' "$1"; }

# ---- every limit reaches its file before the first process is born
check "limits: all at once" berth run -d --init --name all -m 64m --memory-swap 96m --memory-reservation 32m --cpus 0.5 --cpu-shares 512 \
    --cpuset-cpus 1 --cpuset-mems 0 --pids-limit 20 --oom-score-adj 500 busybox sleep 1000000
is "limits: memory.max" 67108864 "$(value all memory.max)"
is "limits: memory.swap.max" 33554432 "$(value all memory.swap.max)"
is "limits: memory.low" 33554432 "$(value all memory.low)"
is "limits: cpu.max" "50000 100000" "$(value all cpu.max)"
is "limits: cpu.weight" 59 "$(value all cpu.weight)"
is "limits: cpuset.cpus" 1 "$(value all cpuset.cpus)"
is "limits: cpuset.mems" 0 "$(value all cpuset.mems)"
is "limits: pids.max" 20 "$(value all pids.max)"
is "limits: oom_score_adj" 500 "$(cat "/proc/$(pid_of all)/oom_score_adj")"
is "limits: seen inside" 67108864 "$(berth exec all cat /sys/fs/cgroup/memory.max)"
is "limits: one processor inside" 1 "$(berth exec all nproc)"
is "limits: oom_score_adj of exec" 500 "$(berth exec all cat /proc/self/oom_score_adj)"
is "limits: inspect" "67108864 100663296 33554432 500000000 512 1 0 20 500" "$(inspected all \
    '.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.MemoryReservation}} {{.HostConfig.NanoCpus}} {{.HostConfig.CpuShares}} {{.HostConfig.CpusetCpus}} {{.HostConfig.CpusetMems}} {{.HostConfig.PidsLimit}} {{.HostConfig.OomScoreAdj')"
monitor=$(awk '{print $4}' "/proc/$(pid_of all)/stat")
is "limits: the monitor is not held to them" max "$(cat "/sys/fs/cgroup$(sed 's/^0:://' "/proc/$monitor/cgroup")/memory.max")"
refuses "limits: nobody inside lifts them" "" berth exec all sh -c 'echo max >/sys/fs/cgroup/memory.max'

# ---- and holds
berth exec -d all sleep 1000001
joined() { [[ $(sed 's/^0:://' "/proc/$(pgrep -f 'sleep 1000001')/cgroup") == "$(sed 's/^0:://' "/proc/$(pid_of all)/cgroup")" ]]; }
check "limits: exec joins the group" within 20 joined
refuses "limits: no more than 20 processes" "" berth exec all sh -c 'for n in $(seq 40); do sleep 1000002 & done; wait'
check "limits: the kernel has counted that" grep -qE '^max [1-9]' "$(group_of all)/pids.events"
pkill -f 'sleep 1000002'
has_room() { (($(value all pids.current) < 10)); }
check "limits: there is room again" within 20 has_room
usage() { awk '$1 == "usage_usec" {print $2}' "$(group_of "$1")/cpu.stat"; }
berth exec -d all sh -c 'while :; do :; done'
sleep 2
before=$(usage all) start=${EPOCHREALTIME/./}
sleep 10
spent=$(($(usage all) - before)) wall=$((${EPOCHREALTIME/./} - start))
check "limits: half a CPU at most (${spent} of ${wall} µs)" test $((spent * 100)) -lt $((wall * 60))
check "limits: and it was held back" grep -qE '^nr_throttled [1-9]' "$(group_of all)/cpu.stat"

# ---- update while it runs
is "limits: update says whom" all "$(berth update -m 128m --memory-swap 256m --memory-reservation 16m --cpus 1 --cpu-shares 2048 \
    --cpuset-cpus 0-1 --pids-limit 30 all 2>&1)"
is "limits: updated memory.max" 134217728 "$(value all memory.max)"
is "limits: updated memory.swap.max" 134217728 "$(value all memory.swap.max)"
is "limits: updated memory.low" 16777216 "$(value all memory.low)"
is "limits: updated cpu.max" "100000 100000" "$(value all cpu.max)"
is "limits: updated cpu.weight" 174 "$(value all cpu.weight)"
is "limits: updated cpuset.cpus" 0-1 "$(value all cpuset.cpus)"
is "limits: updated pids.max" 30 "$(value all pids.max)"
is "limits: updated inspect" "134217728 268435456 30" \
    "$(inspected all '.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.PidsLimit')"
is "limits: no more limit of processes, nor of swap" "$(printf 'all')" "$(berth update --pids-limit -1 --memory-swap -1 all 2>&1)"
is "limits: pids.max without a limit" max "$(value all pids.max)"
is "limits: memory.swap.max without a limit" max "$(value all memory.swap.max)"
refuses "limits: an update that contradicts" "Conflicting options" berth update --cpu-quota 20000 all
is "limits: what it contradicts stays" "100000 100000" "$(value all cpu.max)"
refuses "limits: CPUs that are not there" "not available" berth update --cpuset-cpus 99 all
check "limits: restart" berth restart -t 0 all
is "limits: restart keeps what was updated" 134217728 "$(value all memory.max)"
check "limits: removal" berth rm -f all

# ---- update of one that does not run, and of one that had no limit
check "limits: create" berth create --name later -m 64m busybox sleep 1000000
check "limits: update before the start" berth update -m 96m --memory-swap 96m later
check "limits: start" berth start later
is "limits: memory.max after the start" 100663296 "$(value later memory.max)"
is "limits: no swap at all" 0 "$(value later memory.swap.max)"
check "limits: run without limits" berth run -d --name free busybox sleep 1000000
is "limits: none asked, none set" "max max 100000 100" "$(value free memory.max) $(value free cpu.max) $(value free cpu.weight)"
check "limits: a limit for it" berth update -m 64m --memory-swap 64m --cpu-quota 25000 --cpu-period 50000 free
is "limits: memory.max of it" 67108864 "$(value free memory.max)"
is "limits: cpu.max of it" "25000 50000" "$(value free cpu.max)"
berth rm -f later free >/dev/null

# ---- out of memory
is "limits: a container that takes too much" 137 \
    "$(berth run --name big -m 32m --memory-swap 32m busybox sh -c "exec $(hog 200)" >/dev/null 2>&1; echo $?)"
is "limits: inspect knows why" "true 137 exited" "$(inspected big '.State.OOMKilled}} {{.State.ExitCode}} {{.State.Status')"
is "limits: an event tells of it" 1 "$(events_of big oom)"
contains "limits: ps" "Exited (137)" "$(berth ps -a --filter name=big --format '{{.Status}}')"
check "limits: less is enough for less" berth run --rm -m 32m --memory-swap 32m busybox sh -c "$(hog 8)"
check "limits: a child that takes too much" berth run -d --name parent -m 32m --memory-swap 32m busybox sh -c "$(hog 200); exec sleep 1000000"
check "limits: it is known while the container runs" within 60 inspected_is parent .State.OOMKilled true
is "limits: the container runs on" running "$(state_of parent)"
is "limits: its event came at once" 1 "$(events_of parent oom)"
check "limits: stop" berth stop -t 0 parent
is "limits: it is still known" true "$(inspected parent .State.OOMKilled)"
is "limits: an exec that takes too much" 137 \
    "$(berth run -d --name calm -m 32m --memory-swap 32m busybox sleep 1000000 >/dev/null; berth exec calm sh -c "exec $(hog 200)" >/dev/null 2>&1; echo $?)"
is "limits: the container outlives it" running "$(state_of calm)"
berth update -m 300m --memory-swap 300m calm >/dev/null
check "limits: and may have more now" berth exec calm sh -c "$(hog 200)"
berth run -d --name again -m 32m --memory-swap 32m --restart on-failure:2 busybox sh -c "exec $(hog 200)" >/dev/null
check "limits: started again after it" within 90 inspected_is again '.RestartCount}} {{.State.Status' "2 exited"
is "limits: an event each time" 3 "$(events_of again oom)"
berth rm -f big parent calm again >/dev/null

# ---- what the machine says of itself
is "limits: info" "true true true true true" \
    "$(berth info --format '{{.MemoryLimit}} {{.CpuCfsQuota}} {{.CPUShares}} {{.CPUSet}} {{.PidsLimit}}')"
is "limits: info has nothing to warn of" "" "$(berth info 2>&1 >/dev/null | grep 'limit support\|cpu\|cpuset')"
check "limits: no scope is left" within 20 no_scopes
