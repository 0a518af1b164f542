#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Berth developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules about the source that a compiler does not know: check.py RULE SOURCE [ARGUMENT...]

Each rule is a function that yields one sentence for each breach. test_check.py shows that each can fail.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml


def files(source, *patterns):
    """Files that are, or could become, part of the project (git decides), by glob patterns."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", source, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        stdout=subprocess.PIPE, check=True).stdout.decode()
    for name in sorted(set(filter(None, listed.split("\0")))):
        path = pathlib.Path(source, name)
        if path.is_file() and (not patterns or any(path.match(pattern) for pattern in patterns)):
            yield name, path


def lines(path):
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def table(path):
    """layers.txt: folder -> (folders it may include, whether Qt is barred)."""
    result = {}
    for line in lines(pathlib.Path(path)):
        if line and not line.startswith("#"):
            left, right = line.split(":")
            folder, *marks = left.split()
            result[folder] = (set(right.split()), "noqt" in marks)
    return result


def layers(source, table_path):
    """Includes follow layers.txt and always name the folder."""
    allowed = table(table_path)
    for name, path in files(source, "*.h", "*.cpp"):
        if not name.startswith("src/"):
            continue
        folder = str(pathlib.PurePath(name).relative_to("src").parent)
        if folder not in allowed:
            yield f"{name}: the folder {folder} is not in layers.txt"
            continue
        may, noqt = allowed[folder]
        for number, line in enumerate(lines(path), 1):
            if match := re.match(r'\s*#\s*include\s+"([^"]+)"', line):
                target = match[1]
                where = str(pathlib.PurePath(target).parent)
                if where == ".":
                    if not target.startswith("ui_") and not target.endswith(".moc"):
                        yield f'{name}:{number}: "{target}" does not name its folder'
                elif where != folder and where not in may:
                    yield f"{name}:{number}: {folder} may not include {where}"
            elif noqt and re.match(r"\s*#\s*include\s+<Q", line):
                yield f"{name}:{number}: {folder} is free of Qt"


# What a privileged program is linked to is code that runs with privilege.
HELPER_LIBRARIES = re.compile(r"(libc|libm|libgcc_s|libstdc\+\+|ld-linux.*)\.so\.\d+$")


def needed(source, *programs):
    """The programs without a window or a command link no Qt; the helper nothing but the language's libraries."""
    if len(programs) != 8:
        yield f"{len(programs)} programs were given instead of helper, holder, monitor, layerer, rootmount, router, forwarder and scope"
    for program in programs:
        found = subprocess.run(["readelf", "--dynamic", "--wide", program], stdout=subprocess.PIPE, check=True).stdout.decode()
        for library in re.findall(r"\(NEEDED\).*\[(.+)\]", found):
            if re.match(r"lib(Qt|KF)\d", library):
                yield f"{program} needs {library}"
            elif "helper" in pathlib.Path(program).name and not HELPER_LIBRARIES.match(library):
                yield f"{program} is privileged and needs {library}"


LIMITS = {".cpp": 500, ".h": 160}


def sizes(source, exceptions_path):
    """A file that outgrows its limit is cut by verb or noun, or is named in sizes.txt with a reason."""
    excepted = {line.split()[0] for line in lines(pathlib.Path(exceptions_path)) if line and not line.startswith("#")}
    long = set()
    for name, path in files(source, "*.h", "*.cpp"):
        count = len(lines(path))
        if count > LIMITS[path.suffix]:
            long.add(name)
            if name not in excepted:
                yield f"{name} has {count} lines; the limit is {LIMITS[path.suffix]}"
    for name in sorted(excepted - long):
        yield f"{name} is in sizes.txt and needs no exception"


def helper(source):
    """The helper stays readable in one sitting: 3,500 lines in 16 files."""
    sources = [path for name, path in files(source, "*.h", "*.cpp") if name.startswith("src/helper/")]
    count = sum(len(lines(path)) for path in sources)
    if len(sources) > 16:
        yield f"src/helper has {len(sources)} files"
    if count > 3500:
        yield f"src/helper has {count} lines"
    if not sources:
        yield "src/helper has no source"


def spdx(source):
    """Every source names its owner and its licence in its first lines."""
    patterns = ("*.h", "*.cpp", "*.py", "*.sh", "*.cmake", "CMakeLists.txt", "dev", ".ci/run")
    for name, path in files(source, *patterns):
        head = "\n".join(lines(path)[:5])
        if "SPDX-FileCopyrightText: 2026 The Berth developers" not in head or "SPDX-License-Identifier: GPL-3.0-or-later" not in head:
            yield f"{name} has no SPDX header"


def words(source):
    """Nothing unfinished, and nothing switched off."""
    unfinished = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|QSK" r"IP)\b")
    for name, path in files(source, "*.h", "*.cpp", "*.py", "*.sh", "CMakeLists.txt", "*.ui", "*.md", "dev"):
        for number, line in enumerate(lines(path), 1):
            if match := unfinished.search(line):
                yield f"{name}:{number}: {match[0]}"


def places(source):
    """No path of the machine where it was written, and no host of packages, in any file."""
    host = re.compile(r"\b(deb|ftp|archive|ports|security|snapshot|packages|mirror)[\w.-]*\.(debian|ubuntu)\.(org|com)\b")
    here = str(pathlib.Path(source).resolve())
    for name, path in files(source):
        if path.suffix in (".png", ".svg") or name == "LICENSE":
            continue
        for number, line in enumerate(lines(path), 1):
            if match := host.search(line):
                yield f"{name}:{number}: names the host {match[0]}"
            if len(here) > 4 and here in line:
                yield f"{name}:{number}: names this checkout's folder"


def translations(source, lupdate):
    """Every string of the window has a finished translation."""
    found = [path for name, path in files(source, "*.ts") if name.startswith("translations/")]
    if not found:
        yield "translations/ has no .ts file"
    for path in found:
        with tempfile.TemporaryDirectory() as folder:
            # lupdate adds the strings that the file does not know yet, as unfinished.
            fresh = pathlib.Path(folder, path.name)
            fresh.write_bytes(path.read_bytes())
            # English is what the source speaks; its file has the plural forms only.
            only = ["-pluralonly"] if path.name.endswith("_en.ts") else []
            subprocess.run([lupdate, "-silent", "-no-obsolete", "-locations", "none", *only, f"{source}/src", f"{source}/forms", "-ts", fresh],
                           check=True, stdout=subprocess.DEVNULL)
            for context in xml.parse(fresh).getroot().iter("context"):
                for message in context.iter("message"):
                    translation = message.find("translation")
                    forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
                    if translation.get("type") == "unfinished" or not all(forms):
                        yield f'{path.name}: {context.findtext("name")}: "{message.findtext("source")}" has no translation'


RULES = {rule.__name__: rule for rule in (layers, needed, sizes, helper, spdx, words, places, translations)}

if __name__ == "__main__":
    breaches = list(RULES[sys.argv[1]](*sys.argv[2:]))
    print("\n".join(breaches))
    sys.exit(1 if breaches else 0)
