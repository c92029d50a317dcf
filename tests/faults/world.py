"""A small force of its own to try faults on: inputs, a configuration, a published folder, and a store of either kind.

Everything lies below one folder, so that it can be put back to a saved state in one step. Every run has a clock of its own
(libfaketime) that starts where the test says, and may have a fault at one exact point (fault_points.cpp).
"""
import csv
import functools
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass

FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
TIME_LIMIT = 60  # seconds for one run: far more than it needs


@dataclass(frozen=True)
class Bench:
    """What the tests work with: the program, the library of fault points, the sample county."""
    program: str
    fault_points: str
    samples: pathlib.Path


@dataclass(frozen=True)
class Fault:
    """What happens at which point of a run; see fault_points.cpp for the actions."""
    action: str
    at: int = 0


@dataclass(frozen=True)
class Run:
    code: int      # exit code; negative is the signal that it died of
    told: str      # stderr

    @property
    def killed(self):
        return self.code == -signal.SIGKILL


TABLES = {
    "zones": "SELECT zone_id, name, {m}(easting), {m}(northing), {m}(radius_m), {t}(valid_from), {t}(valid_to), why FROM "
             "{s}zone_history",
    "visits": "SELECT visit_id, zone_id, unit, shift, {t}(start_time), {t}(end_time), status FROM {s}planned_visits",
    "attendances": "SELECT zone_id, unit, {t}(start_time), {t}(end_time), kind FROM {s}attendances",
    "runs": "SELECT run, night FROM {s}runs",
}


class FileStore:
    """A store that is a GeoPackage in the force's folder."""
    name = "GeoPackage"

    def __init__(self, folder):
        self.path = folder / "keep" / "vrn.gpkg"
        self.where = str(self.path)

    def save(self):
        """Lies in the folder, with which it is saved and put back."""

    put_back = save

    def content(self):
        """The rows of each table as text, counted. Looks at a copy, so that nothing is mended by looking."""
        with tempfile.TemporaryDirectory() as aside:
            for file in self.path.parent.glob("vrn.gpkg*"):
                if file.is_file() and not file.name.endswith(".lock"):
                    shutil.copy(file, aside)
            copy = pathlib.Path(aside) / "vrn.gpkg"
            if not copy.exists():
                return {name: Counter() for name in TABLES}
            database = sqlite3.connect(copy)
            try:
                known = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
                if "runs" not in known:
                    return {name: Counter() for name in TABLES}
                return {name: Counter(tuple("" if value is None else str(value) for value in row)
                                      for row in database.execute(text.format(s="", t="datetime", m="round")))
                        for name, text in TABLES.items()}
            finally:
                database.close()


def wait_for_end_of(session):
    """The server notices that a killed client is gone when it next looks: asked for until it has."""
    for _ in range(1000):
        if not sql(f"SELECT pid FROM pg_stat_activity WHERE application_name = '{session}'"):
            return
    raise AssertionError("a session of a run that is gone does not end")


class Schema:
    """A schema of the database that libpq's own variables lead to."""

    def __init__(self, name, session):
        """`session`: what the program's sessions are to call themselves there."""
        self.name, self.saved, self.session = name, name + "_saved", session
        self.where = f"PG:schemas={name} application_name={session}"
        sql(f"DROP SCHEMA IF EXISTS {self.name} CASCADE; DROP SCHEMA IF EXISTS {self.saved} CASCADE")

    def tables(self, schema=None):
        rows = sql(f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema or self.name}' ORDER BY 1")
        return [row[0] for row in rows]

    def save(self):
        """Keeps the rows of all tables aside."""
        text = [f"DROP SCHEMA IF EXISTS {self.saved} CASCADE", f"CREATE SCHEMA {self.saved}"]
        sql("; ".join(text + [f"CREATE TABLE {self.saved}.{table} AS TABLE {self.name}.{table}" for table in self.tables()]))

    def put_back(self):
        """The rows as they were saved; with none saved the schema goes."""
        wait_for_end_of(self.session)
        saved = self.tables(self.saved)
        text = [] if saved else [f"DROP SCHEMA IF EXISTS {self.name} CASCADE"]
        text += [f"DROP TABLE {self.name}.{table} CASCADE" for table in self.tables() if table not in saved and saved]
        for table in saved:
            text += [f"TRUNCATE {self.name}.{table}", f"INSERT INTO {self.name}.{table} TABLE {self.saved}.{table}"]
        if text:
            sql("; ".join(text))


class SchemaStore:
    """A store that is a schema of a PostGIS database."""
    name = "PostGIS"

    def __init__(self, name, session):
        self.schema = Schema(name, session)
        self.where = self.schema.where

    def save(self):
        self.schema.save()

    def put_back(self):
        self.schema.put_back()

    def content(self):
        wait_for_end_of(self.schema.session)
        if "runs" not in self.schema.tables():
            return {name: Counter() for name in TABLES}
        form = {"s": self.schema.name + ".", "t": "date_trunc('second', ", "m": "round("}
        content = {}
        for name, text in TABLES.items():
            text = text.replace("{t}(", "{t}").replace("{m}(", "{m}")
            content[name] = Counter(tuple(row) for row in sql(text.format(**form)))
        return content


