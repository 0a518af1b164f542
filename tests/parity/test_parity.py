#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""That the parity suite can fail: its rules, each held against what they must not let pass."""

import pathlib
import tempfile
import unittest

import accepted
import cases
import normalise
from sides import Step

ID = '0123456789ab' + 52 * 'c'


def step(code='0', out='', err=''):
    return Step(code, out, err)


def written(text):
    file = pathlib.Path(tempfile.mkdtemp()) / 'area.cases'
    file.write_text(text)
    return file


class Differences(unittest.TestCase):
    def test_every_part_counts(self):
        same = step('0', 'a\n', 'b\n')
        self.assertEqual(accepted.difference([same], [same]), [])
        self.assertEqual(accepted.difference([same], [step('1', 'a\n', 'b\n')]), ['1 code -0', '1 code +1'])
        self.assertEqual(accepted.difference([same], [step('0', 'a', 'b\n')]), ['1 out -a', '1 out +a<no newline>'])
        self.assertEqual(accepted.difference([same], [step('0', 'a\n', '')]), ['1 err -b'])
        self.assertEqual(accepted.difference([step(out='a\n')], [step(out='a \n')]), ['1 out -a', '1 out +a $'])
        self.assertEqual(accepted.difference([step(out='-x\n')], [step(out='++x\n')]), ['1 out --x', '1 out +++x'])

    def test_accepted_is_exact_and_never_stale(self):
        known = {'a/b': accepted.Accepted('reason', ['1 code -0', '1 code +1'])}
        self.assertEqual(accepted.judge(known, {'a/b': ['1 code -0', '1 code +1']}), {})
        self.assertIn('a/b', accepted.judge(known, {'a/b': []}))
        self.assertIn('a/b', accepted.judge(known, {'a/b': ['1 code -0', '1 code +2']}))
        self.assertIn('a/c', accepted.judge(known, {'a/c': ['1 code -0', '1 code +1']}))
        self.assertEqual(accepted.unknown(known, {'a/c'}), ['a/b'])

    def test_no_acceptance_without_a_reason(self):
        for text in ('a/b\n', 'a/b: \n', 'a/b: x\na/b: y\n'):
            with self.assertRaises(cases.Malformed):
                accepted.read_accepted(written(text))


class Texts(unittest.TestCase):
    def setUp(self):
        self.docker = normalise.Normaliser('docker', {64 * 'a'})

    def test_what_differs_by_nature_goes(self):
        self.assertEqual(self.docker.text(f'{ID}\n', '/x'), '<id64>\n')
        self.assertEqual(self.docker.text('Run docker ps in /tmp/case/data', '/tmp/case'), 'Run $D ps in <cwd>/data')
        self.assertEqual(self.docker.text('Up 3 seconds', '/x'), 'Up <age>')

    def test_everything_else_stays(self):
        for text in (64 * 'a', '0001-01-01T00:00:00Z', '2000-01-02T03:04:05Z', 'happy_face', '10.0.0.1', 'berth', 'deadbeef',
                     'docker.io/library/busybox', '/var/lib/docker'):
            self.assertEqual(self.docker.text(text, '/x'), text)


class Files(unittest.TestCase):
    def test_a_command_may_take_lines(self):
        found = cases.read_file(written('# c\n== one\na\n  b\nc\n\n== two\nd\n'))
        self.assertEqual([(case.name, case.commands) for case in found], [('area/one', ['a\nb', 'c']), ('area/two', ['d'])])

    def test_mistakes_are_seen(self):
        for text in ('a\n', '== one\n  b\n', '== one\na\n== one\nb\n', '== one\n'):
            with self.assertRaises(cases.Malformed):
                cases.read_folder(written(text).parent)


if __name__ == '__main__':
    unittest.main()
