#!/usr/bin/env python3
"""run_cases.py --program PROGRAM [--update] CASE...: runs whole commands and compares all that they leave behind.

A case is a folder:
  command    what is done, line by line, in a fresh folder that holds copies of the case's `data/` and of `../../fixtures`:
             `run --out out`      the program with these words (quoted as in a shell)
             `$ chmod a-w x`      a shell line that prepares something; it must succeed
             `@unprivileged`      from here on without root's powers
             `@file-limit 4096`   from here on no file can grow beyond so many bytes, as on a full disk
             `# ...`              a comment
  data/      input files, if any
  expected/  exit, stdout, stderr and, below files/, every file in `out/`; --update writes them anew

Text is compared byte by byte; the fresh folder's own path reads {here}. In manifest.json, and in JSON on stdout, what differs
from run to run (times, memory, threads, version, checksums) is dropped; a GeoPackage is compared as the text that `ogrinfo`
makes of it, a style or project of QGIS by its outline, report.html by what it holds.
"""
import argparse
import contextlib
import difflib
import json
import os
import pathlib
import pwd
import re
import resource
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

VARYING = {"version", "timings_s", "peak_memory_mb", "sha256", "threads"}
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
PASSED_ON = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH")
SECONDS = 300


class Fault(Exception):
    """A case that cannot be run as it is written."""


def without_varying(value):
    if isinstance(value, dict):
        return {k: without_varying(v) for k, v in value.items() if k not in VARYING}
    if isinstance(value, list):
        return [without_varying(v) for v in value]
    return value


def steady_json(content):
    return (json.dumps(without_varying(json.loads(content)), indent=1, ensure_ascii=False) + "\n").encode()


