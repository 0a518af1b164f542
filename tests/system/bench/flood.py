# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A flood of text through the terminal: the window's own view against xterm, on the same X server."""

import os
import random
import statistics
import subprocess

from measure import Failed, seconds
from window import Display

MEGABYTES = 64


def _write_flood(path):
    """Lines as a compiler or a log prints them: mostly plain, some colour, some Korean. Always the same."""
    source = random.Random(20)
    words = ['warning', 'src/core/digest.cpp:42', '컨테이너를', '시작했습니다', 'Ready to accept connections', '0x7ffd']
    with open(path, 'wb') as file:
        while file.tell() < MEGABYTES << 20:
            line = ' '.join(source.choice(words) for _ in range(source.randrange(3, 14)))
            if source.random() < 0.2:
                line = f'\x1b[3{source.randrange(1, 8)}m{line}\x1b[0m'
            file.write(line.encode() + b'\n')


def measure_flood(table, work, rounds=3):
    flood = os.path.join(work, 'flood.txt')
    _write_flood(flood)
    program = os.environ.get('BERTH_FLOOD_PROGRAM', '')
    if not os.access(program, os.X_OK):
        raise Failed('the flood program of the terminal tests is not built (BERTH_FLOOD_PROGRAM)')
    display = Display()
    environment = {**os.environ, 'DISPLAY': display.name, 'LC_ALL': 'C.UTF-8'}
    environment.pop('QT_QPA_PLATFORM', None)
    try:
        ours = statistics.median(seconds([program, flood], env=environment) for _ in range(rounds))
        xterm = statistics.median(
            seconds(['xterm', '-u8', '-geometry', '120x40', '-sl', '10000', '-e', 'cat', flood], env=environment)
            for _ in range(rounds))
    finally:
        display.stop()
    table.compare(f'terminal, flood of {MEGABYTES} MB', ours, xterm, 'xterm', 's', at_least=1)
