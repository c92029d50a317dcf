#!/usr/bin/env python3
"""follow_operations.py PROGRAM SOURCE: does what docs/operations.md says, word for word, and looks whether it came to what it says.

Every `sh` block of the page is run by bash, in order and in one go, in a tree like the sources. /etc and /var/lib lie below a
folder of the test's own; `sudo`, `systemctl` and `journalctl` are stand-ins: a service that is started is its ExecStart, with
its environment and its list of codes that are success, each time a night later. The database is a real one (with_postgres).
"""
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
MOVED = ("/etc/patrolzones", "/etc/systemd/system", "/etc/sysusers.d", "/var/lib/patrolzones")

SUDO = r"""#!/usr/bin/env bash
# Becomes nobody else, but names itself to the database as who it was to be.
if [ "$1" = -u ]; then
    [ "$2" = postgres ] || export PGUSER=$2
    shift 2
fi
if [ "$1" = install ]; then # whose it is to be is not asked: there is one user
    words=()
    while [ $# -gt 0 ]; do
        case $1 in -o | -g) shift 2 ;; *) words+=("$1"); shift ;; esac
    done
    set -- "${words[@]}"
fi
exec "$@"
"""

SYSTEMCTL = r"""#!/usr/bin/env bash
set -euo pipefail
units=$HERE/etc/systemd/system
action=$1
shift
for unit in "$@"; do
    [[ $unit == --* ]] || [ -e "$units/$unit" ] || { echo "no unit $unit" >&2; exit 5; }
    [ "$action $unit" = "start patrolzones-refresh.service" ] || continue
    nights=$(($(cat "$HERE/nights" 2>/dev/null || echo 0) + 1))
    echo "$nights" >"$HERE/nights"
    files=("$units/$unit" "$units/$unit.d"/*.conf)
    export PGUSER=patrolzones
    while read -r setting; do export "${setting?}"; done < <(sed -n 's/^Environment=//p' "${files[@]}" 2>/dev/null)
    cd "$(sed -n 's/^WorkingDirectory=//p' "$units/$unit")"
    status=0
    faketime -f "@2026-11-0$((nights + 1)) 03:30:00" \
        $(sed -n 's/^ExecStart=//p' "$units/$unit") >"$HERE/journal" 2>&1 || status=$?
    success=" 0 $(sed -n 's/^SuccessExitStatus=//p' "$units/$unit") "
    [[ $success == *" $status "* ]] || { cat "$HERE/journal" >&2; exit 1; }
done
"""


# By day, after the last night.
PATROLZONES = r"""#!/usr/bin/env bash
exec faketime -f "@2026-11-0$(($(cat "$HERE/nights") + 1)) 09:00:00" "$PROGRAM" "$@"
"""


def stage(here):
    """A tree like the sources, whose files of the night name folders below `here`."""
    tree = here / "tree"
    (tree / "samples").mkdir(parents=True)
    for folder in ("ambershire", "definitions"):
        (tree / "samples" / folder).symlink_to(SOURCE / "samples" / folder)
    shutil.copytree(SOURCE / "samples" / "nightly", tree / "samples" / "nightly")
    for file in (tree / "samples" / "nightly").iterdir():
        file.write_text(moved(file.read_text(encoding="utf-8"), here), encoding="utf-8")
    tools = here / "tools"
    tools.mkdir()
    for name, text in {"sudo": SUDO, "systemctl": SYSTEMCTL, "patrolzones": PATROLZONES, "journalctl": '#!/bin/sh\nexec cat "$HERE/journal"\n',
                       "systemd-sysusers": '#!/bin/sh\ngrep -q "^u patrolzones " "$HERE/etc/sysusers.d/patrolzones.conf"\n'}.items():
        (tools / name).write_text(text, encoding="utf-8")
        (tools / name).chmod(0o755)
    return tree, tools


def moved(text, here):
    for path in MOVED:
        text = re.sub(rf"(?<![\w/]){path}", f"{here}{path}", text)
    return text.replace("/usr/local/bin/patrolzones", PROGRAM)


