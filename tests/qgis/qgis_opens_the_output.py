#!/usr/bin/python3
"""qgis_opens_the_output.py PROGRAM CONFIGURATION PICTURES: runs the program and looks at its output through PyQGIS (3.22).

Layers, feature counts, types, CRS, default styles, labels, headings, value maps and times are checked; maps are drawn into
PICTURES, to be looked at, and checked to hold the colours of zones and wards.
"""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())

from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsVectorLayer)  # noqa: E402
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, QVariant  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

PROGRAM, CONFIGURATION, PICTURES = None, None, None
QGIS = None
TITLES = {"Planned visits (times in UTC)": "visits", "Patrol zones": "zones", "Displacement rings": "rings", "Wards": "wards",
          "Rows left out or doubted": "issues"}
TYPES = {
    "zones": {"rank": "number", "incidents": "number", "weight": "number", "pai": "number", "visits": "number",
              "due_by": "time", "next_visit": "time", "last_visit": "time", "rule_ok": "boolean", "name": "text"},
    "visits": {"start_time": "time", "end_time": "time", "shift_day": "date", "seq": "number", "travel_min": "number"},
    "wards": {"rank": "number", "incidents": "number", "chosen": "boolean", "area_km2": "number"},
    "rings": {"inner_m": "number", "outer_m": "number"},
    "issues": {"line": "number", "rows": "number", "reason": "text"},
}
KINDS = {"number": {QVariant.Int, QVariant.LongLong, QVariant.Double}, "time": {QVariant.DateTime}, "date": {QVariant.Date},
         "boolean": {QVariant.Bool}, "text": {QVariant.String}}


def run(out, *more):
    done = subprocess.run([PROGRAM, "run", "--config", CONFIGURATION, "--out", str(out), "--quiet", *more],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"patrolzones: exit {done.returncode}: {done.stderr}")


def field(layer, name):
    return layer.fields().at(layer.fields().indexOf(name))


class Output(unittest.TestCase):
    """One run of the sample county for all tests."""

    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.TemporaryDirectory(prefix="qgis-test-")
        first = pathlib.Path(cls.home.name) / "first"
        run(first)
        # Elsewhere, so that nothing but relative paths can lead to the layers.
        cls.out = pathlib.Path(cls.home.name) / "moved here"
        shutil.move(first, cls.out)
        cls.rows = {t: json.loads((cls.out / f"{t}.geojson").read_text())["features"] for t in ("zones", "visits")}
        with sqlite3.connect(f"file:{cls.out / 'patrolzones.gpkg'}?mode=ro", uri=True) as package:
            cls.counts = {t: package.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for t in TYPES}

    @classmethod
    def tearDownClass(cls):
        QgsProject.instance().clear()
        cls.home.cleanup()

    def package(self, name):
        """A layer of the GeoPackage as a person drags it into QGIS, with its default style."""
        layer = QgsVectorLayer(f"{self.out / 'patrolzones.gpkg'}|layername={name}", name, "ogr")
        self.assertTrue(layer.isValid(), name)
        self.assertTrue(layer.loadDefaultStyle()[1], f"{name}: no default style")
        return layer

    def beside(self, name):
        layer = QgsVectorLayer(str(self.out / f"{name}.geojson"), name, "ogr")
        self.assertTrue(layer.isValid(), name)
        self.assertTrue(layer.loadDefaultStyle()[1], f"{name}.qml is not taken")
        return layer

    def project(self):
        project = QgsProject.instance()
        project.clear()
        self.assertTrue(project.read(str(self.out / "patrolzones.qgz")), project.error())
        return project, {TITLES.get(layer.name(), layer.name()): layer for layer in project.mapLayers().values()}


