# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks: a container's start on a bridge, how fast it reaches the host and is reached on a published port,
connections a second through that port, and 200 containers that all have a network. The host is 192.0.2.1, as
packaging/machine.sh makes it. Pasta is not asked for the way to the host, whose address is the container's own there."""

import json
import os
import subprocess
import time

import image
from measure import Failed, alternately, pids_of, private_kib, seconds
from peers import Berth, Docker, Podman, RootlessPodman

HOST = '192.0.2.1'
IPERF = '/usr/bin/iperf3'
SECONDS = 3
MANY = 200
CONNECTIONS = 4000


def _iperf(command, host, port):
    """Gigabits a second that the receiving end saw; the sender's connections are given time to find the server."""
    for _ in range(50):
        done = subprocess.run([*command, '-c', host, '-p', str(port), '-t', str(SECONDS), '-J'],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode == 0:
            return json.loads(done.stdout)['end']['sum_received']['bits_per_second'] / 1e9
        time.sleep(0.1)
    raise Failed(f'iperf3 to port {port}: {done.stdout[-300:]} {done.stderr[-300:]}')


class Network:
    def __init__(self, table, work, user, busybox, redis):
        self.table, self.redis = table, redis
        self.berth, self.docker, self.podman = Berth(work, user), Docker(work), Podman(work)
        self.rootless = RootlessPodman(work, user)
        self.all = [self.berth, self.docker, self.podman, self.rootless]
        tool = os.path.join(work, 'iperf.tar')
        image.make_program(tool, IPERF, 'bench/iperf:latest')
        for peer in self.all:
            for archive in (busybox, tool, redis):
                seconds(peer.command('load', '-q', '-i', archive))
        try:
            seconds(self.rootless.command('run', '--rm', *self.rootless.bridged, 'busybox', 'true'))
        except Failed as error:  # without it there is still much to compare
            table.missed('networks of rootless podman', str(error))
            self.all.remove(self.rootless)

    def stop(self):
        for peer in self.all:
            peer.stop()

    def run(self, rounds=9):
        measures = [lambda peer=peer: seconds(peer.command('run', '--rm', *peer.bridged, 'busybox', 'true'))
                    for peer in self.all]
        alternately(1, *measures)
        took = dict(zip(self.all, alternately(rounds, *measures)))
        berth = took[self.berth]
        self.table.bound('run --rm true with a network', berth * 1000, 40, 'ms', took[self.docker] * 1000, 'docker')
        for peer in self.all[2:]:
            self.table.compare('run --rm true with a network', berth, took[peer], peer.name, 's', at_least=4)

    def outwards(self, rounds=3):
        server = subprocess.Popen([IPERF, '-s', '-p', '5301'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            rates = self._alternate(rounds, [self.berth, self.docker], lambda peer: _iperf(
                peer.command('run', '--rm', *peer.bridged, 'bench/iperf', IPERF), HOST, 5301))
        finally:
            server.terminate()
            server.wait()
        self._rates('container to host', rates)

    def inwards(self, rounds=3):
        peers = self._throughput_peers()
        for number, peer in enumerate(peers):
            seconds(peer.command('run', '-d', '--name', 'server', *peer.bridged, '-p', f'{5310 + number}:5201', 'bench/iperf',
                                 IPERF, '-s'))
        self._rates('host to a published port', self._alternate(
            rounds, peers, lambda peer: _iperf([IPERF], HOST, 5310 + peers.index(peer))))

    def connections(self, rounds=3):
        """redis-benchmark makes a connection for each request when it is told not to keep them."""
        peers = [self.berth, self.docker]
        for number, peer in enumerate(peers):
            seconds(peer.command('run', '-d', '--name', 'redis', '-p', f'{5320 + number}:6379', self._redis_name(peer)))

        def rate(peer):
            took = seconds(['redis-benchmark', '-h', HOST, '-p', str(5320 + peers.index(peer)), '-k', '0', '-c', '50',
                            '-n', str(CONNECTIONS), '-t', 'ping_mbulk'])
            return CONNECTIONS / took

        berth, docker = self._alternate(rounds, peers, rate)
        self.table.compare_rates('connections through a published port', berth, docker, 'docker', '1/s', at_least=1)

    def many(self):
        """One after the other; and what a container then costs beyond its own process."""
        took = {}
        for peer in (self.berth, self.docker):
            started = time.monotonic()
            for number in range(MANY):
                seconds(peer.command('run', '-d', '--name', f'many{number}', 'busybox', 'sleep', '100000'))
            took[peer] = time.monotonic() - started
        self.table.compare(f'{MANY} containers with a network', took[self.berth], took[self.docker], 'docker', 's', at_least=4)
        monitors = [private_kib(pid) for pid in pids_of('berth-monitor')]
        shims = [private_kib(pid) for pid in pids_of('containerd-shim-runc-v2')]
        self.table.compare(f'memory of a container among {MANY} (private)', sum(monitors) / len(monitors) / 1024,
                           sum(shims) / len(shims) / 1024, 'docker shim', 'MiB', at_least=4)

    def _redis_name(self, peer):
        listed = subprocess.run(peer.command('images', '--format', '{{.Repository}}:{{.Tag}}'), capture_output=True, text=True)
        return next(name for name in listed.stdout.split() if 'redis' in name)

    def _throughput_peers(self):
        return [peer for peer in self.all if peer is not self.podman]

    @staticmethod
    def _alternate(rounds, peers, rate):
        return alternately(rounds, *(lambda peer=peer: rate(peer) for peer in peers))

    def _rates(self, what, rates):
        berth, docker, *pasta = rates
        self.table.compare_rates(what, berth, docker, 'docker, bridge', 'Gbit/s', at_least=0.8)
        for rate in pasta:
            self.table.compare_rates(what, berth, rate, 'podman, pasta', 'Gbit/s', at_least=10)
