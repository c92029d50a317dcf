#!/usr/bin/python3
"""read_roster.py PROGRAM: plans over both clock changes and reads roster.ics with Debian's icalendar, a parser not ours.

Every event must be the visit of its UID in visits.geojson, at the same instants by the calendar's own VTIMEZONE, at the zone's place.
"""
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

import icalendar

UNITS = """[[unit]]
name = "Night, \\"van\\"; 1"
mode = "vehicle"
speed_kmh = 30
[[unit.shift]]
name = "night"
days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
from = "21:00"
to = "05:00"
"""


def square(number):
    west, south = -3.05 + 0.02 * number, 53.80
    ring = [[west, south], [west + 0.004, south], [west + 0.004, south + 0.003], [west, south + 0.003], [west, south]]
    name = f"Señor Street, no. {number}; a rather long name that has to be folded, since lines end at 75 octets — twice"
    properties = {"zone_id": f"Z{number}", "name": name, "ward_name": "W", "incidents": 20, "weight": 20,
                  "why": "A reason, with commas; and more\\slashes."}
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def plan(program, folder, start, time_zone):
    zones = folder / "zones.geojson"
    zones.write_text(json.dumps({"type": "FeatureCollection", "features": [square(n) for n in range(8)]}))
    (folder / "units.toml").write_text(UNITS)
    out = folder / f"out-{start}"
    done = subprocess.run([program, "schedule", "--zones", str(zones), "--units", str(folder / "units.toml"), "--start", start,
                           "--days", "4", "--time-zone", time_zone, "--out", str(out), "--quiet"], check=False)
    assert done.returncode == 0, done.returncode
    return out


def instant(value, zone):
    """What an event's time means by the calendar's own time zone."""
    time = value.dt
    if value.params.get("TZID") is None:
        return time.astimezone(datetime.timezone.utc)
    return zone.localize(time.replace(tzinfo=None), is_dst=True).astimezone(datetime.timezone.utc)


def check(out, time_zone):
    raw = (out / "roster.ics").read_bytes()
    assert raw.endswith(b"END:VCALENDAR\r\n") and all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors and calendar["VERSION"] == "2.0"
    (definition,) = calendar.walk("VTIMEZONE")
    assert definition["TZID"] == time_zone
    zone = definition.to_tz()
    visits = {f["properties"]["visit_id"]: f for f in json.loads((out / "visits.geojson").read_text())["features"]}
    names = {f["properties"]["zone_id"]: f["properties"] for f in json.loads((out / "zones.geojson").read_text())["features"]}
    events = calendar.walk("VEVENT")
    assert len(events) == len(visits) > 0
    changed = after_midnight = in_utc = 0
    for event in events:
        visit = visits.pop(str(event["UID"]).removesuffix("@patrolzones"))
        properties = visit["properties"]
        for name, key in (("DTSTART", "start_time"), ("DTEND", "end_time")):
            meant = datetime.datetime.fromisoformat(properties[key])
            assert instant(event[name], zone) == meant, (event["UID"], event[name].to_ical(), properties[key])
        lon, lat = visit["geometry"]["coordinates"]
        assert abs(event["GEO"].latitude - lat) < 1e-6 and abs(event["GEO"].longitude - lon) < 1e-6
        told = names[properties["zone_id"]]
        assert str(event["SUMMARY"]) == f'{properties["unit"]}: {told["name"]}', event["SUMMARY"]
        assert str(event["LOCATION"]).startswith(told["name"]) and str(event["DESCRIPTION"]).endswith(told["why"])
        assert not event.errors
        start = datetime.datetime.fromisoformat(properties["start_time"])
        changed += start.utcoffset() != datetime.datetime.fromisoformat(
            min(f["properties"]["start_time"] for f in json.loads((out / "visits.geojson").read_text())["features"])).utcoffset()
        after_midnight += str(start.date()) != properties["shift_day"]
        in_utc += event["DTSTART"].params.get("TZID") is None
    assert not visits
    print(f"{out.name}: {len(events)} events, {changed} after the change, {after_midnight} after midnight, {in_utc} in UTC")
    assert changed > 0 and after_midnight > 0
    return in_utc


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for time_zone, start in (("Europe/London", "2027-03-26"), ("Europe/London", "2027-10-29"), ("America/New_York", "2027-11-05")):
            check(plan(program, folder, start, time_zone), time_zone)


main()
