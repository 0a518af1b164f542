# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of cases: what is run on both sides.

A file is one area. `== name` begins a case; every line after it that is not indented is one command for
bash, with $D for the program; an indented line goes on with the command before it (loops, here-documents).
`#` at the beginning of a line is a comment. Each command's output and exit code are compared on their own.
"""

import pathlib
from dataclasses import dataclass, field


class Malformed(Exception):
    """A file of cases or of accepted differences that cannot be understood."""


@dataclass
class Case:
    name: str                   # "area/name"
    commands: list[str] = field(default_factory=list)


def read_file(path: pathlib.Path) -> list[Case]:
    """The cases of one file, in its order."""
    cases: list[Case] = []
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if line.startswith('== '):
            cases.append(Case(f'{path.stem}/{line[3:].strip()}'))
        elif not line or line.startswith('#'):
            continue
        elif not cases:
            raise Malformed(f'{path}:{number}: a command before the first case')
        elif not line[0].isspace():
            cases[-1].commands.append(line)
        elif cases[-1].commands:
            cases[-1].commands[-1] += '\n' + line.lstrip()
        else:
            raise Malformed(f'{path}:{number}: nothing to go on with')
    return cases


def read_folder(folder: pathlib.Path) -> list[Case]:
    """All cases, by file name. Names are unique and every case does something."""
    cases = [case for path in sorted(folder.glob('*.cases')) for case in read_file(path)]
    seen: set[str] = set()
    for case in cases:
        if case.name in seen:
            raise Malformed(f'two cases are called {case.name}')
        if not case.commands:
            raise Malformed(f'{case.name} has no command')
        seen.add(case.name)
    return cases
