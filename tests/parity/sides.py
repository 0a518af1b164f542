# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One of the two programs with a store of its own, and how a case is run on it."""

import functools
import os
import pathlib
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass

from cases import Case

HERE = pathlib.Path(__file__).resolve().parent
ARCHIVES = ('busybox.tar', 'redis-docker.tar', 'layers.tar')
PATIENCE = 60   # seconds for one case; many times what the slowest needs


class Broken(Exception):
    """The suite itself cannot go on."""


@dataclass
class Step:
    """What one command of a case came to."""

    code: str
    out: str
    err: str


class Side:
    """docker or berth. Starts from the three images, and goes back to them after every case."""

    def __init__(self, program: str, work: pathlib.Path, images: pathlib.Path, environment: dict[str, str]):
        """environment: what only this program needs."""
        self.program = program
        self.folder = work / program
        self.images = images
        home = self.folder / 'home'
        home.mkdir(parents=True, mode=0o700)
        self.environment = {'D': program, 'HOME': str(home), 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm', 'IMAGES': str(images),
                            'PATH': f'{HERE}/tools:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', **environment}
        self.baseline = ''

    def ask(self, *arguments: str) -> str:
        """Runs the program; its standard output."""
        done = subprocess.run([self.program, *arguments], env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, errors='backslashreplace')
        if done.returncode != 0:
            raise Broken(f'{self.program} {" ".join(arguments)}: {done.stderr.strip()}')
        return done.stdout

    @functools.cache
    def usage(self, command: str) -> str:
        """The usage line of "$D run"."""
        words = command.split()[1:]
        return next(line for line in self.ask(*words, '--help').splitlines() if line.startswith('Usage:')).replace(
            self.program, '$D')

    def listing(self) -> str:
        """The images, in an order of their own."""
        lines = self.ask('images', '-a', '--no-trunc', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}').splitlines()
        return '\n'.join(sorted(lines))

    def load(self) -> None:
        """The three images, and the picture of the store that every case finds."""
        for archive in ARCHIVES:
            self.ask('load', '-q', '-i', str(self.images / archive))
        self.baseline = self.listing()

    def clean(self) -> None:
        """Whatever the case left goes; the three images come back."""
        deadline = time.monotonic() + 20
        while containers := self.ask('ps', '-aq').split():
            # --rm may be about to remove it, which is no failure.
            subprocess.run([self.program, 'rm', '-fv', *containers], env=self.environment, capture_output=True)
            if time.monotonic() > deadline:
                raise Broken(f'{self.program} cannot remove {containers}')
        if volumes := self.ask('volume', 'ls', '-q').split():
            self.ask('volume', 'rm', *volumes)
        if self.listing() == self.baseline:
            return
        kept = self.baseline.splitlines()
        for line in self.listing().splitlines():
            name, digest = line.split()
            if line not in kept:
                self.ask('rmi', '-f', digest if '<none>' in name else name)
        if self.listing() != self.baseline:
            self.load_again()

    def end(self) -> None:
        """The images go while the program can still remove what belongs to other ids."""
        self.clean()
        self.ask('rmi', '-f', *{line.split()[1] for line in self.baseline.splitlines()})
        shutil.rmtree(self.folder, ignore_errors=True)

    def load_again(self) -> None:
        """After a case that removed an image."""
        before = self.baseline
        self.load()
        if self.baseline != before:
            raise Broken(f'{self.program}: the images do not come back as they were:\n{before}\n{self.baseline}')

    def run(self, case: Case) -> tuple[list[Step], str]:
        """The steps, and the folder in which they ran."""
        folder = self.folder / 'cases' / case.name.replace('/', '.').replace(' ', '-')
        results = self.folder / 'results' / folder.name
        for path in (folder, results):
            path.mkdir(parents=True)
        self._script(case, folder, results)
        steps = [Step(_read(results / f'{number}.code').strip() or 'none', _read(results / f'{number}.out'),
                      _read(results / f'{number}.err')) for number in range(len(case.commands))]
        self.clean()
        for path in (folder, results):
            shutil.rmtree(path, ignore_errors=True)     # a container's root may own what is left
        return steps, str(folder)

    def _script(self, case: Case, folder: pathlib.Path, results: pathlib.Path) -> None:
        lines = [f'. {HERE}/prelude.sh', f'cd {folder}']
        for number, command in enumerate(case.commands):
            lines.append(f'{{\n{command}\n}} </dev/null >{results}/{number}.out 2>{results}/{number}.err')
            lines.append(f'echo $? >{results}/{number}.code')
        script = subprocess.Popen(['bash', '-c', '\n'.join(lines)], env=self.environment, start_new_session=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            script.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            pass    # the missing exit code of the step that hangs is the difference that is reported
        finally:
            _end_session(script)


def _end_session(script: subprocess.Popen) -> None:
    """What the script left in the background ends with it."""
    try:
        os.killpg(script.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    script.wait()


def _read(path: pathlib.Path) -> str:
    try:
        return path.read_bytes().decode(errors='backslashreplace')
    except FileNotFoundError:
        return ''


class Dockerd:
    """The dockerd that dockerd.sh runs while somebody wants it."""

    def __init__(self, folder: pathlib.Path):
        self.socket = f'unix://{folder}/docker.sock'
        self.wanted = os.open(folder / 'wanted', os.O_WRONLY | os.O_CLOEXEC)
        for _ in range(600):
            if subprocess.run(['docker', '--host', self.socket, 'version'], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        raise Broken('dockerd does not start')

    def end(self) -> None:
        """It ends when nobody holds the pipe."""
        os.close(self.wanted)
