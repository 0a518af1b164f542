#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
# What becomes of containers when their user logs out, as the README says. As root, who logs alice in and out.
. /usr/share/berth-tests/inside/check.sh

alice() { runuser -l alice -c ". /usr/share/berth-tests/inside/check.sh; $1"; }
# The user's systemd has a session of its own, of the class "manager".
no_sessions() { ! loginctl list-sessions --no-legend | grep -w alice | grep -qvw manager; }

alice have_images
alice 'berth rm -f $(berth ps -aq)' >/dev/null 2>&1

# ---- without lingering
loginctl disable-linger alice
check "logout: the user's systemd ends" within 60 manager_is_gone 1000
alice 'berth run -d --name gone --restart always busybox sh -c "trap : TERM; while :; do sleep 1; done"' >/dev/null
check "logout: the session is over although a container runs" within 30 no_sessions
check "logout: without lingering the container's systemd ends" within 60 manager_is_gone 1000
is "logout: no process of Berth is left" "" "$(pgrep -u alice -l berth)"
is "logout: the container counts as ended" exited "$(alice 'state_of gone')"
check "logout: it can be started after the next login" alice 'berth start gone && state_is gone running'
check "logout: and ends again" within 60 manager_is_gone 1000

# ---- with lingering
check "logout: lingering is switched on" loginctl enable-linger alice
alice 'berth start gone; berth run -d --name kept -p 7000:6379 redis' >/dev/null
check "logout: that session is over, too" within 30 no_sessions
check "logout: the published port answers" within 60 redis-cli -p 7000 PING
sleep 15 # longer than logind waits before it ends a user's systemd
is "logout: with lingering it goes on" PONG "$(redis-cli -p 7000 PING)"
is "logout: the next session finds it running" running "$(alice 'state_of kept')"
is "logout: and enters it" PONG "$(alice 'berth exec kept redis-cli PING')"
is "logout: one holder served both" 1 "$(pgrep -c -u alice -x berth-holder)"

# ---- where sessions are swept
mkdir -p /etc/systemd/logind.conf.d
printf '[Login]\nKillUserProcesses=yes\n' >/etc/systemd/logind.conf.d/sweep.conf
systemctl restart systemd-logind
alice 'berth rm -f $(berth ps -aq)' >/dev/null
kill "$(pgrep -u alice -x berth-holder)" # so that the next one is born in a session that is swept
alice 'berth run -d --name swept -p 7001:6379 redis' >/dev/null
within 30 no_sessions
check "logout: KillUserProcesses=yes spares it" within 60 redis-cli -p 7001 PING
is "logout: and its holder" 1 "$(pgrep -c -u alice -x berth-holder)"
rm /etc/systemd/logind.conf.d/sweep.conf
systemctl restart systemd-logind
alice 'berth rm -f $(berth ps -aq)' >/dev/null
check "logout: nothing is left" alice 'within 20 no_scopes'
