#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The main job, in the real window on an X server that nobody sees, by real input events: drag a redis
# image from another window, run it, type at redis-cli in a terminal tab, leave it, ask the console for what runs,
# stop the container.
# Runs as the ordinary user inside the machine of ./dev: demo.sh FOLDER, where the pictures go.
set -euo pipefail

pictures=$1
archive=$BERTH_TEST_IMAGES/redis-docker.tar
children=()
work=$(mktemp -d)
# A store and settings of its own, so that it may run beside other tests and twice.
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config

finish() {
    local status=$?
    for ((i = ${#children[@]} - 1; i >= 0; i--)); do
        kill "${children[i]}" 2>/dev/null && wait "${children[i]}" 2>/dev/null || true
    done
    berth ps -aq 2>/dev/null | xargs -r berth rm -f >/dev/null 2>&1 || true
    berth rmi -f redis >/dev/null 2>&1 || true # files of other ids, which rm -r may not delete
    ((status == 0)) || { echo "demo: failed; what the window said:"; cat "$work/window.log" 2>/dev/null; } >&2
    local tries=0 # the layers are deleted by a layerer that nobody waits for
    until rm -rf "$work" 2>/dev/null || ((++tries > 50)); do sleep 0.1; done
    exit "$status"
}
trap finish EXIT

say() { printf '\n== %s\n' "$*"; }
shell() { printf '$ %s\n' "$*"; "$@"; }

# until_true SECONDS WHAT COMMAND...: asks again and again, and gives up with a sentence.
until_true() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= end)); then
            picture failure || true
            echo "demo: waited in vain until $what" >&2
            return 1
        fi
        sleep 0.1
    done
}

# Two pictures in a row that are equal: nothing moves any more.
settled() {
    import -window root "$work/one.png" && sleep 0.15 && import -window root "$work/two.png" && cmp -s "$work/one.png" "$work/two.png"
}
picture() {
    local tries=0
    until settled || ((++tries > 10)); do :; done
    mkdir -p "$pictures"
    import -window root "$pictures/$1.png"
    echo "   [picture] $1.png"
}

key() { xdotool key --clearmodifiers "$@"; }
type_text() { xdotool type --delay 25 -- "$1"; }
window_named() { xdotool search --onlyvisible --name "$1"; }

start_display() {
    Xvfb -displayfd 9 -screen 0 1280x800x24 -nolisten tcp 9>"$work/display" 2>/dev/null &
    children+=($!)
    until_true 10 "the X server is there" test -s "$work/display"
    DISPLAY=:$(<"$work/display")
    export DISPLAY
    openbox --config-file /dev/null >/dev/null 2>&1 &
    children+=($!)
    until_true 10 "the window manager is there" sh -c 'xprop -root _NET_SUPPORTED | grep -q _NET_ACTIVE_WINDOW'
}

start_window() {
    berth-desktop >"$work/window.log" 2>&1 &
    desktop=$!
    children+=("$desktop")
    until_true 20 "the window is visible" window_named '^Berth$'
    main=$(window_named '^Berth$' | tail -n1)
    xdotool windowmove --sync "$main" 20 30 windowsize --sync "$main" 1180 740 windowactivate --sync "$main"
}

drag_archive() {
    "$BERTH_BUILD_DIR/tests/system/demo-dragsource" "$archive" >"$work/drag.log" &
    children+=($!)
    until_true 10 "the file is shown" window_named '^demo files$'
    local file x=1060 y=700 step
    file=$(window_named '^demo files$' | tail -n1)
    xdotool windowmove --sync "$file" $x $y windowraise "$file"
    xdotool mousemove $((x + 60)) $((y + 30)) mousedown 1
    for ((step = 1; step <= 12; step++)); do
        xdotool mousemove $((x + 60 - step * 35)) $((y + 30 - step * 27))
        sleep 0.03
    done
    sleep 0.3
    picture 02-drag
    xdotool mouseup 1
    until_true 10 "the drop was accepted" grep -q copied "$work/drag.log"
    xdotool windowminimize "$file"
}

has_image() { berth images --format '{{.Repository}}' | grep -qx redis; }
is_running() { [[ $(berth ps --filter name=db --format '{{.Names}}') == db ]]; }
has_ended() { [[ $(berth ps -a --filter name=db --filter status=exited --format '{{.Names}}') == db ]]; }

# All text of the terminal tab, taken as a person would take it.
copy_terminal() {
    xclip -selection clipboard </dev/null >/dev/null 2>&1 # so that an old text is not taken for a new one
    key ctrl+shift+a ctrl+shift+c
    timeout 5 xclip -selection clipboard -o 2>/dev/null
}
terminal_shows() { copy_terminal | grep -qE "$1"; }
# keep_terminal NAME: the text without the empty rest of the screen, in a file; then lets go of the marked text.
keep_terminal() {
    copy_terminal | awk '{ lines[NR] = $0; if (/[^ ]/) last = NR } END { for (i = 1; i <= last; i++) print lines[i] }' >"$work/$1"
    xdotool mousemove 700 600 click 1
}

say "an empty Berth"
shell berth images
start_display
start_window
picture 01-empty

say "drop $(basename "$archive") on the window"
drag_archive
picture 03-card
key Return
until_true 60 "the image is there" has_image
picture 04-image
shell berth images

say "run it (Ctrl+R), as “db”"
key ctrl+r
until_true 10 "the dialog is shown" window_named '^Run a container'
type_text db
picture 05-run
key Return
until_true 20 "the container runs" is_running
picture 06-running
shell berth ps

say "open a terminal in it (Ctrl+T) and talk to redis"
key ctrl+t
until_true 10 "the dialog is shown" window_named '^Open a terminal'
key ctrl+a
type_text redis-cli
picture 07-terminal-dialog
key Return
until_true 20 "redis-cli shows its prompt" terminal_shows '^127.0.0.1:6379> *$'
type_text 'set key1 hello'
key Return
until_true 10 "redis says OK" terminal_shows '^OK'
type_text 'get key1'
key Return
until_true 10 "redis says hello" terminal_shows '^"hello"'
keep_terminal transcript
picture 08-redis-cli
cat "$work/transcript"

say "leave it by Ctrl-D"
key ctrl+d
until_true 10 "the tab says how it ended" bash -c '! pgrep -u "$(id -u)" -x redis-cli'
picture 09-ended

say "ask the console (Ctrl+5): Tab lists, grey hints tell what may follow"
key ctrl+5
until_true 20 "the console shows its prompt" terminal_shows '^berth> *$'
type_text p
key Tab
until_true 10 "the console lists the commands" terminal_shows '^pull|^pause'
type_text s
key space
type_text '--fo'
until_true 10 "the console hints at the flag" terminal_shows '^berth> ps --format'
xdotool mousemove 700 600 click 1
picture 10-console-hint
key Right # takes the hint
type_text " '{{.Names}} runs {{.Image}}'"
key Return
until_true 10 "the console shows what runs" terminal_shows '^db runs redis'
keep_terminal console
picture 11-console
cat "$work/console"

say "stop the container (Ctrl+1, Ctrl+.)"
key ctrl+1
key ctrl+period
until_true 20 "the container has ended" has_ended
picture 12-stopped
shell berth ps -a
shell berth logs --tail 3 db
shell berth rm db

say "close the window"
key ctrl+q
until_true 10 "the window is gone" bash -c "! kill -0 $desktop"

grep -q '^OK' "$work/transcript" && grep -q '^"hello"' "$work/transcript"
grep -q '^db runs redis' "$work/console"
echo
echo "demo: done; pictures are in build/demo/"
