#!/usr/bin/python3
"""survive.py PROGRAM FAULT-POINTS SOURCE-TREE [--update] [--quick] [--only REGEX] [--store NAME]: the refresh under faults.

Tries every fault of faults.py on a force with a GeoPackage and on one with a PostGIS store (libpq's variables lead to a
server: tests/postgres/with_postgres), both at a time. Fails where a fault lost something, and where the table of faults in
docs/operations.md is not what was done here; --update writes it. Faults that need a disk of their own are left out, in so
many words, where this user may not mount one.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

import checks
import faults
from world import FAKETIME, Bench, FileStore, Schema, SchemaStore, World

BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
STORES = ("GeoPackage", "PostGIS")


def words_of_call():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("fault_points", type=os.path.abspath)
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--quick", action="store_true", help="a tenth of the trials")
    parser.add_argument("--only", default="")
    parser.add_argument("--store", choices=STORES)
    return parser.parse_args()


def may_mount(folder):
    place = folder / "mount"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], check=False, capture_output=True)
    if done.returncode == 0:
        subprocess.run(["umount", place], check=True)
    return done.returncode == 0


def quick_disk():
    """The memory disk, where there is one of some size: what is on it need not last, and most of a run's time is waiting for
    disks."""
    memory = pathlib.Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30 else None


def make_world(bench, home, store_name, kind):
    """A force as it is before its fault: `new` (nothing yet), `proposed` (first night), `nights` (grown), and grown ones
    that publish into a database beside a GeoPackage, or where no links can be made."""
    folder = home / f"{store_name}-{kind}".lower()
    if store_name == "PostGIS":
        store, reader = SchemaStore(f"{kind}_store", "of_schema"), Schema(f"{kind}_reader", "of_schema")
    else:
        store = FileStore(folder)
        reader = Schema("file_reader", "of_file") if kind == "publishing" else None
    folder.mkdir(parents=True)
    world = World(bench, folder, store, reader, no_links=kind == "exchange")
    faults.grow(world, {"new": 0, "proposed": 1}.get(kind, 3))
    return world


def try_rows(bench, home, store_name, rows):
    """Every fault on forces with that kind of store. Returns what went wrong, a line each."""
    worlds, wrong = {}, []
    for row in rows:
        start = time.monotonic()
        try:
            if row.world not in worlds:
                worlds[row.world] = make_world(bench, home, store_name, row.world)
            row.times[store_name] = row.trials(worlds[row.world])
            told = f"{row.times[store_name]} times"
        except AssertionError as fault:
            told = f"FAILED: {fault}"
            wrong.append(f"{row.fault} ({store_name}): {fault}")
        except Exception:  # pylint: disable=broad-except
            told = f"FAILED: {traceback.format_exc()}"
            wrong.append(f"{row.fault} ({store_name}): {traceback.format_exc()}")
        print(f"{store_name}: {row.fault}: {told[-1500:]} ({time.monotonic() - start:.1f} s)", flush=True)
    return wrong


def line_of(row):
    cells = [row.fault] + [str(row.times.get(store, "–")) for store in STORES] + [row.meanwhile, row.afterwards]
    return "| " + " | ".join(cells) + " |"


def table(rows):
    head = ["| fault | GeoPackage | PostGIS | the run it happens to | the next run |", "|---|---|---|---|---|"]
    return "\n".join(head + [line_of(row) for row in rows])


def doc_parts(path):
    text = path.read_text()
    before, rest = text.split(BEGIN)
    told, after = rest.split(END)
    return before, told.strip(), after


def fault_of(line):
    return line.split(" | ")[0]


def update_table(path, rows):
    """Writes what was done into the document; lines of faults that were not tried this time stay."""
    before, told, after = doc_parts(path)
    lines = {fault_of(line): line for line in told.splitlines() + table(rows).splitlines()}
    order = [fault_of(line) for line in table(faults.ROWS).splitlines()]
    text = "\n".join(lines[name] for name in order if name in lines)
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def differences(path, rows, left_out):
    """The lines that the document has and should not, or lacks; nothing is said of the faults that could not be tried."""
    _, told, _ = doc_parts(path)
    unknown = {fault_of(line_of(row)) for row in left_out}
    known = {line for line in told.splitlines() if fault_of(line) not in unknown}
    return sorted(known ^ set(table(rows).splitlines()))


def main():
    words = words_of_call()
    assert FAKETIME, "there is no libfaketime here; install faketime"
    rows = [row for row in faults.ROWS if re.search(words.only, row.fault)]
    faults.thinned = 10 if words.quick else 1
    with tempfile.TemporaryDirectory(prefix="patrolzones-faults-", dir=quick_disk()) as folder:
        home = pathlib.Path(folder)
        left_out = [] if may_mount(home) else [row for row in rows if row.needs_mount]
        for row in left_out:
            print(f"left out, since this user may mount no disk: {row.fault}")
        rows = [row for row in rows if row not in left_out]
        bench = Bench(words.program, words.fault_points, words.tree / "samples")
        stores = [words.store] if words.store else STORES
        with concurrent.futures.ThreadPoolExecutor(len(stores)) as pool:
            tasks = [pool.submit(try_rows, bench, home, store, [row for row in rows if store in row.stores])
                     for store in stores]
            wrong = [line for task in tasks for line in task.result()]
    document = words.tree / "docs/operations.md"
    if words.update and not wrong and not words.quick and not words.store:
        update_table(document, rows)
    elif not wrong and not (words.quick or words.only or words.store):
        for line in differences(document, rows, left_out):
            wrong.append(f"docs/operations.md and what was done differ (survive.py --update writes it): {line}")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{sum(sum(row.times.values()) for row in rows)} faults survived, {len(wrong)} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
