#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every case with the real docker and with berth, and says where they differ: parity.py [PATTERN...]

Runs as an ordinary user inside the machine of ./dev test, where packaging/machine.sh offers a dockerd (see
dockerd.sh). A pattern limits the cases to those whose names contain it."""

import argparse
import concurrent.futures
import os
import pathlib
import shutil
import sys
import tempfile
import time

import accepted as acceptance
from cases import Case, read_folder
from memory import Answer, Memory
from normalise import Normaliser, digests
from sides import Dockerd, Side, Step

HERE = pathlib.Path(__file__).resolve().parent
IMAGES = ('busybox', 'redis', 'layers')


def run_side(side: Side, cases: list[Case], memory: Memory) -> tuple[dict[str, Answer], set[str]]:
    """Everything on one side: the steps and the folder of each case, and the ids that its images bring."""
    side.load()
    known = digests(side.ask('inspect', *IMAGES))
    answers = {case.name: memory.recall(case) or memory.remember(case, side.run(case)) for case in cases}
    side.end()
    return answers, known


def normalised(steps: list[Step], folder: str, normaliser: Normaliser, wordings=lambda text: text) -> list[Step]:
    return [Step(step.code, wordings(normaliser.text(step.out, folder)), wordings(normaliser.text(step.err, folder)))
            for step in steps]


def compare(cases: list[Case], sides: list[Side], memories: list[Memory],
            wordings: acceptance.Wordings) -> dict[str, list[str]]:
    """The differences of every case."""
    with concurrent.futures.ThreadPoolExecutor(2) as both:
        (docker, docker_known), (berth, berth_known) = both.map(
            lambda side, memory: run_side(side, cases, memory), sides, memories)
    known = docker_known & berth_known
    left, right = Normaliser('docker', known), Normaliser('berth', known)
    return {case.name: acceptance.difference(
        normalised(*docker[case.name], left, wordings.text), normalised(*berth[case.name], right))
        for case in cases}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('patterns', nargs='*')
    parser.add_argument('--remember', type=pathlib.Path, help="where docker's answers are kept; see memory.py")
    options = parser.parse_args()
    every = read_folder(HERE / 'cases')
    cases = [case for case in every if not options.patterns or any(part in case.name for part in options.patterns)]
    accepted = acceptance.read_accepted(HERE / 'accepted.txt')
    images = pathlib.Path(os.environ['BERTH_TEST_IMAGES'])
    began = time.monotonic()
    dockerd = Dockerd(pathlib.Path(os.environ['BERTH_DOCKERD']))
    work = pathlib.Path(tempfile.mkdtemp(prefix='parity-'))
    docker = Side('docker', work, images, {'DOCKER_HOST': dockerd.socket})
    berth = Side('berth', work, images, {'XDG_RUNTIME_DIR': os.environ['XDG_RUNTIME_DIR']})
    wordings = acceptance.Wordings(HERE / 'wordings.toml', docker.usage)
    memories = [Memory(options.remember, images), Memory(None, images)]
    differences = compare(cases, [docker, berth], memories, wordings)
    shutil.rmtree(work, ignore_errors=True)
    dockerd.end()
    wrong = acceptance.judge(accepted, differences)
    for name, lines in wrong.items():
        print(f'{name}: NOT ACCEPTED', *(f'    {line}' for line in lines), sep='\n')
    stale = [f'accepted.txt: no case is called {name}' for name in acceptance.unknown(accepted, {case.name for case in every})]
    if not options.patterns:
        stale += [f'wordings.toml: nothing is said like {pattern}' for pattern in wordings.stale()]
    print(*stale, sep='\n', end='\n' if stale else '')
    print(f'{len(accepted)} accepted differences, {time.monotonic() - began:.0f} s')
    print(f'parity: {len(cases)} cases, {len(wrong)} differ', flush=True)
    return 1 if wrong or stale else 0


if __name__ == '__main__':
    sys.exit(main())
