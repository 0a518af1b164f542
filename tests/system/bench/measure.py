# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measuring: one row is one comparison, as a ratio taken in the same run."""

import json
import os
import statistics
import subprocess
import time


class Failed(Exception):
    """A measured command failed; the row is reported as missed with this text."""


def seconds(command, **options):
    """Wall seconds of one run. Fails when the command fails."""
    started = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, **options)
    elapsed = time.monotonic() - started
    if done.returncode != 0:
        text = done.stderr.decode(errors='replace').strip()[-400:]
        raise Failed(f'{" ".join(map(str, command))}: exit {done.returncode}: {text}')
    return elapsed


def median_seconds(command, rounds, **options):
    seconds(command, **options)  # warm-up
    return statistics.median(seconds(command, **options) for _ in range(rounds))


def alternately(rounds, *measures):
    """Runs the measures in turn (A B C A B C …), so that a drift of the machine hits all of them;
    the median of each."""
    samples = [[] for _ in measures]
    for _ in range(rounds):
        for measure, list_ in zip(measures, samples):
            list_.append(measure())
    return [statistics.median(list_) for list_ in samples]


def private_kib(pid):
    """Memory that only this process has (Private_Clean + Private_Dirty of smaps_rollup)."""
    total = 0
    with open(f'/proc/{pid}/smaps_rollup') as rollup:
        for line in rollup:
            if line.startswith(('Private_Clean:', 'Private_Dirty:')):
                total += int(line.split()[1])
    return total


def resident_kib(pid):
    with open(f'/proc/{pid}/status') as status:
        for line in status:
            if line.startswith('VmRSS:'):
                return int(line.split()[1])
    return 0


def pids_of(executable):
    """Every process whose program is this file."""
    found = []
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                if os.path.basename(os.readlink(f'/proc/{name}/exe')) == executable:
                    found.append(int(name))
            except OSError:
                pass
    return found


class Table:
    """Rows {name, berth, peer, peer_name, unit, ratio, goal, met}; ratio is peer / berth where more
    is better for berth, except for goals that bound berth's own value ("<= 20 ms")."""

    def __init__(self):
        self.rows = []

    def compare(self, name, berth, peer, peer_name, unit, at_least=None, at_most=None):
        ratio = peer / berth if at_least else berth / peer
        met = ratio >= at_least if at_least else ratio <= at_most
        goal = f'>= {at_least:g} x as good' if at_least else f'<= {at_most:g} x the limit'
        self._add(name, berth, peer, peer_name, unit, ratio, goal, met)

    def compare_rates(self, name, berth, peer, peer_name, unit, at_least):
        """Where more is better."""
        ratio = berth / peer
        self._add(name, berth, peer, peer_name, unit, ratio, f'>= {at_least:g} x as good', ratio >= at_least)

    def bound(self, name, berth, limit, unit, peer=None, peer_name=''):
        ratio = peer / berth if peer and berth else None
        self._add(name, berth, peer, peer_name, unit, ratio, f'<= {limit:g} {unit}', berth <= limit)

    def missed(self, name, why):
        self._add(name, None, None, why, '', None, '', False)

    def _add(self, name, berth, peer, peer_name, unit, ratio, goal, met):
        self.rows.append({'name': name, 'berth': berth, 'peer': peer, 'peer_name': peer_name,
                          'unit': unit, 'ratio': ratio, 'goal': goal, 'met': bool(met)})
        print(self._line(self.rows[-1]), flush=True)

    @staticmethod
    def _line(row):
        def number(value):
            return '-' if value is None else f'{value:.3g}' if value < 100 else f'{value:.0f}'
        mark = 'met   ' if row['met'] else 'MISSED'
        return (f'{row["name"]:<44} {number(row["berth"]):>8} {number(row["peer"]):>8} {row["unit"]:<6}'
                f' {number(row["ratio"]):>7}  {row["goal"]:<22} {mark} {row["peer_name"]}')

    @staticmethod
    def heading():
        return f'{"what":<44} {"berth":>8} {"peer":>8} {"unit":<6} {"ratio":>7}  {"goal":<22} {"":6} peer'

    def write(self, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            json.dump(self.rows, file, indent=2)
            file.write('\n')
