#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Inside the machine of ./dev vm, as root, once after each boot: sets the network up, runs the scripts and
# counts what they say. ../README.md says which scripts there are.
set -uo pipefail

tests=/usr/share/berth-tests
state=/var/lib/berth-tests
script_seconds=${SCRIPT_SECONDS:-600}
mkdir -p "$state"
# As sshd and login say, whose session is a person's; runuser's would be a background one.
export XDG_SESSION_CLASS=user XDG_SESSION_TYPE=tty

# What a script says: its verdicts are counted, the rest is shown behind a bar.
count() {
    local line
    while IFS= read -r line; do
        case $line in
            'ok '*) echo "$line" >>"$state/ok" ;;
            'FAILED '*) echo "$line" >>"$state/failed" ;;
            *) line="      | $line" ;;
        esac
        printf '%s\n' "$line"
    done
}

# Whether ./dev vm was asked for this script: for any, or for a part of its name.
wanted() {
    local wanted word name=$1
    mapfile -t wanted < <(grep . "$tests/wanted")
    ((${#wanted[@]} == 0)) && return
    for word in "${wanted[@]}"; do [[ $name == *"$word"* ]] && return; done
    return 1
}

# Runs one script, in a login session of that user (PAM, logind, XDG_RUNTIME_DIR, the user's systemd).
run_script() {
    local user=$1 script=$2 name status began=$SECONDS
    name=${script#"$tests/"}
    name=${name%.sh}
    if ! wanted "$name"; then return; fi
    if [[ $user == root ]]; then
        timeout --kill-after=5 "$script_seconds" bash "$script" 2>&1 | count
    else
        timeout --kill-after=5 "$script_seconds" runuser -l "$user" -c "BERTH_TEST_IMAGES=$tests/images exec bash $script" 2>&1 | count
    fi
    status=${PIPESTATUS[0]}
    case $status in
        0) ;;
        124 | 137) echo "FAILED $name: did not end in $script_seconds s" | count ;;
        *) echo "FAILED $name: the script ended with $status" | count ;;
    esac
    echo "$name took $((SECONDS - began)) s" | count
}

# The outside: a default route into the emulator's restricted network, and a neighbour on a LAN of its own.
make_network() {
    ip address add 10.0.2.15/24 dev "$(basename "$(ls -d /sys/class/net/e*)")"
    ip link set "$(basename "$(ls -d /sys/class/net/e*)")" up
    ip route add default via 10.0.2.2
    ip netns add lan
    ip link add lan0 type veth peer name eth0 netns lan
    ip address add 192.0.2.1/24 dev lan0
    ip link set lan0 up
    ip -n lan address add 192.0.2.2/24 dev eth0
    ip -n lan link set lo up
    ip -n lan link set eth0 up
    mkdir -p /srv/lan
    echo "from the neighbour" >/srv/lan/index.html
    ip netns exec lan busybox httpd -p 192.0.2.2:8080 -h /srv/lan
}

finish() {
    local good=0 bad=0
    [[ -e $state/ok ]] && good=$(wc -l <"$state/ok")
    [[ -e $state/failed ]] && bad=$(wc -l <"$state/failed")
    if ((bad == 0 && good > 0)); then
        echo "vm: all $good checks are ok"
    else
        echo "vm: $bad of $((good + bad)) checks failed"
    fi
    sync
    systemctl poweroff --force
}

make_network
if [[ -e $state/rebooted ]]; then
    echo "vm: started again after $(cut -d. -f1 /proc/uptime) s"
    run_script alice "$tests/reboot/after.sh"
    finish
    exit
fi

echo "vm: $(uname -r), systemd $(systemctl --version | sed -n '1s/systemd \([0-9]*\).*/\1/p'), started after $(cut -d. -f1 /proc/uptime) s"
# What was unpacked just now is used as after an installation and a restart.
systemctl restart systemd-modules-load.service
for script in "$tests"/*.sh; do run_script alice "$script"; done
for script in "$tests"/root/*.sh; do run_script root "$script"; done
wanted reboot || { finish; exit; }
run_script root "$tests/reboot/before.sh"
touch "$state/rebooted"
sync
systemctl reboot
