# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loading an archive of about 600 MB. Every round gets fresh storage, and what was written is deleted
only at the very end: creating many files soon after deleting many is slow on such machines and
would punish whoever comes second."""

import os
import subprocess
import time

from measure import alternately, seconds
from peers import Berth, Docker, Podman


class Load:
    def __init__(self, table, work, user, plain, zipped):
        self.table, self.work, self.user = table, work, user
        self.plain, self.zipped = plain, zipped

    def measure(self, rounds=3):
        for what, archive in (('plain', self.plain), ('gzip', self.zipped)):
            with open(archive, 'rb') as file:  # into the page cache, for everybody
                while file.read(1 << 20):
                    pass
            berth, podman, docker, tar = alternately(
                rounds, lambda: self._berth(archive), lambda: self._podman(archive),
                lambda: self._docker(archive), self._raw)
            name = f'load, {what} archive'
            self.table.compare(f'{name} against podman', berth, podman, 'podman', 's', at_least=5)
            self.table.compare(f'{name} against docker', berth, docker, 'docker', 's', at_least=5)
            if what == 'plain':
                self.table.compare(f'{name} against tar x of its layers', berth, tar, 'tar', 's', at_most=2)

    @staticmethod
    def _settle():
        """What the one before left in memory is written now, not at the cost of the next: berth ends with
        a sync of the file system, and everybody's writers are slowed when too much waits."""
        os.sync()

    def _berth(self, archive):
        self._settle()
        berth = Berth(self.work, self.user)
        berth.run('info')  # the holder lives as long as the session; its start is a row of its own
        return seconds(berth.command('load', '-q', '-i', archive))

    def _podman(self, archive):
        self._settle()
        return seconds(Podman(self.work).command('load', '-q', '-i', archive))

    def _docker(self, archive):
        docker = Docker(self.work)
        self._settle()
        try:
            return seconds(docker.command('load', '-q', '-i', archive))
        finally:
            docker.stop()

    def _raw(self):
        """The limit: GNU tar unpacking the same layers one after the other, nothing hashed."""
        target = os.path.join(self.work, f'raw-{time.monotonic_ns()}')
        os.mkdir(target)
        subprocess.run(['tar', '-xf', self.plain, '-C', target], check=True)
        layers = [os.path.join(top, name) for top, _, names in os.walk(target)
                  for name in names if _is_layer(os.path.join(top, name))]
        self._settle()
        started = time.monotonic()
        for number, layer in enumerate(sorted(layers)):
            into = os.path.join(target, f'layer-{number}')
            os.mkdir(into)
            subprocess.run(['tar', '-xf', layer, '-C', into], check=True, stderr=subprocess.DEVNULL)
        return time.monotonic() - started


def _is_layer(path):
    if os.path.islink(path) or not os.path.isfile(path):
        return False
    with open(path, 'rb') as file:
        return file.read(262)[257:] == b'ustar'
