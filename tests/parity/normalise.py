# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes out of an output what no two runs share, and nothing else.

Ids, times of this run, generated names, addresses, the case's folder and the program's own name. An id that
an image brings with it (its own, its layers') is the same on both sides and stays."""

import datetime
import re

DATE = '|'.join((datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)).strftime('%Y-%m-%d')
                for days in (-1, 0, 1))
CLOCK = r'\d\d:\d\d:\d\d'
AGE = r'(?:Less than a second|About an? (?:minute|hour)|\d+ (?:second|minute|hour|day|week|month)s?)'

# In order. The replacement of an age in a table takes the padding behind it along, since that depends on it.
RULES = [
    (re.compile(rf'\b(?:{DATE})T{CLOCK}(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)'), '<time>'),
    (re.compile(rf'\b(?:{DATE}) {CLOCK}(?:\.\d+)? [+-]\d{{4}} \w+'), '<time>'),
    (re.compile(rf'\bUp {AGE}(?: +(?=   )|(?= +$))?', re.M), 'Up <age>'),
    (re.compile(rf'\b{AGE} ago(?: +(?=   )|(?= +$))?', re.M), '<age> ago'),
    (re.compile(r'\b(CREATED|STATUS) +(?=[A-Z])'), r'\1   '),
    (re.compile(r'\b172\.1[78]\.0\.\d+\b'), '<address>'),
    (re.compile(r'\b02:42:(?:[0-9a-f]{2}:){3}[0-9a-f]{2}\b'), '<mac>'),
]
GENERATED = re.compile(r'^(<id12> .* )[a-z]+_[a-z]+\d?$', re.M)
ID = re.compile(r'(?<![0-9a-zA-Z])(?:[0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-zA-Z])')
HEXADECIMAL = re.compile(r'(?<![0-9a-zA-Z])[0-9a-f]{64}(?![0-9a-zA-Z])')


def digests(text: str) -> set[str]:
    """Every 64-digit id in the text, and its short form."""
    found = set(HEXADECIMAL.findall(text))
    return found | {digest[:12] for digest in found}


class Normaliser:
    """For the outputs of one side."""

    def __init__(self, program: str, known: set[str]):
        """program: docker or berth; known: ids that images bring."""
        self.known = known
        self.program = re.compile(rf'(?<![\w/.-]){program}(?![\w/-]|\.\w)')
        self.proper = re.compile(rf'\b{program.capitalize()}\b')

    def text(self, text: str, folder: str) -> str:
        """One output of a case that ran in the folder."""
        text = text.replace(folder, '<cwd>')
        text = ID.sub(lambda match: match[0] if match[0] in self.known else f'<id{len(match[0])}>', text)
        for pattern, replacement in RULES:
            text = pattern.sub(replacement, text)
        text = GENERATED.sub(r'\1<name>', text)
        return self.proper.sub('$D', self.program.sub('$D', text))
