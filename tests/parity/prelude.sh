# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the cases may use besides the programs of the machine, on both sides the same.

# await COMMAND...: until the command succeeds; ten seconds at most.
await() {
    local tries=0
    until "$@" >/dev/null 2>&1; do
        if ((++tries > 200)); then
            echo "waited in vain for: $*" >&2
            return 1
        fi
        sleep 0.05
    done
}

# says CONTAINER TEXT: whether its log has the text.
says() { $D logs "$1" 2>&1 | grep -qe "$2"; }

# is CONTAINER STATE: whether it is in that state.
is() { [[ $($D inspect -f '{{.State.Status}}' "$1") == "$2" ]]; }

# up CONTAINER ARG...: run -d, quietly, and ready when it says so: for programs that print "ready".
up() { $D run -d --name "$@" >/dev/null && await says "$1" ready; }

# sleeper CONTAINER ARG...: one that runs and does nothing. It ends at once when it is told to.
sleeper() { $D run -d --name "$1" "${@:2}" busybox sh -c 'trap "exit 0" TERM; sleep 1000 & wait' >/dev/null; }

# seconds COMMAND...: runs it and says how long it took in whole seconds, rounded, on standard output.
seconds() {
    local began=$EPOCHREALTIME status=0
    "$@" || status=$?
    awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN {printf "took %.0f s\n", b - a}'
    return "$status"
}
