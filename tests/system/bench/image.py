# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The image of the load comparison: about 600 MB of real files (the machine's own /usr) in four layers,
as a docker archive with plain layers and as one with gzip layers. Made once and cached."""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile

LAYER_BYTES = 150 << 20
LAYERS = 4


def _entries():
    """Folders, files and links below /usr in one order, so that layers look like a distribution's."""
    for top, folders, names in os.walk('/usr'):
        folders.sort()
        yield top
        yield from (os.path.join(top, name) for name in sorted(names))


def _write_layers(folder):
    entries = _entries()
    for number in range(LAYERS):
        path = os.path.join(folder, f'{number}.tar')
        size = 0
        with tarfile.open(path, 'w', format=tarfile.PAX_FORMAT) as layer:
            while size < LAYER_BYTES and (entry := next(entries, None)):
                info = layer.gettarinfo(entry)
                if info is None:
                    continue
                if info.islnk():  # its first name may be in another layer
                    info = layer.gettarinfo(os.path.realpath(entry), arcname=entry)
                    info.type, info.size = tarfile.REGTYPE, os.path.getsize(entry)
                if info.isreg():
                    with open(entry, 'rb') as file:
                        layer.addfile(info, file)
                    size += info.size
                else:
                    layer.addfile(info)
        yield path


def _digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def _add(archive, name, content):
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def _write_archive(path, layers, diff_ids, name):
    config = json.dumps({'architecture': 'amd64', 'os': 'linux', 'config': {'Cmd': ['/usr/bin/true']},
                         'created': '2026-01-01T00:00:00Z', 'history': [],
                         'rootfs': {'type': 'layers', 'diff_ids': [f'sha256:{d}' for d in diff_ids]}}).encode()
    config_name = f'{hashlib.sha256(config).hexdigest()}.json'
    with tarfile.open(path + '.part', 'w') as archive:
        _add(archive, config_name, config)
        for layer in layers:
            archive.add(layer, arcname=os.path.basename(layer))
        manifest = [{'Config': config_name, 'RepoTags': [name], 'Layers': [os.path.basename(x) for x in layers]}]
        _add(archive, 'manifest.json', json.dumps(manifest).encode())
    os.rename(path + '.part', path)


def make_program(path, program, name):
    """An archive whose image has one program of this machine and the libraries that it is linked with."""
    linked = subprocess.run(['ldd', program], capture_output=True, text=True, check=True).stdout
    known = subprocess.run(['/sbin/ldconfig', '-p'], capture_output=True, text=True, check=True).stdout
    # The C library loads this one by itself when a thread is cancelled.
    unwinder = re.search(r'libgcc_s\.so\.1 .*=> (\S+)', known)
    files = dict.fromkeys([program, *re.findall(r'(/\S+) \(0x', linked), *([unwinder[1]] if unwinder else [])])
    layer = path + '.layer'
    with tarfile.open(layer, 'w') as tar:
        for folder in ('tmp', 'etc'):
            info = tarfile.TarInfo(folder)
            info.type, info.mode = tarfile.DIRTYPE, 0o1777
            tar.addfile(info)
        for file in files:
            tar.add(os.path.realpath(file), arcname=file)
    _write_archive(path, [layer], [_digest(layer)], name)
    os.unlink(layer)


def make_many(path, count):
    """An archive of many images that differ in a label and share one small layer."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode='w') as tar:
        _add(tar, 'file', b'content')
    diff_id = hashlib.sha256(layer.getvalue()).hexdigest()
    manifest = []
    with tarfile.open(path, 'w') as archive:
        _add(archive, 'layer.tar', layer.getvalue())
        for number in range(count):
            config = json.dumps({'architecture': 'amd64', 'os': 'linux', 'config': {'Labels': {'number': str(number)}},
                                 'created': '2026-01-01T00:00:00Z',
                                 'rootfs': {'type': 'layers', 'diff_ids': [f'sha256:{diff_id}']}}).encode()
            name = f'{hashlib.sha256(config).hexdigest()}.json'
            _add(archive, name, config)
            manifest.append({'Config': name, 'RepoTags': [f'bench/many:{number}'], 'Layers': ['layer.tar']})
        _add(archive, 'manifest.json', json.dumps(manifest).encode())


def _zip(path):
    target = path + '.gz'
    with open(path, 'rb') as source, gzip.GzipFile(target, 'wb', compresslevel=6, mtime=0) as zipped:
        shutil.copyfileobj(source, zipped, 1 << 20)
    return target


def make(folder):
    """Gives the two archives, made when they are not there."""
    plain, zipped = os.path.join(folder, 'plain.tar'), os.path.join(folder, 'gzip.tar')
    if not (os.path.exists(plain) and os.path.exists(zipped)):
        os.makedirs(folder, exist_ok=True)
        layers = list(_write_layers(folder))
        diff_ids = [_digest(layer) for layer in layers]
        _write_archive(plain, layers, diff_ids, 'bench/plain:latest')
        _write_archive(zipped, [_zip(layer) for layer in layers], diff_ids, 'bench/gzip:latest')
        for layer in layers:
            os.unlink(layer)
            os.unlink(layer + '.gz')
    return plain, zipped
