#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows each rule of check.py a source that breaks it and one that does not."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import check

HEADER = "// SPDX-FileCopyrightText: 2026 The Berth developers\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
LUPDATE = sys.argv.pop() if len(sys.argv) > 1 else "lupdate"


class Rules(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.source = self.folder.name
        subprocess.run(["git", "init", "--quiet", self.source], check=True)

    def write(self, name, text):
        path = pathlib.Path(self.source, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def breaches(self, rule, *arguments):
        return list(check.RULES[rule](self.source, *arguments))

    def test_layers(self):
        table = self.write("layers.txt", "base noqt:\ncore: base\n")
        self.write("src/core/a.h", '#include "base/b.h"\n#include <QString>\n#include "core/c.h"\n')
        self.assertEqual(self.breaches("layers", table), [])
        self.write("src/base/b.h", '#include "core/a.h"\n#include <QString>\n#include "b.h"\n')
        self.write("src/stray/d.h", "\n")
        self.assertEqual(len(self.breaches("layers", table)), 4)

    def test_needed(self):
        self.assertEqual(len(self.breaches("needed", "/bin/true")), 1)
        qt = self.library_user()
        self.assertTrue(any("libQt6Core" in breach for breach in self.breaches("needed", qt, *["/bin/true"] * 6)))

    def library_user(self):
        program = str(pathlib.Path(self.source, "user"))
        code = self.write("user.cpp", "int main() {}\n")
        library = next(pathlib.Path("/usr/lib").glob("*/libQt6Core.so.6"))
        subprocess.run([shutil.which("c++"), "-Wl,--no-as-needed", code, str(library), "-o", program], check=True)
        return program

    def test_sizes(self):
        exceptions = self.write("sizes.txt", "src/long.cpp it is a table\n")
        self.write("src/long.cpp", "\n" * 501)
        self.assertEqual(self.breaches("sizes", exceptions), [])
        self.write("src/long.h", "\n" * 161)
        self.assertEqual(len(self.breaches("sizes", exceptions)), 1)
        self.write("src/long.cpp", "\n")
        self.assertEqual(len(self.breaches("sizes", exceptions)), 2)

    def test_helper(self):
        self.write("src/helper/main.cpp", "\n" * 3500)
        self.assertEqual(self.breaches("helper"), [])
        self.write("src/helper/more.cpp", "\n")
        self.assertEqual(len(self.breaches("helper")), 1)
        for number in range(15):
            self.write(f"src/helper/file{number}.h", "")
        self.assertEqual(len(self.breaches("helper")), 2)

    def test_spdx(self):
        self.write("src/a.cpp", HEADER)
        self.assertEqual(self.breaches("spdx"), [])
        self.write("src/b.cpp", "int b;\n")
        self.assertEqual(len(self.breaches("spdx")), 1)

    def test_words(self):
        self.write("src/a.cpp", "// done\n")
        self.assertEqual(self.breaches("words"), [])
        self.write("src/b.cpp", "// TO" "DO: more\n")
        self.assertEqual(len(self.breaches("words")), 1)

    def test_places(self):
        self.write("README.md", "see the mirror of your machine\n")
        self.assertEqual(self.breaches("places"), [])
        self.write("a.txt", "deb." "debian.org\n")
        self.write("b.txt", self.source + "/src\n")
        self.assertEqual(len(self.breaches("places")), 2)

    def test_translations(self):
        self.write("src/gui/a.cpp", '#include <QObject>\nvoid f() { QObject::tr("Drop"); }\n')
        (pathlib.Path(self.source) / "forms").mkdir()
        body = '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="ko_KR"><context><name>QObject</name><message>' \
            "<source>Drop</source><translation>{}</translation></message></context></TS>"
        self.write("translations/berth_ko.ts", body.format("놓기"))
        self.assertEqual(self.breaches("translations", LUPDATE), [])
        self.write("src/gui/b.cpp", '#include <QObject>\nvoid g() { QObject::tr("Run"); }\n')
        self.assertEqual(len(self.breaches("translations", LUPDATE)), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