class Psql:
    """One session of psql for all questions: quicker than one each."""
    END = "-- the answer ends here --"

    def __init__(self):
        self.lock = threading.Lock()
        self.process = subprocess.Popen(["psql", "-X", "-q", "--csv", "-t"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True, env={**os.environ, "PGTZ": "UTC"})

    def ask(self, text):
        with self.lock:
            self.process.stdin.write(f"BEGIN; {text}; COMMIT;\n\\echo '{self.END}'\n")
            self.process.stdin.flush()
            lines = list(iter(lambda: self.process.stdout.readline().rstrip("\n"), self.END))
        fault = next((line for line in lines if line.startswith("ERROR:")), None)
        if fault:
            raise RuntimeError(f"{fault}: {text}")
        return list(csv.reader(line for line in lines if not re.match("(NOTICE|WARNING|DETAIL|HINT|LINE|psql):", line)))


@functools.lru_cache
def psql():
    return Psql()


def sql(text):
    """The rows, fields as text; null is the empty text. Several statements are one transaction."""
    return psql().ask(text)


class World:
    """One force. `folder` is its own and empty."""

    def __init__(self, bench, folder, store, reader=None, no_links=False):
        """`reader`: Schema that the layers are published to, too. `no_links`: no symbolic link can be made."""
        self.bench, self.folder, self.store, self.reader, self.no_links = bench, folder, store, reader, no_links
        self.saved = folder.parent / (folder.name + ".saved")
        self.published = folder / "out" / "published"
        self.config = folder / "vrn.toml"
        self.log = folder / "attendance.csv"
        self.incidents = folder / "incidents.csv"
        county = bench.samples / "ambershire"
        for part in ("keep", "out"):
            (folder / part).mkdir(parents=True)
        rows = (county / "incidents-2025-26.csv").read_text().splitlines(True)
        self.incidents.write_text(rows[0] + "".join(rows[1::3]))
        wards = json.loads((county / "wards.geojson").read_text())
        wards["features"] = wards["features"][:12]
        (folder / "wards.geojson").write_text(json.dumps(wards))
        shutil.copy(county / "units.toml", folder)
        shutil.copy(bench.samples / "definitions/lvrn.toml", folder / "definition.toml")
        self.log.write_text("zone_id,unit,start,end,kind\n")
        published = f'publish = "{reader.where}"\n' if reader else ""
        self.config.write_text(f'''store = "{store.where}"
out = "out/published"
{published}top_wards = 3
zones_per_ward = 2
effort = "fast"
threads = 1
replicates = 99
days = 7
keep = 3
prometheus = "out/patrolzones.prom"
on_alert = "true"

[incidents]
paths = ["incidents.csv"]
definition = "definition.toml"

[wards]
path = "wards.geojson"

[units]
path = "units.toml"

[attendance]
path = "attendance.csv"
''')

    # Runs.

    def environment(self, now, fault):
        libraries = [str(FAKETIME)]
        more = {"FAKETIME": f"@{now}", "TZ": "UTC", "NO_FAKE_STAT": "1"}
        if fault or self.no_links:
            libraries.append(self.bench.fault_points)
            more |= {"FAULT_PROGRAM": "patrolzones", "FAULT_ACTION": fault.action if fault else "none",
                     "FAULT_AT": str(fault.at if fault else 0), "FAULT_LIST": str(self.points_file)}
            if self.no_links:
                more["FAULT_NO_LINKS"] = "1"
        return {**os.environ, "LD_PRELOAD": " ".join(libraries), **more}

    @property
    def points_file(self):
        return self.folder.parent / (self.folder.name + ".points")

    def start(self, command, now, *more, fault=None):
        return subprocess.Popen([self.bench.program, command, "--config", str(self.config), *more],
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env=self.environment(now, fault), cwd="/")

    def end(self, process):
        _, told = process.communicate(timeout=TIME_LIMIT)
        for name in ("faketime_shm", "sem.faketime_sem"):  # what libfaketime leaves where it is killed
            pathlib.Path(f"/dev/shm/{name}_{process.pid}").unlink(missing_ok=True)
        return Run(process.returncode, told)

    def run(self, command, now, *more, fault=None):
        return self.end(self.start(command, now, *more, fault=fault))

    def refresh(self, now, *more, fault=None):
        return self.run("refresh", now, *more, fault=fault)

    def points(self, command, now, *more):
        """The calls at the points of a run that nothing happens to, in order; the force is put back before and after it."""
        self.put_back()
        self.points_file.unlink(missing_ok=True)
        run = self.run(command, now, *more, fault=Fault("list"))
        assert run.code in (0, 4), run
        self.put_back()
        return self.points_file.read_text().split()

    # States.

    def save(self):
        shutil.rmtree(self.saved, ignore_errors=True)
        shutil.copytree(self.folder, self.saved, symlinks=True)
        self.store.save()
        if self.reader:
            self.reader.save()

    def put_back(self):
        self.store.put_back()
        if self.reader:
            self.reader.put_back()
        shutil.rmtree(self.folder)
        shutil.copytree(self.saved, self.folder, symlinks=True)

    # Nights that went well.

    def good(self, command, now, *more):
        run = self.run(command, now, *more)
        assert run.code in (0, 4), f"{command} at {now}: exit code {run.code}: {run.told}"
        return run

    def log_visits(self, until):
        """Every visit that was planned and ended by then has taken place, and is in the log."""
        known = self.log.read_text()
        lines = []
        for feature in json.loads((self.published / "current/visits.geojson").read_text())["features"]:
            visit = feature["properties"]
            line = f'{visit["zone_id"]},{visit["unit"]},{visit["start_time"]},{visit["end_time"]},tasked\n'
            if visit["end_time"] <= until and line not in known:
                lines.append(line)
        self.log.write_text(known + "".join(lines))