def package_text(path):
    """All layers as `ogrinfo` tells them; of the styles, which there are."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as package:
        layers = [name for name, in package.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid")]
        styles = package.execute("SELECT f_table_name, useAsDefault FROM layer_styles ORDER BY id").fetchall()
    shown = subprocess.run(["ogrinfo", "-ro", "-q", str(path), *(n for n in layers if n != "layer_styles")],
                           capture_output=True, check=False)
    listed = "".join(f"style of {name}, default {default}\n" for name, default in styles)
    return shown.stdout + shown.stderr + listed.encode()


def style_line(root):
    """What a style is, in a line; tests/io has the whole text, tests/qgis what QGIS makes of it."""
    label = root.find("labeling/settings/text-style")
    return " | ".join([root.find("renderer-v2").get("type"), label.get("fieldName") if label is not None else "no label",
                       f"{len(root.findall('aliases/alias'))} aliases"]) + "\n"


def project_text(path):
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("patrolzones.qgs"))
    lines = [f"{root.findtext('projectCrs/spatialrefsys/authid')}\n"]
    lines += [f"{layer.findtext('datasource')}: {style_line(layer)}" for layer in root.findall("projectlayers/maplayer")]
    lines += [f"{time.tag} {time.text}\n" for time in root.findall("ProjectTimeSettings/TemporalRange/*")]
    return "".join(lines).encode()


def page_as_text(path):
    """A report is styles and scripts, which the browser tests look at, and the data of report.json beside it."""
    page = path.read_bytes()
    data = re.search(rb'id="report-data">(.*?)</script>', page, re.S).group(1)
    same = json.loads(data) == json.loads(path.with_name("report.json").read_bytes())
    small = len(page) < 3_000_000
    return f"holds what report.json holds: {same}\nis smaller than 3 MB: {small}\n".encode()


def as_text(path):
    """The bytes to compare for a published file."""
    if path.name == "report.html":
        return page_as_text(path)
    if path.name == "report.json":
        return re.sub(rb'^"version":"[^"]*",\n', b"", path.read_bytes(), flags=re.M)
    if path.suffix == ".gpkg":
        return package_text(path)
    if path.suffix == ".qml":
        return style_line(ElementTree.parse(path).getroot()).encode()
    if path.suffix == ".qgz":
        return project_text(path)
    return steady_json(path.read_bytes()) if path.name == "manifest.json" else path.read_bytes()


def nobody():
    return pwd.getpwnam("nobody")


class Sandbox:
    """A fresh folder to run a case in, and what the case has asked for so far."""

    def __init__(self, program, case, here):
        self.program, self.here = program, here
        self.unprivileged, self.file_limit = False, None
        self.exit, self.stdout, self.stderr = None, b"", b""
        fixtures = case.parent.parent / "fixtures"
        for source in [fixtures, case / "data"]:
            if source.is_dir():
                shutil.copytree(source, here / source.name)

    def environment(self):
        passed = {k: os.environ[k] for k in PASSED_ON if k in os.environ}
        return {**ENVIRONMENT, **passed, "HOME": str(self.here)}

    def prepare(self):
        """In the child: takes away what the case says it must do without."""
        if self.file_limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_limit, self.file_limit))
        if self.unprivileged and os.geteuid() == 0:
            os.setgroups([])
            os.setgid(nobody().pw_gid)
            os.setuid(nobody().pw_uid)

    def line(self, line):
        if line.startswith("$"):
            subprocess.run(["bash", "-euc", line[1:]], cwd=self.here, env=self.environment(), check=True)
        elif line == "@unprivileged":
            self.give_away()
        elif line.startswith("@file-limit "):
            self.file_limit = int(line.split()[1])
        elif line.startswith("@"):
            raise Fault(f"unknown directive {line}")
        else:
            self.run(shlex.split(line))

    def give_away(self):
        self.unprivileged = True
        if os.geteuid() == 0:
            for folder, _, files in os.walk(self.here):
                for path in [folder, *(os.path.join(folder, f) for f in files)]:
                    os.chown(path, nobody().pw_uid, nobody().pw_gid, follow_symlinks=False)

    def run(self, words):
        # SIGXFSZ stays ignored, as Python has it, so that a write beyond the limit fails instead of killing.
        done = subprocess.run([self.program, *words], cwd=self.here, env=self.environment(), capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=SECONDS, preexec_fn=self.prepare,
                              restore_signals=False, check=False)
        self.exit = done.returncode
        self.stdout += done.stdout
        self.stderr += done.stderr

    def results(self):
        """What is compared: name -> bytes."""
        if self.exit is None:
            raise Fault("the case runs no command")
        here = str(self.here).encode()
        stdout = steady_json(self.stdout) if self.stdout.startswith(b"{") else self.stdout
        found = {"exit": f"{self.exit}\n".encode(), "stdout": stdout.replace(here, b"{here}"),
                 "stderr": self.stderr.replace(here, b"{here}")}
        out = self.here / "out"
        for path in sorted(p for p in out.rglob("*") if p.is_file()):
            name = f"files/{path.relative_to(out)}" + (".txt" if path.suffix in (".gpkg", ".qml", ".qgz") else "")
            found[name] = as_text(path).replace(here, b"{here}")
        # What a command must not leave beside its output: half-written siblings of `out`.
        known = {"fixtures", "data", "out"}
        litter = sorted(p.name for p in self.here.iterdir() if p.name not in known and p.name.startswith((".", "out")))
        if litter:
            found["litter"] = ("\n".join(litter) + "\n").encode()
        return found


def run_case(program, case):
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        here = pathlib.Path(folder).resolve()
        here.chmod(0o755)
        sandbox = Sandbox(program, case, here)
        for line in (case / "command").read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                sandbox.line(line.strip())
        results = sandbox.results()
        # A case may have taken away rights; the folder must go all the same.
        for path, _, _ in os.walk(folder):
            os.chmod(path, 0o755)
        return results


def expected_of(case):
    folder = case / "expected"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differences(expected, found):
    """One text a thing that differs, empty where all is as expected."""
    texts = []
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            texts.append(f"{name}: expected, not there\n")
        elif name not in expected:
            texts.append(f"{name}: there, not expected:\n{found[name][:2000].decode(errors='replace')}\n")
        elif expected[name] != found[name]:
            old, new = (t.decode("utf-8", "backslashreplace").splitlines(keepends=True)
                        for t in (expected[name], found[name]))
            texts.append("".join(list(difflib.unified_diff(old, new, f"expected/{name}", f"found/{name}"))[:60]))
    return texts


def write_expected(case, found):
    shutil.rmtree(case / "expected", ignore_errors=True)
    for name, content in found.items():
        path = case / "expected" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, type=lambda p: str(pathlib.Path(p).resolve()))
    parser.add_argument("--update", action="store_true", help="take what is found as what is expected")
    parser.add_argument("case", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    failed = 0
    for case in options.case:
        found = run_case(options.program, case)
        if options.update:
            write_expected(case, found)
            continue
        texts = differences(expected_of(case), found)
        failed += bool(texts)
        print(f"{case.name}: {'differs' if texts else 'as expected'}")
        print("\n".join(texts), end="")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
