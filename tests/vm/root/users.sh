#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Two people on one machine cannot see, reach, stop, starve or hijack each other. As root, who plays both.
. /usr/share/berth-tests/inside/check.sh

alice() { runuser -l alice -c ". /usr/share/berth-tests/inside/check.sh; $1"; }
bob() { runuser -l bob -c ". /usr/share/berth-tests/inside/check.sh; $1"; }

loginctl enable-linger alice
loginctl enable-linger bob
alice have_images
bob have_images
alice 'berth run -d --name hers -e SECRET=word -p 7000:6379 redis' >/dev/null
bob 'berth run -d --name his busybox sleep 100000' >/dev/null
within 60 redis-cli -p 7000 SET owner alice
id=$(alice 'id_of hers')
pid=$(alice 'pid_of hers')
monitor=$(awk '{print $4}' "/proc/$pid/stat")
holder=$(pgrep -u alice -x berth-holder)
forwarder=$(pgrep -u alice -x berth-forwarder)
address=$(alice "berth inspect --format '{{.NetworkSettings.IPAddress}}' hers")
group=/sys/fs/cgroup$(sed 's/^0:://; s,/payload,,' "/proc/$pid/cgroup")
check "users: the stage is set" test -n "$id" -a -n "$address" -a -d "$group" -a -n "$forwarder"

# ---- see
is "users: lists show one's own" his "$(bob "berth ps -a --format '{{.Names}}'")"
refuses "users: her container is none of his" "No such container" bob "berth inspect --type container $id"
refuses "users: her runtime folder" "denied" bob 'ls /run/user/1000/berth'
refuses "users: her data" "denied" bob 'ls /home/alice/.local/share/berth'
refuses "users: the environment of her container" "denied" bob "cat /proc/$pid/environ"
refuses "users: the root of her container" "denied" bob "ls /proc/$pid/root/"
is "users: no socket without a folder" "" "$(ss -Hxl | awk '{print $5}' | grep '^@.*berth')"

# ---- reach
socket=$(ls -d /run/user/1000/berth/*"${id:0:12}"* | head -n1)
refuses "users: her monitor's socket" "denied" bob "test -n '$socket' && stat $socket"
for kind in user mount net pid; do
    refuses "users: her container's $kind namespace" "not permitted" bob "nsenter --target $pid --$kind true"
    refuses "users: her holder's $kind namespace" "not permitted" bob "nsenter --target $holder --$kind true"
done
refuses "users: her container's address, from the machine" "" bob "timeout 5 redis-cli -h $address GET owner"
contains "users: her container's address, from his container" lost \
    "$(bob "berth run --rm redis timeout 5 redis-cli -h $address GET owner || echo lost" 2>&1)"
uplink=$(nsenter -t "$holder" -n ip -o -4 address show | awk '$4 ~ /\/31/ {sub("/31", "", $4); print $4; exit}')
contains "users: her router, from his container" lost "$(bob "berth run --rm redis timeout 5 redis-cli -h $uplink GET owner || echo lost" 2>&1)"
is "users: the published port is for all" alice "$(bob 'redis-cli -p 7000 GET owner')"
is "users: from his container, too" alice "$(bob 'berth run --rm redis redis-cli -h 192.0.2.1 -p 7000 GET owner' 2>&1)"

# ---- stop
for victim in "$pid" "$monitor" "$holder" "$forwarder"; do
    refuses "users: a signal to her $(ps -o comm= -p "$victim")" "not permitted" bob "kill -TERM $victim"
done
refuses "users: stop by id" "No such container" bob "berth stop $id"
refuses "users: her systemd" "" bob "systemctl --user --machine=alice@ stop berth-$id.scope"
refuses "users: her bus" "" bob 'DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/1000/bus busctl --user list'
refuses "users: a move of her monitor into his scope" "" bob "busctl --user call org.freedesktop.systemd1 /org/freedesktop/systemd1 \
    org.freedesktop.systemd1.Manager StartTransientUnit 'ssa(sv)a(sa(sv))' stolen.scope fail 1 PIDs au 1 $monitor 0 \
    && sleep 2 && grep -q stolen /proc/$monitor/cgroup"
refuses "users: the freezer of her container" "denied" bob "echo 1 >'$group/payload/cgroup.freeze'"
refuses "users: the killer of her container" "denied" bob "echo 1 >'$group/payload/cgroup.kill'"
refuses "users: her limits" "denied" bob "echo 1M >'$group/payload/memory.max'"
is "users: it runs all the same" running "$(alice 'state_of hers')"

# ---- hijack
refuses "users: her port is taken" "" bob 'berth run -d --name thief -p 7000:6379 redis'
bob 'berth rm -f thief' >/dev/null 2>&1
is "users: and still hers" alice "$(redis-cli -p 7000 GET owner)"
refuses "users: a port below 1024" "" bob 'berth run --rm -p 80:80 busybox true'
refuses "users: her address as his network's own" lost bob "berth network create --subnet ${address%.*}.0/24 same 2>/dev/null
    berth run --rm --network same redis timeout 5 redis-cli -h $address GET owner || { echo lost; false; }"
bob 'berth network rm same' >/dev/null 2>&1

# ---- starve: as many holders as he can get, a frozen helper, and she notices nothing
refuses "users: holders have an end" "holders" bob 'for number in $(seq 40); do mkdir -m 700 -p "$HOME/run/$number"
    XDG_RUNTIME_DIR=$HOME/run/$number berth run --rm busybox true || exit 1; done'
bob 'mkdir -m 700 -p "$HOME/run/frozen"; for number in 1 2 3 4 5 6; do
    (XDG_RUNTIME_DIR=$HOME/run/frozen berth run --rm busybox true & sleep 0.$number; kill -STOP -$!; kill -STOP $!) >/dev/null 2>&1; done' &
frozen=$!
began=$SECONDS
check "users: she gets a new holder" alice 'mkdir -m 700 -p "$HOME/run"; XDG_RUNTIME_DIR=$HOME/run berth run --rm busybox true'
check "users: with a way out" alice 'berth run --rm busybox wget -qO- http://192.0.2.2:8080/'
check "users: in time" test $((SECONDS - began)) -lt 60
kill "$frozen" 2>/dev/null
pkill -KILL -u bob -x berth
pkill -u alice -x berth-holder --newest
pkill -u bob -x berth-holder
refuses "users: who is not of the group" "berth" runuser -l carol -c "berth load -q -i /usr/share/berth-tests/images/busybox.tar && berth run --rm busybox true"

# ---- and nothing is left of it all
alice 'berth rm -f -v $(berth ps -aq)' >/dev/null
bob 'berth rm -f -v $(berth ps -aq)' >/dev/null
check "users: no scope of hers is left" alice 'within 20 no_scopes'
check "users: none of his" bob 'within 20 no_scopes'
is "users: no process but holders" "" "$(pgrep -a berth | grep -v berth-holder)"
is "users: her router has no pair but the way out" "" \
    "$(nsenter -t "$holder" -n ip -o link show type veth | awk -F': ' '{print $2}' | grep -v ^uplink)"
pkill -x berth-holder
no_links() { ! ip -o link show type veth | grep -qv lan0; }
check "users: no link without its holder" within 30 no_links
loginctl disable-linger bob
