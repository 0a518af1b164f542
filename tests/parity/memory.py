# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docker answered, kept by content, for a developer who repairs berth and does not want to wait for docker
again: ./dev test never uses it. The key holds all that decides an answer: the case, what it may call, and the images."""

import dataclasses
import hashlib
import json
import pathlib

from cases import Case
from sides import ARCHIVES, HERE, Step

Answer = tuple[list[Step], str]


class Memory:
    """Answers in a folder, one file each; with no folder it remembers nothing."""

    def __init__(self, folder: pathlib.Path | None, images: pathlib.Path):
        self.folder = folder
        self.base = hashlib.sha256()
        if folder is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in (HERE / 'prelude.sh', *sorted((HERE / 'tools').iterdir())):
            self.base.update(path.read_bytes())
        for archive in ARCHIVES:
            status = (images / archive).stat()
            self.base.update(f'{archive} {status.st_size} {status.st_mtime_ns}'.encode())

    def _path(self, case: Case) -> pathlib.Path:
        key = self.base.copy()
        key.update(json.dumps(dataclasses.asdict(case)).encode())
        return self.folder / key.hexdigest()

    def recall(self, case: Case) -> Answer | None:
        """What was remembered, if anything."""
        if self.folder is None or not self._path(case).exists():
            return None
        steps, folder = json.loads(self._path(case).read_text())
        return [Step(**step) for step in steps], folder

    def remember(self, case: Case, answer: Answer) -> Answer:
        """Gives the answer back."""
        if self.folder is not None:
            steps, folder = answer
            self._path(case).write_text(json.dumps([[dataclasses.asdict(step) for step in steps], folder]))
        return answer
