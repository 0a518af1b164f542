# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists with 1,000 containers and 200 images in the store, and the start of one more container beside
199 that run."""

import os

import image
from measure import alternately, seconds
from peers import Berth, Docker

CONTAINERS = 1000
IMAGES = 200
RUNNING = 199


class Many:
    def __init__(self, table, work, user, busybox):
        self.table = table
        self.berth, self.docker = Berth(work, user), Docker(work)
        archive = os.path.join(work, 'many.tar')
        image.make_many(archive, IMAGES)
        for peer in (self.berth, self.docker):
            for path in (busybox, archive):
                seconds(peer.command('load', '-q', '-i', path))

    def stop(self):
        for peer in (self.berth, self.docker):
            peer.stop()

    def _compare(self, name, at_least, *arguments, rounds=15):
        measures = [lambda peer=peer: seconds(peer.command(*arguments)) for peer in (self.berth, self.docker)]
        alternately(1, *measures)
        berth, docker = alternately(rounds, *measures)
        self.table.compare(name, berth, docker, 'docker', 's', at_least=at_least)

    def lists(self):
        for peer in (self.berth, self.docker):
            for number in range(CONTAINERS):
                seconds(peer.command('create', '--name', f'kept{number}', 'busybox', 'true'))
        self._compare(f'ps -a with {CONTAINERS} containers', 1, 'ps', '-a')
        self._compare(f'images with {IMAGES} images', 1, 'images')
        self._compare(f'inspect among {CONTAINERS} containers', 1, 'inspect', 'kept500')

    def start(self):
        for peer in (self.berth, self.docker):
            for number in range(RUNNING):
                seconds(peer.command('run', '-d', '--name', f'up{number}', 'busybox', 'sleep', '100000'))
        self._compare(f'run --rm true beside {RUNNING} that run', 6, 'run', '--rm', 'busybox', 'true', rounds=9)
