#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev bench: runs every comparison, prints the table, writes results.json.

Runs as root inside the machine that ./dev makes (the peers need root); berth runs as the ordinary user."""

import argparse
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import image
from copyfiles import measure_copy
from flood import measure_flood
from layers import Layers
from load import Load
from many import Many
from measure import Failed, Table
from network import Network
from peers import Berth
from run import Run
from window import measure_window


def measure_load(table, options, work):
    plain, zipped = image.make(os.path.join(options.work, 'load-image'))
    Load(table, work, options.user, plain, zipped).measure()


def attempt(table, name, measure):
    try:
        measure()
    except (Failed, OSError, subprocess.SubprocessError) as error:
        table.missed(name, str(error))


def measure_containers(table, options, work):
    try:
        runs = Run(table, work, options.user, options.busybox)
    except Failed as error:
        table.missed('run, exec, ps, memory', str(error))
        return
    try:
        for name, measure in (('run', runs.run), ('exec', runs.exec), ('memory', runs.memory),
                              ('ps', runs.list), ('holder', runs.holder)):
            attempt(table, name, measure)
    finally:
        runs.stop()


def measure_layers(table, options, work):
    plain, _ = image.make(os.path.join(options.work, 'load-image'))
    layers = Layers(table, work, options.user, options.busybox, plain)
    try:
        attempt(table, 'save', layers.save)
        attempt(table, 'commit', layers.commit)
    finally:
        layers.stop()


def measure_many(table, options, work):
    many = Many(table, work, options.user, options.busybox)
    try:
        attempt(table, 'lists', many.lists)
        attempt(table, 'start', many.start)
    finally:
        many.stop()


def measure_network(table, options, work):
    redis = os.path.join(os.path.dirname(options.busybox), 'redis-docker.tar')
    network = Network(table, work, options.user, options.busybox, redis)
    try:
        for name, measure in (('run with a network', network.run), ('container to host', network.outwards),
                              ('published port', network.inwards), ('connections', network.connections),
                              ('many with a network', network.many)):
            attempt(table, name, measure)
    finally:
        network.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--user', required=True, help='the ordinary user')
    parser.add_argument('--work', required=True, help='a folder on a real disk')
    parser.add_argument('--busybox', required=True, help='archive of a small image')
    parser.add_argument('--results', required=True)
    parser.add_argument('--only', default='', help='some of load,layers,containers,many,network,copy,window,flood')
    options = parser.parse_args()
    table = Table()
    print(Table.heading(), flush=True)
    with tempfile.TemporaryDirectory(prefix='bench-', dir=options.work, ignore_cleanup_errors=True) as work:
        os.chmod(work, 0o755)
        parts = {'load': lambda: attempt(table, 'load', lambda: measure_load(table, options, work)),
                 'layers': lambda: attempt(table, 'layers', lambda: measure_layers(table, options, work)),
                 'containers': lambda: measure_containers(table, options, work),
                 'many': lambda: attempt(table, 'many', lambda: measure_many(table, options, work)),
                 'network': lambda: attempt(table, 'network', lambda: measure_network(table, options, work)),
                 'copy': lambda: attempt(table, 'cp', lambda: measure_copy(table, options, work)),
                 'window': lambda: attempt(table, 'window', lambda: measure_window(table, Berth(work, options.user))),
                 'flood': lambda: attempt(table, 'terminal flood', lambda: measure_flood(table, work))}
        for name, part in parts.items():
            if not options.only or name in options.only.split(','):
                part()
    table.write(options.results)
    print(f'{sum(row["met"] for row in table.rows)} of {len(table.rows)} goals met; {options.results}')


if __name__ == '__main__':
    main()
