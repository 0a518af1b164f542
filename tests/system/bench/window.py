# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window: time until it is visible, memory, idle CPU; the terminal under a flood."""

import os
import subprocess
import time

from measure import Failed, resident_kib


class Display:
    """An X server of its own."""

    def __init__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '1600x1000x24',
                                         '-nolisten', 'tcp', '-ac', '-noreset'], pass_fds=[write],
                                        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        # To the newline, which it writes apart: it dies of a pipe that was closed before.
        with open(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise Failed('Xvfb does not start')
        self.name = f':{number}'

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def _visible_window(display, pid):
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid), '--name', '.'],
                           env=os.environ | {'DISPLAY': display.name}, capture_output=True, text=True)
    return found.stdout.split()


def _cpu_ticks(pid):
    with open(f'/proc/{pid}/stat') as stat:
        fields = stat.read().rsplit(')', 1)[1].split()
    return int(fields[11]) + int(fields[12])


def measure_window(table, berth, rounds=5):
    display = Display()
    samples, resident, idle = [], 0, 0
    try:
        for number in range(rounds + 1):
            command = berth.command()
            command[-1:] = ['berth-desktop']
            command.insert(command.index('-i') + 1, f'DISPLAY={display.name}')
            started = time.monotonic()
            window = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.PIPE)
            while not _visible_window(display, window.pid):
                if window.poll() is not None:
                    raise Failed(f'the window does not appear: {window.stderr.read().decode()[:400]}')
                if time.monotonic() - started > 20:
                    raise Failed('the window does not appear in 20 s')
            samples.append(time.monotonic() - started)
            if number == rounds:
                time.sleep(5)
                before = _cpu_ticks(window.pid)
                time.sleep(30)
                idle = (_cpu_ticks(window.pid) - before) / os.sysconf('SC_CLK_TCK') / 30 * 100
                resident = resident_kib(window.pid) / 1024
            window.terminate()
            window.wait(timeout=10)
    finally:
        display.stop()
    table.bound('window visible, first start', samples[0] * 1000, 300, 'ms')
    table.bound('window visible, later starts', sorted(samples[1:])[rounds // 2] * 1000, 300, 'ms')
    table.bound('window, idle CPU over 30 s', idle, 0, '%')
    table.bound('window, resident', resident, 60, 'MiB')
