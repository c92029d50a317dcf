#!/usr/bin/env python3
"""check_counts.py PROGRAM SAMPLES: `check` on the sample county finds every dirty row that the generator says it made."""
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

# What each kind of rows.csv has to be counted as.
LEFT_OUT = {
    "not-serious": "not-serious", "second-offence": "same-incident", "no-coordinates": "no-coordinates",
    "zero-coordinates": "zero-coordinates", "swapped-axes": "axes-swapped", "lonlat-in-grid": "axes-swapped",
    "outside-county": "outside-area", "no-date": "no-date", "future-date": "future-date",
    "to-before-from": "to-before-from", "duplicate": "duplicate", "cancelled": "cancelled",
    "unreadable-easting": "unreadable", "unreadable-date": "unreadable",
}
USED = {"plain", "rounded", "headquarters", "old-ward-name", "thousands-separator"}
DOUBTS = {"rounded": "rounded-coordinates", "headquarters": "stacked-point", "old-ward-name": "ward-disagrees"}


def main():
    program, samples = sys.argv[1], pathlib.Path(sys.argv[2])
    used, left_out, doubts = collections.Counter(), collections.Counter(), collections.Counter()
    with open(samples / "ambershire" / "rows.csv", newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            count = int(row["rows"])
            if row["kind"] in USED:
                used[row["file"]] += count
            else:
                left_out[LEFT_OUT[row["kind"]]] += count
            if row["kind"] in DOUBTS:
                doubts[DOUBTS[row["kind"]]] += count
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        done = subprocess.run([program, "check", "--config", samples / "ambershire" / "ambershire.toml", "--json",
                               "--out", out], capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        doubted = collections.Counter()
        with open(out / "issues.csv", newline="", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                if row["action"] == "used":
                    doubted[row["reason"]] += int(row["rows"])
    found = {pathlib.Path(i["path"]).name: i["rows_used"] for i in said["inputs"] if "rows_used" in i}
    faults = []
    for what, made, counted in [("used", used, found), ("left out", left_out, said["left_out"]),
                                ("doubted", doubts, doubted)]:
        if dict(made) != dict(counted):
            faults.append(f"{what}: the generator made {dict(sorted(made.items()))}, "
                          f"check counts {dict(sorted(counted.items()))}")
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()