class GeoPackage(Output):
    def test_every_layer_has_its_features_in_the_british_grid(self):
        for name, count in self.counts.items():
            layer = self.package(name)
            self.assertEqual(layer.featureCount(), count, name)
            self.assertEqual(layer.crs().authid(), "EPSG:27700", name)
        self.assertEqual(self.counts["zones"], len(self.rows["zones"]))
        self.assertEqual(self.counts["rings"], self.counts["zones"])
        self.assertEqual(self.counts["visits"], len(self.rows["visits"]))
        self.assertGreater(self.counts["issues"], 0)

    def test_fields_have_the_types_that_a_gis_expects(self):
        for name, fields in TYPES.items():
            layer = self.package(name)
            for column, kind in fields.items():
                self.assertIn(field(layer, column).type(), KINDS[kind], f"{name}.{column}")

    def test_times_are_told_in_utc(self):
        started = {f["properties"]["visit_id"]: f["properties"]["start_time"] for f in self.rows["visits"]}
        for feature in self.package("visits").getFeatures():
            local = QDateTime.fromString(started[feature["visit_id"]], 1)  # Qt.ISODate
            self.assertEqual(feature["start_time"].toString("yyyy-MM-dd HH:mm"), local.toUTC().toString("yyyy-MM-dd HH:mm"))

    def test_headings_read_like_english(self):
        for name in TYPES:
            layer = self.package(name)
            for i, column in enumerate(layer.fields()):
                if column.name() != "fid":
                    heading = layer.attributeDisplayName(i)
                    self.assertTrue(heading[0].isupper() or heading in ("p-value", "q-value"), f"{name}.{heading}")
                    self.assertNotIn("_", heading)
        self.assertEqual(self.package("zones").attributeDisplayName(field_index(self.package("zones"), "due_by")), "Due by (UTC)")

    def test_words_stand_for_codes(self):
        for name, column, code, word in [("zones", "rule_ok", "true", "yes"), ("wards", "chosen", "false", "no"),
                                         ("visits", "reason", "rule", "due under the rule"),
                                         ("issues", "action", "used", "used, but doubtful")]:
            layer = self.package(name)
            setup = layer.editorWidgetSetup(field_index(layer, column))
            self.assertEqual(setup.type(), "ValueMap", f"{name}.{column}")
            words = {value: key for pair in setup.config()["map"] for key, value in pair.items()}
            self.assertEqual(words[code], word)
            held = {str(f[column]).lower() if isinstance(f[column], bool) else f[column] for f in layer.getFeatures()}
            self.assertLessEqual(held, set(words), f"{name}.{column} holds what the value map lacks")

    def test_zones_are_coloured_by_rank_and_labelled_with_rank_and_name(self):
        self.look_at_zones(self.package("zones"))

    def look_at_zones(self, layer):
        renderer = layer.renderer()
        self.assertEqual((renderer.type(), renderer.classAttribute()), ("graduatedSymbol", "rank"))
        for feature in layer.getFeatures():
            self.assertTrue(any(r.lowerValue() <= feature["rank"] <= r.upperValue() for r in renderer.ranges()))
        self.assertEqual(len({r.symbol().color().rgba() for r in renderer.ranges()}), len(renderer.ranges()))
        self.assertTrue(layer.labelsEnabled())
        settings = layer.labeling().settings()
        self.assertTrue(settings.drawLabels and settings.isExpression)
        context = layer.createExpressionContext()
        label = settings.getLabelExpression()
        for feature in layer.getFeatures():
            context.setFeature(feature)
            self.assertEqual(label.evaluate(context), f"{feature['rank']}  {feature['name']}")

    def test_rings_lie_around_their_zones_a_hundred_metres_wide(self):
        zones = {f["zone_id"]: f for f in self.package("zones").getFeatures()}
        for ring in self.package("rings").getFeatures():
            zone = zones[ring["zone_id"]]
            self.assertEqual(ring["outer_m"] - zone["radius_m"], 100)
            wanted = 3.14159265 * (ring["outer_m"] ** 2 - ring["inner_m"] ** 2)
            self.assertAlmostEqual(ring.geometry().area() / wanted, 1, 4)
            self.assertLess(ring.geometry().intersection(zone.geometry()).area(), 1)

    def test_issues_are_a_table_by_reason_without_points(self):
        layer = self.package("issues")
        self.assertEqual(layer.attributeTableConfig().sortExpression(), '"reason"')
        self.assertTrue(all(f.geometry().isNull() for f in layer.getFeatures()))
        self.assertNotIn("incidents", [n.split("!!::!!")[1] for n in layer.dataProvider().subLayers()])

    def test_visits_play_by_their_start_and_end(self):
        self.look_at_times(self.package("visits"))

    def look_at_times(self, layer):
        times = layer.temporalProperties()
        self.assertTrue(times.isActive())
        self.assertEqual(times.mode(), times.ModeFeatureDateTimeStartAndEndFromFields)
        self.assertEqual((times.startField(), times.endField()), ("start_time", "end_time"))


class BesideGeoJson(Output):
    test_zones_look_as_in_the_package = lambda self: GeoPackage.look_at_zones(self, self.beside("zones"))  # noqa: E731
    test_visits_play_as_in_the_package = lambda self: GeoPackage.look_at_times(self, self.beside("visits"))  # noqa: E731

    def test_types_hold_wherever_a_value_is_told(self):
        for name in ("zones", "visits"):
            layer = self.beside(name)
            self.assertEqual(layer.crs().authid(), "EPSG:4326")
            self.assertEqual(layer.featureCount(), len(self.rows[name]))
            for column, kind in TYPES[name].items():
                if any(f["properties"][column] is not None for f in self.rows[name]):
                    self.assertIn(field(layer, column).type(), KINDS[kind], f"{name}.{column}")

    def test_headings_do_not_claim_utc(self):
        zones = self.beside("zones")
        self.assertEqual(zones.attributeDisplayName(field_index(zones, "due_by")), "Due by")

    def test_zones_lie_where_the_package_has_them(self):
        project, layers = self.project()
        box = project.mapLayers() and layers["zones"].extent()
        from qgis.core import QgsCoordinateTransform
        over = QgsCoordinateTransform(self.beside("zones").crs(), project.crs(), project)
        other = over.transformBoundingBox(self.beside("zones").extent())
        for side in ("xMinimum", "xMaximum", "yMinimum", "yMaximum"):
            self.assertAlmostEqual(getattr(box, side)(), getattr(other, side)(), delta=300)  # the box of a turned box


