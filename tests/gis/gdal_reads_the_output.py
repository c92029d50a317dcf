#!/usr/bin/env python3
"""gdal_reads_the_output.py PROGRAM SOURCE-TREE: runs the sample county and hands its output to GDAL's own tools."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

import rfc7946

PROGRAM, TREE = sys.argv[1], pathlib.Path(sys.argv[2])
LAYERS = ["zones", "rings", "visits", "wards", "issues"]


def run_program(out, *more):
    subprocess.run([PROGRAM, "run", "--config", str(TREE / "samples/ambershire/ambershire.toml"), "--out", str(out), "--quiet",
                    *more], check=True)


def tool(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, check=False)
    if done.returncode != 0 or re.search(r"^(ERROR|Warning)", done.stderr, re.M):
        raise AssertionError(f"{' '.join(map(str, words))}: exit {done.returncode}: {done.stderr[:1000]}")
    return done.stdout


def shape(path, layer):
    """Fields with their types, and the number of features, as ogrinfo tells them."""
    text = tool("ogrinfo", "-ro", "-so", path, layer)
    fields = dict(re.findall(r"^(\w+): (\w+(?:\(\w+\))?) \([\d.]+\)", text, re.M))
    count = int(re.search(r"^Feature Count: (\d+)", text, re.M).group(1))
    return fields, count, text


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory(prefix="gis-test-")
        cls.work = pathlib.Path(cls.home.name)
        cls.out = cls.work / "out"
        run_program(cls.out)
        cls.package = cls.out / "patrolzones.gpkg"

    @classmethod
    def tearDownClass(cls):
        cls.home.cleanup()

    def test_geojson_keeps_rfc_7946(self):
        for name in ("zones", "visits"):
            self.assertEqual(rfc7946.faults((self.out / f"{name}.geojson").read_text()), [], name)
        run_program(self.work / "public", "--audience", "public")
        self.assertEqual(rfc7946.faults((self.work / "public/wards.geojson").read_text()), [])

    def test_ogrinfo_finds_every_layer_without_a_complaint(self):
        listed = re.findall(r"^\d+: (\w+)", tool("ogrinfo", "-ro", self.package), re.M)
        self.assertEqual(listed, [*LAYERS, "layer_styles"])
        for layer in LAYERS:
            fields, count, text = shape(self.package, layer)
            self.assertGreater(count, 0, layer)
            self.assertIn('ID["EPSG",27700]', text)
        self.assertEqual(shape(self.package, "zones")[0]["due_by"], "DateTime")
        self.assertEqual(shape(self.package, "zones")[0]["rule_ok"], "Integer(Boolean)")

    def test_sqlite_finds_the_package_whole(self):
        import sqlite3
        package = sqlite3.connect(f"file:{self.package}?mode=ro", uri=True)
        self.assertEqual(package.execute("PRAGMA integrity_check").fetchone()[0], "ok")
        self.assertEqual(package.execute("PRAGMA foreign_key_check").fetchall(), [])
        package.close()

    def test_a_shapefile_copy_keeps_every_field_name(self):
        # Without `schedule`, which is longer than a Shapefile's texts may be; times as text, which Shapefile lacks.
        for source, layer in [(self.package, "zones"), (self.package, "visits"), (self.package, "wards"),
                              (self.package, "rings"), (self.out / "zones.geojson", "zones"), (self.out / "visits.geojson", "visits")]:
            with self.subTest(f"{source.name} {layer}"):
                fields, count, _ = shape(source, layer)
                wanted = [f for f in fields if f != "schedule"]
                target = self.work / f"{source.suffix[1:]}_{layer}.shp"
                tool("ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", "-select", ",".join(wanted),
                     "-mapFieldType", "DateTime=String", target, source, layer)
                copied, copies, _ = shape(target, target.stem)
                self.assertEqual([*copied], wanted)
                self.assertEqual(copies, count)

    def test_a_flatgeobuf_copy_is_the_same_again(self):
        for layer in [name for name in LAYERS if name != "issues"]:  # which have no place, and FlatGeobuf wants one
            target = self.work / f"{layer}.fgb"
            tool("ogr2ogr", "-f", "FlatGeobuf", target, self.package, layer)
            fields, count, _ = shape(self.package, layer)
            copied, copies, _ = shape(target, layer)
            # FlatGeobuf has no dates without a time.
            wanted = {n: "DateTime" if t == "Date" else t for n, t in fields.items()}
            self.assertEqual((copied, copies), (wanted, count), layer)

    def test_every_field_of_every_layer_is_documented(self):
        pages = "".join((TREE / "docs/formats" / f"{n}.md").read_text() for n in
                        ("patrolzones.gpkg", "zones.geojson", "visits.geojson", "issues.csv"))
        for layer in LAYERS:
            for name in shape(self.package, layer)[0]:
                self.assertIn(f"`{name}`", pages, layer)

    def test_the_same_run_gives_the_same_bytes(self):
        run_program(self.work / "again", "--threads", "1")
        for path in sorted(self.out.iterdir()):
            if path.name != "manifest.json":
                self.assertEqual(path.read_bytes(), (self.work / "again" / path.name).read_bytes(), path.name)

    def test_the_project_is_a_sound_zip_without_a_date(self):
        with zipfile.ZipFile(self.out / "patrolzones.qgz") as project:
            self.assertIsNone(project.testzip())
            self.assertEqual(project.namelist(), ["patrolzones.qgs"])
            self.assertEqual(project.infolist()[0].date_time[0], 1980)

    def test_incident_points_stand_in_the_package_only_when_asked_for(self):
        run_program(self.work / "internal", "--with-incidents")
        manifest = json.loads((self.work / "internal/manifest.json").read_text())
        used = sum(i.get("rows_used", 0) for i in manifest["inputs"])
        package = self.work / "internal/patrolzones.gpkg"
        self.assertEqual(shape(package, "incidents")[1], used)
        self.assertEqual([*shape(package, "incidents")[0]],
                         ["ward_code", "offence", "weight", "from_time", "to_time", "precision"])

    def test_the_public_gets_the_wards_alone(self):
        run_program(self.work / "everyone", "--audience", "public")
        listed = re.findall(r"^\d+: (\w+)", tool("ogrinfo", "-ro", self.work / "everyone/patrolzones.gpkg"), re.M)
        self.assertEqual(listed, ["wards", "layer_styles"])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    unittest.main(argv=sys.argv[:1], verbosity=2)
