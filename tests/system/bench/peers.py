# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The peers, real ones: docker (dockerd and its client) and podman, both as root, both with fresh
storage on the same disk as berth's store. And berth itself, as the ordinary user."""

import os
import shutil
import subprocess
import time

from measure import Failed


class Berth:
    """berth with a store of its own. Created by and run as the ordinary user."""

    name = 'berth'
    bridged = ()  # what run needs to have a network

    def __init__(self, work, user):
        self.user = user
        self.home = os.path.join(work, f'berth-{time.monotonic_ns()}')
        self.runtime = os.path.join('/run', f'berth-bench-{time.monotonic_ns()}')
        for folder in (self.home, self.runtime):
            os.mkdir(folder, 0o700)
            shutil.chown(folder, user, user)
        self.environment = {'HOME': self.home, 'XDG_DATA_HOME': self.home, 'PATH': '/usr/bin:/bin',
                            'XDG_RUNTIME_DIR': self.runtime, 'LC_ALL': 'C.UTF-8'}

    def command(self, *arguments):
        """Nothing stands between the clock and berth but setpriv, which every peer lacks."""
        return ['setpriv', f'--reuid={self.user}', f'--regid={self.user}', '--init-groups',
                'env', '-i', *(f'{k}={v}' for k, v in self.environment.items()),
                'berth', *arguments]

    def run(self, *arguments):
        done = subprocess.run(self.command(*arguments), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f'berth {" ".join(arguments)}: {done.stderr.strip()}')
        return done.stdout

    def stop(self):
        listed = self.run('ps', '-aq').split()
        if listed:
            self.run('rm', '-f', *listed)


class Podman:
    name = 'podman'
    # Without a limit of processes, since not every machine has that controller.
    bridged = ('--network', 'bridge', '--pids-limit', '0')

    def __init__(self, work):
        self.storage = os.path.join(work, f'podman-{time.monotonic_ns()}')
        self.options = ['--root', f'{self.storage}/root', '--runroot', f'{self.storage}/run',
                        '--runtime', 'runc', '--cgroup-manager', 'cgroupfs',
                        '--events-backend', 'file', '--storage-driver', 'overlay']

    def command(self, *arguments):
        return ['podman', *self.options, *arguments]

    def stop(self):
        subprocess.run(self.command('rm', '-fa', '-t', '0'), stdin=subprocess.DEVNULL,
                       capture_output=True)


class RootlessPodman(Podman):
    """As the ordinary user, whose network is pasta."""

    name = 'podman, rootless'
    bridged = ('--network', 'pasta', '--pids-limit', '0')

    def __init__(self, work, user):
        super().__init__(work)
        self.user = user
        self.runtime = f'/run/podman-bench-{time.monotonic_ns()}'
        for folder in (self.storage, self.runtime):
            os.mkdir(folder, 0o700)
            shutil.chown(folder, user, user)

    def command(self, *arguments):
        return ['setpriv', f'--reuid={self.user}', f'--regid={self.user}', '--init-groups', 'env', '-i',
                f'HOME={self.storage}', f'XDG_RUNTIME_DIR={self.runtime}', 'PATH=/usr/bin:/bin:/usr/sbin:/sbin',
                *super().command(*arguments)]


class Docker:
    """One dockerd with its own containerd, ended by its pid."""

    name = 'docker'
    bridged = ()

    def __init__(self, work):
        self.storage = os.path.join(work, f'docker-{time.monotonic_ns()}')
        self.state = f'/run/docker-bench-{time.monotonic_ns()}'
        os.makedirs(self.state)
        self.socket = f'unix://{self.state}/docker.sock'
        self.log = open(f'{self.state}/log', 'w')
        self.process = subprocess.Popen(
            ['dockerd', '--data-root', self.storage, '--exec-root', f'{self.state}/exec',
             '--pidfile', f'{self.state}/pid', '--host', self.socket,
             '--exec-opt', 'native.cgroupdriver=cgroupfs'],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self._wait()

    def _wait(self):
        for _ in range(300):
            if self.process.poll() is not None:
                break
            if subprocess.run(self.command('version'), capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        with open(f'{self.state}/log') as log:
            raise Failed(f'dockerd does not start: {log.read()[-800:]}')

    def command(self, *arguments):
        return ['docker', '--host', self.socket, *arguments]

    def stop(self):
        listed = subprocess.run(self.command('ps', '-aq'), capture_output=True, text=True)
        if listed.stdout.split():
            subprocess.run(self.command('rm', '-f', *listed.stdout.split()), capture_output=True)
        self.process.terminate()
        self.process.wait(timeout=30)