def blocks():
    """The page's `sh` blocks with the heading each stands under; a block in a list loses its indent."""
    heading, found, block = "", [], None
    for line in (SOURCE / "docs" / "operations.md").read_text(encoding="utf-8").splitlines():
        if block is not None and line.strip() == "```":
            found.append((heading, "\n".join(block)))
            block = None
        elif block is not None:
            block.append(line)
        elif line.strip() == "```sh":
            block = []
        elif line.startswith("## "):
            heading = line[3:]
    return found


class Page:
    def __init__(self, here):
        self.here = here
        self.tree, tools = stage(here)
        self.environment = dict(os.environ, HERE=str(here), PROGRAM=PROGRAM, PATH=f"{tools}:{os.environ['PATH']}")
        self.blocks = blocks()
        self.lib = here / "var/lib/patrolzones"

    def follow(self, heading):
        """Runs the next block, which must stand under that heading."""
        found, text = self.blocks.pop(0)
        assert found == heading, f"the next block stands under '{found}', not '{heading}'"
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", moved(text, self.here)], cwd=self.tree, env=self.environment,
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{heading}:\n{text}\nends with {done.returncode}:\n{done.stdout}{done.stderr}"
        print(f"{heading}: done")
        return done.stdout

    def status(self):
        return json.loads((self.lib / "published/status.json").read_text(encoding="utf-8"))

    def current(self):
        return (self.lib / "published/current").readlink().name

    def stored(self, table):
        with sqlite3.connect(self.lib / "vrn.gpkg") as store:
            return store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def indexes(self):
        with sqlite3.connect(self.lib / "vrn.gpkg") as store:
            return {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'index'") if "_by_" in name}

    def ask_database(self, query):
        return subprocess.run(["psql", "-qAt", "-d", "vrn", "-c", query], env=self.environment, capture_output=True, text=True,
                              check=True).stdout.split()

    def in_database(self, table):
        return int(self.ask_database(f"SELECT count(*) FROM patrolzones.{table}")[0])


def install_and_first_night(page):
    assert page.blocks[0][1].startswith("cmake"), "the build itself is what made this program"
    page.blocks.pop(0)
    page.follow("Install")
    page.follow("Install")
    assert "are proposed" in page.follow("The first night")
    assert (page.lib / "published/current/candidates.geojson").exists() and page.status()["counts"]["zones"] == 0
    assert "comes into force" in page.follow("The first night")
    page.follow("The first night")
    status = page.status()
    assert status["counts"]["zones"] == 24 and status["counts"]["visits"] > 24, status
    assert status["exit_code"] == 0 and page.current() == "2026-11-03-run2", status


def restore(page):
    page.follow("Restore")
    assert page.current() == "2026-11-02-run1"
    runs, visits = page.stored("runs"), page.stored("planned_visits")
    (page.lib / "vrn.gpkg").write_bytes(b"not a store any more")
    (page.lib / "vrn.gpkg-journal").write_bytes(b"left by whatever damaged it")
    page.follow("Restore")
    assert page.stored("runs") == runs + 1 and page.stored("planned_visits") >= visits
    assert page.status()["exit_code"] in (0, 4) and page.current() == "2026-11-04-run3", page.status()


def to_postgis(page):
    tables = ("zone_history", "planned_visits", "attendances", "runs")
    before = {table: page.stored(table) for table in tables}
    page.follow("From GeoPackage to PostGIS")
    page.follow("From GeoPackage to PostGIS")
    after = {table: page.in_database(table) for table in tables}
    assert after["zone_history"] == before["zone_history"] and after["attendances"] == before["attendances"]
    assert after["runs"] == before["runs"] + 1, (before, after)
    assert after["planned_visits"] >= before["planned_visits"], (before, after)
    indexes = page.ask_database("SELECT indexname FROM pg_indexes WHERE schemaname = 'patrolzones'")
    assert page.indexes() and page.indexes() <= set(indexes), (page.indexes(), indexes)
    assert {table: page.stored(table) for table in tables} == before, "the GeoPackage was still written to"
    assert page.status()["exit_code"] in (0, 4) and page.current() == "2026-11-05-run4", page.status()


def main():
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        for path in MOVED[1:3]:
            (here / path.lstrip("/")).mkdir(parents=True)
        page = Page(here)
        install_and_first_night(page)
        restore(page)
        to_postgis(page)
        assert not page.blocks, f"blocks that nobody follows: {page.blocks}"


if __name__ == "__main__":
    main()
