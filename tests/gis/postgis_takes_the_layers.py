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

    def publish(self, *more, user="postgres", database="vrn", host=None):
        target = f"PG:host={host or self.server.home} dbname={database} user={user} password={SECRET}"
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
        for layer in LAYERS:
            copy = pathlib.Path(self.work.name) / f"{layer}.csv"
            rows = {}
            for source in (self.out / "patrolzones.gpkg", f"PG:host={self.server.home} dbname=vrn user=postgres schemas=patrolzones"):
                copy.unlink(missing_ok=True)
                subprocess.run(["ogr2ogr", "-f", "CSV", "-lco", "GEOMETRY=AS_WKT", "-lco", "CREATE_CSVT=NO", str(copy), str(source), "-sql",
                                f"SELECT * FROM {layer} ORDER BY fid"], check=True, env={**os.environ, "PGTZ": "UTC"})
                text = re.sub(r'(\d)/(\d\d)/(\d\d) ', r'\1-\2-\3 ', copy.read_text())
                rows[str(source)[:3]] = sorted(without_fid(text))
            one, other = rows.values()
            self.assertEqual(len(one), len(other), layer)
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


def without_fid(text):
    return text.splitlines()[1:]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1], verbosity=2)
