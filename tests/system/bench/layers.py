# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving an image of about 600 MB, and making one of a container that wrote as much. Every round of a
commit has a container of its own: committing the same one again would find its layer in place."""

import os
import subprocess
import time

from measure import alternately, seconds
from peers import Berth, Docker, Podman

# Unpacks the layers of the load comparison's archive into the container.
FILL = 'mkdir /copy; for n in 0 1 2 3; do tar -xOf /in/plain.tar $n.tar | tar -xf - -C /copy 2>/dev/null; done; sync; true'


class Layers:
    def __init__(self, table, work, user, busybox, plain):
        self.table, self.work, self.plain = table, work, plain
        os.chmod(os.path.dirname(plain), 0o755)
        self.peers = {'berth': Berth(work, user), 'podman': Podman(work), 'docker': Docker(work)}
        for peer in self.peers.values():
            seconds(peer.command('load', '-q', '-i', busybox))

    def stop(self):
        for peer in self.peers.values():
            peer.stop()

    def save(self, rounds=3):
        for peer in self.peers.values():
            seconds(peer.command('load', '-q', '-i', self.plain))
        self._compare('save', rounds, self._save, docker=4, podman=2)

    def commit(self, rounds=3):
        for name, peer in self.peers.items():
            quiet = {'berth': [], 'podman': ['--network', 'none', '--pids-limit', '0'],
                     'docker': ['--network', 'none']}[name]
            for number in range(rounds):
                seconds(peer.command('run', '--name', f'filled{number}', *quiet, '-v',
                                     f'{os.path.dirname(self.plain)}:/in:ro', 'busybox', 'sh', '-c', FILL))
        self._compare('commit', rounds, self._commit, docker=4, podman=2)

    def _compare(self, what, rounds, measure, docker, podman):
        self.round = dict.fromkeys(self.peers, 0)
        times = dict(zip(self.peers, alternately(
            rounds, *(lambda name=name: measure(name) for name in self.peers))))
        self.table.compare(f'{what} of 600 MB against docker', times['berth'], times['docker'], 'docker', 's', at_least=docker)
        self.table.compare(f'{what} of 600 MB against podman', times['berth'], times['podman'], 'podman', 's', at_least=podman)

    def _next(self, name):
        self.round[name] += 1
        os.sync()  # nobody pays for what another left in memory
        return self.round[name] - 1

    def _save(self, name):
        """Into a pipe whose reader throws the bytes away, so that the disk is nobody's bound."""
        self._next(name)
        pipe = subprocess.Popen(['cat'], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        try:
            return _seconds_into(self.peers[name].command('save', 'bench/plain:latest'), pipe.stdin)
        finally:
            pipe.stdin.close()
            pipe.wait()

    def _commit(self, name):
        number = self._next(name)
        return seconds(self.peers[name].command('commit', f'filled{number}', f'committed:{number}'))


def _seconds_into(command, output):
    started = time.monotonic()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - started
