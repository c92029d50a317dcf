"""What must hold after every fault: the published nights are whole, and nothing that the store knew is lost."""
import csv
import hashlib
import json
import re
import sqlite3
import xml.etree.ElementTree
import zipfile

from world import sql

NIGHT = re.compile(r"\d{4}-\d\d-\d\d-run\d+")
EVERY_NIGHT = {"candidates.geojson", "issues.csv", "manifest.json", "matches.csv", "night.txt", "patrolzones.gpkg",
               "patrolzones.qgz", "report.html", "report.json", "zones.geojson", "zones.qml"}
WITH_A_PLAN = {"visits.geojson", "visits.qml", "roster.csv", "roster.ics"}


def digests(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def nights(world):
    """Folder name -> the digests of its files, of every night that stands published, and of what is current."""
    found = {}
    if world.published.exists():
        for folder in world.published.iterdir():
            if NIGHT.fullmatch(folder.name):
                found[folder.name] = digests(folder)
    if (world.published / "current").is_dir():
        found["current"] = digests(world.published / "current")
    return found


def current_night(world):
    name = world.published / "current" / "night.txt"
    return name.read_text().strip() if name.exists() else None


def parse(file):
    """Reads a published file to its end, by a reader that is not ours."""
    ending = "".join(file.suffixes[-1:])
    if ending in (".geojson", ".json"):
        return json.loads(file.read_text())
    if ending == ".csv":
        rows = list(csv.reader(file.read_text().splitlines(True)))
        assert len({len(row) for row in rows}) == 1, f"{file}: rows of unequal length"
    elif ending == ".qml":
        xml.etree.ElementTree.parse(file)
    elif ending == ".qgz":
        assert zipfile.ZipFile(file).testzip() is None, file
    elif ending == ".gpkg":
        database = sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",), file
        database.close()
    elif ending == ".html":
        assert file.read_text().rstrip().endswith("</html>"), file
    elif ending == ".ics":
        assert file.read_text().rstrip().endswith("END:VCALENDAR"), file
    return None


def require_whole_night(world, folder, inputs):
    """`inputs`: file name -> SHA-256 of what the night was made from, where it was made from the world's present files."""
    names = {file.name for file in folder.iterdir()}
    manifest = parse(folder / "manifest.json")
    expected = EVERY_NIGHT | (WITH_A_PLAN if manifest["plan"] else set())
    assert names == expected, f"{folder.name}: {sorted(names ^ expected)}"
    read = {name: parse(folder / name) for name in names}
    assert len(read["zones.geojson"]["features"]) == manifest["zones"]["found"], folder
    if manifest["plan"]:
        assert len(read["visits.geojson"]["features"]) == manifest["plan"]["visits"], folder
    if inputs is not None:
        told = {entry["path"].rsplit("/", 1)[-1]: entry["sha256"] for entry in manifest["inputs"]}
        assert told == inputs, f"{folder.name}: other inputs than there are: {sorted(told.items() ^ inputs.items())}"


def input_digests(world):
    names = ["incidents.csv", "wards.geojson", "units.toml", "attendance.csv", "definition.toml", "vrn.toml"]
    return {name: hashlib.sha256((world.folder / name).read_bytes()).hexdigest() for name in names}


def require_nights(world, before):
    """Nights of before are as they were, where they still stand, and whatever else stands is whole. `current` is whole."""
    now = nights(world)
    if before.get("current"):
        assert "current" in now, "current is gone"
    for name, files in now.items():
        if files in before.values():
            continue
        folder = world.published / name
        require_whole_night(world, folder, None)
        if name != "current":
            assert (folder / "night.txt").read_text().strip() == name, f"{name} is another night"
    return now


def visits_in(folder):
    file = folder / "visits.geojson"
    visits = json.loads(file.read_text())["features"] if file.exists() else []
    return {(visit["properties"]["visit_id"], visit["properties"]["unit"]) for visit in visits}


def require_reader(world, folders):
    """Whoever reads the database sees the visits of one of these nights, where the force publishes there."""
    if world.reader is None:
        return
    there = "visits" in world.reader.tables()
    shown = {tuple(row) for row in sql(f"SELECT visit_id, unit FROM {world.reader.name}.visits")} if there else set()
    assert any(shown == visits_in(folder) for folder in folders), \
        f"readers of the database see {len(shown)} visits, which are of none of {[folder.name for folder in folders]}"


def last_run(content):
    """Number and night of the store's last run; nothing before the first."""
    return max(content["runs"], key=lambda run: int(run[0]), default=None)


def issued(content):
    return {visit[:6] for visit in content["visits"] if visit[6] in ("issued", "withdrawn")}


def require_nothing_lost(before, after):
    """Attendances, zones in force and their history, issued visits and runs of before are there after."""
    gone = before["attendances"] - after["attendances"]
    assert not gone, f"attendances are lost: {sorted(gone)[:3]}"
    gone = before["zones"] - after["zones"]
    assert not gone, f"zones are lost: {sorted(gone)[:3]}"
    gone = issued(before) - issued(after)
    assert not gone, f"issued visits are lost: {sorted(gone)[:3]}"
    gone = before["runs"] - after["runs"]
    assert not gone, f"runs are lost: {sorted(gone)[:3]}"
    assert max(after["attendances"].values(), default=1) == 1, "an attendance is there twice"


def require_clean(world):
    """Nothing of a run that is over lies about."""
    left = [path.name for path in world.published.iterdir()
            if path.name.startswith(".") and path.name != ".refresh.lock"]
    left += [path.name for path in (world.folder / "keep").iterdir()
             if path.name not in ("vrn.gpkg", "vrn.gpkg.lock", "vrn-copies")]
    left += [path.name for path in (world.folder / "keep").glob("vrn-copies/.*")]
    left += [path.name for path in (world.folder / "out").iterdir() if path.name not in ("published", "patrolzones.prom")]
    assert not left, f"left behind: {left}"


def require_status(world, code):
    """status.json and the Prometheus file tell of a run that ended with that code, and of what is current."""
    status = json.loads((world.published / "status.json").read_text())
    assert status["exit_code"] == code, status
    assert status["night"] == current_night(world), status
    told = (world.folder / "out/patrolzones.prom").read_text()
    assert f"\npatrolzones_exit_code {code}\n" in told, told


def require_good_night(world, before_nights, before_content, code):
    """After a run that went well: a new night is out, whole, of the present inputs, known to the store; nothing is lost."""
    now = require_nights(world, before_nights)
    night = current_night(world)
    require_whole_night(world, world.published / "current", input_digests(world))
    content = world.store.content()
    require_nothing_lost(before_content, content)
    last = last_run(content)
    require_reader(world, [world.published / "current"])
    assert last[1] == night, f"current is {night}, the store's last run {last}"
    require_status(world, code)
    require_clean(world)
    assert len([name for name in now if name != "current"]) <= 3, f"more nights than are kept: {sorted(now)}"
    return content