class Project(Output):
    def test_opens_every_layer_in_its_order_in_the_british_grid(self):
        project, layers = self.project()
        self.assertEqual(project.crs().authid(), "EPSG:27700")
        self.assertEqual(set(layers), set(TYPES))
        for name, layer in layers.items():
            self.assertTrue(layer.isValid(), name)
            self.assertEqual(layer.featureCount(), self.counts[name])
            self.assertEqual(layer.crs().authid(), "EPSG:27700", name)
        order = [TITLES[layer.name()] for layer in project.layerTreeRoot().layerOrder()]
        self.assertEqual(order, ["visits", "zones", "rings", "wards", "issues"])

    def test_paths_are_relative(self):
        project, _ = self.project()
        self.assertEqual(project.filePathStorage(), 1)  # Qgis.FilePathType.Relative
        subprocess.run(["unzip", "-q", "-o", str(self.out / "patrolzones.qgz"), "-d", self.home.name], check=True)
        text = (pathlib.Path(self.home.name) / "patrolzones.qgs").read_text()
        self.assertEqual(text.count("<datasource>./patrolzones.gpkg|layername="), len(TYPES))
        self.assertNotIn(self.home.name, text)

    def test_has_the_looks_of_the_package(self):
        _, layers = self.project()
        GeoPackage.look_at_zones(self, layers["zones"])
        GeoPackage.look_at_times(self, layers["visits"])
        self.assertTrue(layers["wards"].labelsEnabled())
        wards = layers["wards"].labeling().settings()
        self.assertEqual((wards.scaleVisibility, wards.minimumScale, wards.maximumScale), (True, 120000, 0))

    def test_plays_the_whole_plan(self):
        project, layers = self.project()
        span = project.timeSettings().temporalRange()
        self.assertEqual(span.begin().date(), QDate(2026, 11, 2))
        self.assertEqual(span.begin().daysTo(span.end()), 28)
        begin, end = (t.toString("yyyy-MM-dd HH:mm") for t in (span.begin(), span.end()))
        for visit in layers["visits"].getFeatures():
            self.assertLessEqual(begin, visit["start_time"].toString("yyyy-MM-dd HH:mm"))
            self.assertLessEqual(visit["end_time"].toString("yyyy-MM-dd HH:mm"), end)

    def test_opens_on_the_zones(self):
        project, layers = self.project()
        view = project.viewSettings().defaultViewExtent()
        self.assertTrue(view.contains(layers["zones"].extent()))
        self.assertLess(view.width(), 1.5 * layers["zones"].extent().width())

    def test_draws_zones_over_wards(self):
        project, layers = self.project()
        order = project.layerTreeRoot().layerOrder()
        whole = layers["zones"].extent()
        whole.scale(1.15)
        picture = draw(project, order, whole, "zones_over_wards")
        first = next(f for f in layers["zones"].getFeatures() if f["rank"] == 1)
        centre = first.geometry().centroid().asPoint()
        box = first.geometry().boundingBox()
        box.scale(10)
        near = draw(project, order, box, "first_zone")
        self.assertGreater(reds(picture), 200)
        self.assertGreater(reds(near), 400)
        x = int((centre.x() - box.xMinimum()) / box.width() * near.width())
        self.assertGreater(QColor(near.pixel(x - 25, near.height() // 2)).red(), 100)


def field_index(layer, name):
    return layer.fields().indexOf(name)


def draw(project, layers, extent, name):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(1600, 1150))
    settings.setOutputDpi(120)
    settings.setDestinationCrs(project.crs())
    settings.setBackgroundColor(QColor(255, 255, 255))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    PICTURES.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(PICTURES / f"{name}.png")):
        raise RuntimeError(f"{PICTURES / name}.png cannot be written")
    return picture


def reds(picture):
    """How many of every fourth pixel in both directions are as red as a zone."""
    colours = (QColor(picture.pixel(x, y)) for x in range(0, picture.width(), 4) for y in range(0, picture.height(), 4))
    return sum(c.red() > 150 and c.green() < 130 and c.blue() < 130 for c in colours)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    PROGRAM, CONFIGURATION, PICTURES = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    QGIS = QgsApplication([], False)
    QGIS.initQgis()
    done = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2)
    QGIS.exitQgis()
    sys.exit(0 if done.result.wasSuccessful() else 1)
