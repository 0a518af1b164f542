# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copying about 600 MB of real files into a running container and out of it again. Every round has names of its
own, and nothing is deleted before the end, as in load.py."""

import os
import shutil
import subprocess

from measure import alternately, seconds
from peers import Berth, Docker, Podman

BYTES = 600 << 20


def _make_source(folder, user):
    """Files of the machine's own /usr, as the ordinary user's."""
    size = 0
    for top, folders, names in os.walk('/usr'):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(top, name)
            if os.path.islink(path) or not os.path.isfile(path) or not os.access(path, os.R_OK):
                continue
            target = folder + path
            os.makedirs(os.path.dirname(target), exist_ok=True)
            shutil.copyfile(path, target)
            size += os.path.getsize(path)
        if size >= BYTES:
            break
    subprocess.run(['chown', '-R', f'{user}:', folder], check=True)


class Copy:
    def __init__(self, table, work, user, busybox):
        self.table = table
        self.source = os.path.join(work, 'copy-source')
        _make_source(self.source, user)
        self.peers = [Berth(work, user), Docker(work), Podman(work)]
        self.targets = {}
        for peer in self.peers:
            seconds(peer.command('load', '-q', '-i', busybox))
            # Without a limit of processes, since not every machine has that controller.
            limit = ['--pids-limit', '0'] if peer.name == 'podman' else []
            network = [] if peer.name == 'berth' else ['--network', 'none']
            seconds(peer.command('run', '-d', '--name', 'copied', *network, *limit, 'busybox', 'sleep', '100000'))
            self.targets[peer.name] = os.path.join(work, f'copy-out-{peer.name}')
            os.mkdir(self.targets[peer.name])
            if peer.name == 'berth':
                shutil.chown(self.targets[peer.name], user, user)
        self.round = 0

    def stop(self):
        for peer in self.peers:
            peer.stop()

    def measure(self, rounds=3):
        def into(peer):
            os.sync()
            self.round += 1
            return seconds(peer.command('cp', self.source, f'copied:/in-{self.round}'))

        def out(peer):
            os.sync()
            self.round += 1
            target = os.path.join(self.targets[peer.name], str(self.round))
            return seconds(peer.command('cp', f'copied:/{self.inside[peer.name]}', target))

        self.inside = {peer.name: f'in-{number + 1}' for number, peer in enumerate(self.peers)}
        for what, measure in (('into', into), ('out of', out)):
            berth, docker, podman = alternately(rounds, *((lambda peer=peer: measure(peer)) for peer in self.peers))
            self.table.compare(f'cp of 600 MB {what} a container against docker', berth, docker, 'docker', 's', at_least=1)
            self.table.compare(f'cp of 600 MB {what} a container against podman', berth, podman, 'podman', 's', at_least=1)


def measure_copy(table, options, work):
    copy = Copy(table, work, options.user, options.busybox)
    try:
        copy.measure()
    finally:
        copy.stop()
