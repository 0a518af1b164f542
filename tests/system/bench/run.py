# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting containers, exec into them, listing 200 of them, and what an idle one costs."""

import statistics
import time

from measure import Failed, alternately, median_seconds, pids_of, private_kib, resident_kib, seconds
from peers import Berth, Docker, Podman


class Run:
    def __init__(self, table, work, user, busybox):
        self.table, self.busybox = table, busybox
        self.berth, self.podman, self.docker = Berth(work, user), Podman(work), Docker(work)
        for peer in (self.berth, self.podman, self.docker):
            seconds(peer.command('load', '-q', '-i', busybox))

    def stop(self):
        for peer in (self.berth, self.podman, self.docker):
            peer.stop()

    def run(self, rounds=15):
        def once(peer, *options):
            return lambda: seconds(peer.command('run', '--rm', *options, 'busybox', 'true'))
        measures = [once(self.berth), once(self.docker, '--network', 'none'), once(self.docker),
                    # Without a limit of processes, since not every machine has that controller.
                    once(self.podman, '--network', 'none', '--pids-limit', '0')]
        alternately(1, *measures)
        berth, quiet, bridged, podman = alternately(rounds, *measures)
        self.table.compare('run --rm true against docker, bridge', berth, bridged, 'docker', 's', at_least=6)
        self.table.compare('run --rm true against docker, no network', berth, quiet, 'docker', 's', at_least=6)
        self.table.compare('run --rm true against podman, no network', berth, podman, 'podman', 's', at_least=6)

    def exec(self, rounds=25):
        for peer in (self.berth, self.docker):
            seconds(peer.command('run', '-d', '--name', 'idle', 'busybox', 'sleep', '100000'))
        berth, docker = alternately(
            rounds, lambda: seconds(self.berth.command('exec', 'idle', 'true')),
            lambda: seconds(self.docker.command('exec', 'idle', 'true')))
        self.table.compare('exec true', berth, docker, 'docker', 's', at_least=4)

    def memory(self):
        monitors = pids_of('berth-monitor')
        if not monitors:
            raise Failed('no monitor is running')
        shims = pids_of('containerd-shim-runc-v2')
        shim = statistics.mean(resident_kib(pid) for pid in shims) if shims else None
        monitor = max(private_kib(pid) for pid in monitors)
        self.table.bound('memory of an idle container (private)', monitor / 1024, 1.5, 'MiB',
                         shim / 1024 if shim else None, 'docker shim, resident')

    def list(self, count=200):
        for peer in (self.berth, self.docker):
            for number in range(count):
                seconds(peer.command('create', '--name', f'listed{number}', 'busybox', 'true'))
        berth = median_seconds(self.berth.command('ps', '-a'), 15)
        docker = median_seconds(self.docker.command('ps', '-a'), 15)
        self.table.bound(f'ps with {count} containers', berth * 1000, 20, 'ms', docker * 1000, 'docker')

    def holder(self):
        """The first command of a session also makes the holder."""
        fresh = Berth(self.berth.home, self.berth.user)
        started = time.monotonic()
        fresh.run('load', '-q', '-i', self.busybox)
        self.table.bound('first load of a session, holder included', (time.monotonic() - started) * 1000, 150, 'ms')
