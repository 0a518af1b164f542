# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences, and which of them are accepted.

accepted.txt has one line a case, `area/name: reason`, and below it, indented, exactly the difference that is
accepted. A case that differs otherwise, or no longer, fails.
wordings.toml has the sentences that Debian's docker client (26.1) says in another way than the client whose text
we keep to (28.2): a pattern for the old, the new, and the reason. A pattern that meets nothing fails, too."""

import difflib
import pathlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field

from cases import Malformed
from sides import Step


def difference(docker: list[Step], berth: list[Step]) -> list[str]:
    """Lines `STEP code|out|err -what docker did` and `+what berth did`; none when they agree."""
    lines: list[str] = []
    for number, (left, right) in enumerate(zip(docker, berth, strict=True), 1):
        if left.code != right.code:
            lines += [f'{number} code -{left.code}', f'{number} code +{right.code}']
        for stream in ('out', 'err'):
            lines += _changed(f'{number} {stream} ', getattr(left, stream), getattr(right, stream))
    return lines


def _changed(prefix: str, left: str, right: str) -> list[str]:
    changed = list(difflib.unified_diff(_lines(left), _lines(right), n=0, lineterm=''))[2:]   # less its heading
    return [prefix + line for line in changed if not line.startswith('@@')]


def _lines(text: str) -> list[str]:
    """Lines that can be written into accepted.txt: one each, and their end is to be seen."""
    lines = [line.encode('unicode_escape').decode() for line in text.split('\n')]
    if lines[-1] == '':
        lines.pop()
    else:
        lines[-1] += '<no newline>'
    return [line + '$' if line.endswith(' ') or not line else line for line in lines]


@dataclass
class Accepted:
    reason: str
    lines: list[str] = field(default_factory=list)


def read_accepted(path: pathlib.Path) -> dict[str, Accepted]:
    """By the names of the cases."""
    found: dict[str, Accepted] = {}
    last = None
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith('    ') and last:
            last.lines.append(line[4:])
            continue
        name, colon, reason = line.partition(': ')
        if not colon or not reason.strip() or line[0].isspace() or name in found:
            raise Malformed(f'{path}:{number}: not "area/case: reason", or said twice')
        last = found[name] = Accepted(reason.strip())
    return found


class Wordings:
    """Turns what the docker of Debian prints into what the docker of our texts would print."""

    def __init__(self, path: pathlib.Path, usage: Callable[[str], str]):
        """usage gives docker's usage line for "$D run"."""
        with path.open('rb') as file:
            rules = tomllib.load(file)['text']
        self.usage = usage
        self.rules = [(re.compile(rule['old'], re.M), rule['new'].replace('\\n', '\n')) for rule in rules]
        self.used = [False] * len(rules)
        for rule in rules:
            if not rule['reason'].strip():
                raise Malformed(f'{path}: {rule["old"]} has no reason')

    def text(self, text: str) -> str:
        """The text in the newer wording."""
        for index, (pattern, new) in enumerate(self.rules):
            text, count = pattern.subn(lambda match, new=new: self._expand(match, new), text)
            self.used[index] = self.used[index] or count > 0
        return text

    def _expand(self, match: re.Match, new: str) -> str:
        text = match.expand(new)
        return text.replace('{usage}', self.usage(match['command'])) if '{usage}' in text else text

    def stale(self) -> list[str]:
        """The patterns that met nothing."""
        return [pattern.pattern for (pattern, _), used in zip(self.rules, self.used) if not used]


def judge(accepted: dict[str, Accepted], differences: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is wrong, by case. differences: of all the cases that ran, empty where the sides agree."""
    wrong: dict[str, list[str]] = {}
    for name, lines in differences.items():
        known = accepted.get(name)
        if known is None:
            if lines:
                wrong[name] = lines
        elif not lines:
            wrong[name] = ['the sides agree: its line in accepted.txt is stale']
        elif lines != known.lines:
            wrong[name] = ['differs otherwise than accepted.txt says:', *lines]
    return wrong


def unknown(accepted: dict[str, Accepted], cases: set[str]) -> list[str]:
    """Names in accepted.txt that no case has."""
    return sorted(set(accepted) - cases)
