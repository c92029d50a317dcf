#!/usr/bin/env python3
"""postgis_takes_the_layers.py PROGRAM SOURCE-TREE: `--publish` into a PostgreSQL 15 with PostGIS that this test starts.

The server lives in a temporary folder, listens on a socket there alone, and is stopped at the end. As root it runs as the user
`postgres` (initdb refuses root), else as whoever runs the test.
"""
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from datetime import datetime, timedelta

from osgeo import gdal, ogr

gdal.UseExceptions()
PROGRAM, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
LAYERS = {"zones", "rings", "visits", "wards", "issues"}
SECRET = "s3cret-w0rd"


class Server:
    def __init__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="pz-pg-"))
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.home, self.user)
        self.home.chmod(0o755)
        self.own("initdb", "-D", self.home / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
        self.own("pg_ctl", "-D", self.home / "data", "-w", "-l", self.home / "log", "-o",
                 f"-k {self.home} -c listen_addresses='' -c fsync=off", "start")
        self.sql("CREATE DATABASE vrn", "postgres")
        self.sql("CREATE EXTENSION postgis")

    def own(self, program, *words):
        as_user = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*as_user, str(BINARIES / program), *map(str, words)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd="/", text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr}")

    def sql(self, text, database="vrn"):
        """The rows, their fields between bars."""
        done = subprocess.run([str(BINARIES / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.home), "-U",
                               "postgres", database, "-c", text], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def stop(self):
        self.own("pg_ctl", "-D", self.home / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.home)


class Publishing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.work = tempfile.TemporaryDirectory(prefix="pz-publish-")
        cls.addClassCleanup(cls.work.cleanup)
        cls.out = pathlib.Path(cls.work.name) / "out"

    def setUp(self):
        self.server.sql("DROP SCHEMA IF EXISTS patrolzones CASCADE")

    def publish(self, *more, user="postgres", database="vrn", host=None, schema=None):
        target = f"PG:host={host or self.server.home} dbname={database} user={user} password={SECRET}"
        target += f" schemas={schema}" if schema else ""
        return subprocess.run([PROGRAM, "run", "--config",
                               str(TREE / "samples/ambershire/ambershire.toml"), "--out", str(self.out), "--overwrite", "--quiet",
                               "--days", "7", "--publish", target, *more],
                              capture_output=True, text=True, check=False)

    def published(self, *more, **how):
        done = self.publish(*more, **how)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def content(self):
        """A checksum of all rows of every table of ours."""
        return {t: self.server.sql(f"SELECT count(*), md5(string_agg(r::text, '|' ORDER BY r::text)) FROM patrolzones.{t} r")
                for t in sorted(self.tables())}

    def tables(self):
        return set(self.server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'patrolzones'"))

    def refused(self, done, *words):
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertNotIn(SECRET, done.stderr + done.stdout)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_every_layer_is_there_indexed_and_commented(self):
        self.published()
        self.assertEqual(self.tables(), LAYERS | {"layer_styles"})
        for layer in LAYERS:
            self.assertEqual(self.server.sql("SELECT srid FROM geometry_columns WHERE f_table_schema = 'patrolzones' AND "
                                             f"f_table_name = '{layer}'"), ["27700"])
            self.assertIn("USING gist (geom)", "".join(self.server.sql(
                f"SELECT indexdef FROM pg_indexes WHERE schemaname = 'patrolzones' AND tablename = '{layer}'")))
            bare = self.server.sql(
                "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attname NOT IN ('fid', 'geom') AND "
                f"attrelid = 'patrolzones.{layer}'::regclass AND col_description(attrelid, attnum) IS NULL")
            self.assertEqual(bare, [], layer)
        self.assertEqual(self.server.sql("SELECT f_table_name FROM patrolzones.layer_styles WHERE useasdefault ORDER BY 1"),
                         sorted(LAYERS))

    def test_the_database_holds_what_the_package_holds(self):
        self.published()
        database = f"PG:host={self.server.home} dbname=vrn user=postgres active_schema=patrolzones"
        for layer in LAYERS:
            package, copy = table(self.out / "patrolzones.gpkg", layer), table(database, layer)
            self.assertGreater(len(package["rows"]), 0, layer)
            self.assertEqual(copy["fields"], package["fields"], layer)
            for one, other in zip(copy["rows"], package["rows"], strict=True):
                self.assertEqual(one, other, layer)
        start = self.server.sql("SELECT to_char(min(start_time) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM patrolzones.visits")
        self.assertEqual(start, ["2026-11-02 08:00"])
        outside = self.server.sql("SELECT count(*) FROM patrolzones.zones z JOIN patrolzones.rings r USING (zone_id) "
                                  "WHERE NOT ST_IsValid(z.geom) OR NOT ST_IsValid(r.geom) OR NOT ST_Touches(z.geom, r.geom)")
        self.assertEqual(outside, ["0"])

    def test_a_second_run_replaces_the_first_and_keeps_views_and_grants(self):
        self.published()
        first = self.content()
        self.server.sql("CREATE VIEW top AS SELECT name FROM patrolzones.zones WHERE rank = 1")
        self.server.sql("DROP ROLE IF EXISTS reader")
        self.server.sql("CREATE ROLE reader")
        self.server.sql("GRANT SELECT ON patrolzones.zones TO reader")
        try:
            self.published()
            self.assertEqual({t: v for t, v in self.content().items() if t != "layer_styles"},
                             {t: v for t, v in first.items() if t != "layer_styles"})
            self.assertEqual(len(self.server.sql("SELECT * FROM top")), 1)
            self.assertEqual(self.server.sql("SELECT has_table_privilege('reader', 'patrolzones.zones', 'SELECT')"), ["t"])
        finally:
            self.server.sql("DROP VIEW top; DROP OWNED BY reader; DROP ROLE reader")

    def test_what_a_run_does_not_have_does_not_stay(self):
        self.published("--with-incidents")
        self.assertGreater(int(self.server.sql("SELECT count(*) FROM patrolzones.incidents")[0]), 1000)
        self.published("--audience", "public")
        for layer in ("zones", "rings", "visits", "issues", "incidents"):
            self.assertEqual(self.server.sql(f"SELECT count(*) FROM patrolzones.{layer}"), ["0"], layer)
        self.assertEqual(self.server.sql("SELECT count(*) FROM patrolzones.wards WHERE incidents IS NOT NULL"), ["0"])

    def test_a_table_of_another_time_is_made_anew(self):
        self.published()
        self.server.sql("ALTER TABLE patrolzones.rings DROP COLUMN outer_m")
        self.published()
        self.assertEqual(self.server.sql("SELECT count(*) FROM patrolzones.rings WHERE outer_m IS NULL"), ["0"])

    def test_a_failure_in_the_middle_leaves_database_and_folder_as_they_were(self):
        self.published()
        before, files = self.content(), {p.name: p.read_bytes() for p in self.out.iterdir()}
        # Wards come after zones and visits: these are written when it fails.
        self.server.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                        "$$ BEGIN RAISE EXCEPTION 'no wards today'; END $$")
        self.server.sql("CREATE TRIGGER no_wards BEFORE INSERT ON patrolzones.wards FOR EACH ROW EXECUTE FUNCTION refuse()")
        try:
            self.refused(self.publish("--seed", "7"), "no wards today", "unchanged")
        finally:
            self.server.sql("DROP FUNCTION refuse CASCADE")
        self.assertEqual(self.content(), before)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, files)

    def test_a_failure_at_the_commit_leaves_database_and_folder_as_they_were(self):
        self.published()
        before, files = self.content(), {p.name: p.read_bytes() for p in self.out.iterdir()}
        self.server.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                        "$$ BEGIN RAISE EXCEPTION 'not at the end'; END $$")
        self.server.sql("CREATE CONSTRAINT TRIGGER late AFTER INSERT ON patrolzones.zones DEFERRABLE INITIALLY DEFERRED "
                        "FOR EACH ROW EXECUTE FUNCTION refuse()")
        try:
            self.refused(self.publish("--seed", "7"), "not at the end")
        finally:
            self.server.sql("DROP FUNCTION refuse CASCADE")
        self.assertEqual(self.content(), before)
        self.assertEqual({p.name: p.read_bytes() for p in self.out.iterdir()}, files)

    def test_another_schema_takes_the_layers_where_it_is_named(self):
        self.server.sql("DROP SCHEMA IF EXISTS \"order\" CASCADE")  # a word of SQL's own, too
        self.published(schema="order")
        self.published(schema="order")
        self.assertEqual(set(self.server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'order'")), LAYERS | {"layer_styles"})
        self.assertEqual(self.tables(), set())
        self.server.sql("DROP SCHEMA \"order\" CASCADE")

    def test_a_table_of_somebody_else_is_never_touched(self):
        self.server.sql("CREATE SCHEMA IF NOT EXISTS gis")
        self.server.sql("CREATE TABLE gis.wards AS SELECT 1 AS theirs")
        self.server.sql("CREATE TABLE gis.incidents AS SELECT 2 AS theirs")
        try:
            self.refused(self.publish(schema="gis"), "gis.wards", "schemas=")
            self.assertEqual(self.server.sql("SELECT theirs FROM gis.wards UNION SELECT theirs FROM gis.incidents ORDER BY 1"), ["1", "2"])
            self.assertEqual(self.server.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'gis'"), ["2"])
            self.server.sql("DROP TABLE gis.wards")
            self.published(schema="gis")  # has no incidents, and so nothing to do with theirs
            self.assertEqual(self.server.sql("SELECT theirs FROM gis.incidents"), ["2"])
        finally:
            self.server.sql("DROP SCHEMA gis CASCADE")

    def test_a_server_that_is_not_there_is_told_before_anything_is_read(self):
        self.refused(self.publish("--incidents", "/dev/null/none.csv", host="/nowhere"), "/nowhere", "password=***")

    def test_a_user_without_rights_is_told_so(self):
        self.server.sql("DROP ROLE IF EXISTS guest")
        self.server.sql("CREATE ROLE guest LOGIN")
        try:
            self.refused(self.publish(user="guest"), "permission denied")
        finally:
            self.server.sql("DROP ROLE guest")

    def test_a_database_without_postgis_is_told_how_to_get_it(self):
        self.server.sql("CREATE DATABASE plain", "postgres")
        self.refused(self.publish(database="plain"), "CREATE EXTENSION postgis")

    def test_no_file_tells_the_password(self):
        self.published()
        for path in self.out.iterdir():
            self.assertNotIn(SECRET.encode(), path.read_bytes(), path.name)
        self.assertIn("password=***", (self.out / "manifest.json").read_text())

    def test_what_is_no_database_is_a_mistake_of_the_command_line(self):
        done = subprocess.run([PROGRAM, "run", "--publish", f"postgresql://me:{SECRET}@db/vrn"], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 2)
        self.assertNotIn(SECRET, done.stderr)


def table(source, layer):
    """Fields, and rows of values with the shape as text to the millimetre, in the order of the ids."""
    dataset = gdal.OpenEx(str(source), gdal.OF_VECTOR)
    rows = dataset.ExecuteSQL(f"SELECT * FROM {layer} ORDER BY fid")
    definition = dataset.GetLayerByName(layer).GetLayerDefn()
    names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    return {"fields": names, "rows": [row_of(feature, names) for feature in rows]}


def row_of(feature, names):
    shape = feature.GetGeometryRef()
    corners = re.sub(r"-?[0-9]+\.?[0-9]*", lambda n: f"{float(n.group()):.3f}", shape.ExportToWkt()) if shape else None
    return corners, [value_of(feature, name) for name in names]


def value_of(feature, name):
    if not feature.IsFieldSetAndNotNull(name):
        return None
    kind = feature.GetFieldDefnRef(name).GetType()
    if kind != ogr.OFTDateTime:
        return bool(feature.GetField(name)) if name in ("rule_ok", "chosen") else feature.GetField(name)
    *clock, zone = feature.GetFieldAsDateTime(name)
    year, month, day, hour, minute, second = map(int, clock)
    # 100 is UTC, and every step of 1 a quarter of an hour east of it
    return datetime(year, month, day, hour, minute, second) - timedelta(minutes=15 * (zone - 100))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1], verbosity=2)
