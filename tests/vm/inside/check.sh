# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by the scripts of the virtual machine. A check is one line: "ok NAME" or "FAILED NAME: WHY".

ok() { printf 'ok %s\n' "$1"; }
failed() { printf 'FAILED %s: %s\n' "$1" "$(tr '\n' ' ' <<<"${2:-}" | cut -c1-400)"; }

# check NAME COMMAND...: the command succeeds.
check() {
    local name=$1 said status=0
    shift
    said=$("$@" 2>&1) || status=$?
    if ((status == 0)); then ok "$name"; else failed "$name" "\"$*\" ended with $status: $said"; fi
    return "$status"
}

# refuses NAME WORDS COMMAND...: the command fails and says the words (any, when they are empty).
refuses() {
    local name=$1 words=$2 said status=0
    shift 2
    said=$("$@" 2>&1) || status=$?
    if ((status == 0)); then
        failed "$name" "\"$*\" succeeded: $said"
    elif [[ $said == *"$words"* ]]; then
        ok "$name"
    else
        failed "$name" "\"$*\" does not say \"$words\" but: $said"
    fi
}

# is NAME WANTED FOUND
is() { if [[ $2 == "$3" ]]; then ok "$1"; else failed "$1" "wanted \"$2\", found \"$3\""; fi; }

# contains NAME PART WHOLE
contains() { if [[ $3 == *"$2"* ]]; then ok "$1"; else failed "$1" "no \"$2\" in \"$3\""; fi; }

# within SECONDS COMMAND...: tries until it succeeds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.2
    done
}

not() { ! "$@"; }

# manager_is_gone UID: that user's systemd has ended, and what it stopped with it.
manager_is_gone() { [[ $(systemctl show -P ActiveState "user@$1.service") == inactive ]]; }

# ---- of one user ------------------------------------------------------------------------------------------

# The images, once for each user.
have_images() {
    local name
    for name in busybox redis; do
        berth inspect --type image "$name" >/dev/null 2>&1 && continue
        berth load -q -i "$images/$([[ $name == redis ]] && echo redis-docker || echo busybox).tar"
    done
}
images=${BERTH_TEST_IMAGES:-/usr/share/berth-tests/images}

id_of() { berth inspect --type container --format '{{.Id}}' "$1"; }
pid_of() { berth inspect --type container --format '{{.State.Pid}}' "$1"; }
state_of() { berth inspect --type container --format '{{.State.Status}}' "$1"; }
state_is() { [[ $(state_of "$1") == "$2" ]]; }
# The folder of the scope of a container, as the user's systemd says.
scope_folder() { printf '/sys/fs/cgroup%s' "$(systemctl --user show -P ControlGroup "berth-$(id_of "$1").scope")"; }
scopes() { systemctl --user list-units --all --plain --no-legend --type=scope 'berth-*' | awk '{print $1}' | grep -v '^berth-holder' || true; }
no_scopes() { [[ -z $(scopes) ]]; }
