#!/usr/bin/env python3
"""month_by_month.py PATROLZONES --incidents PATH... --wards PATH --first YYYY-MM --last YYYY-MM [--window N] [REFRESH-OPTION...]

Moves a window of N months (12) forward a month at a time through `patrolzones refresh`, and says how many zones in force keep
their id and how far their candidates are from them: once where nothing is adopted after the first window, and once where
everything is adopted each month. The first window ends with the month --first, the last one with --last. Options that it does
not know go to `refresh`. Each night says in matches.csv what became of each zone in force (docs/formats/matches.csv.md).
"""
import argparse
import calendar
import csv
import pathlib
import statistics
import subprocess
import sys
import tempfile

FATES = ("kept", "drifted", "split", "merged", "gone")


def months(first, last):
    """Every month from one to the other, both "YYYY-MM"; as (year, month)."""
    at, end = (tuple(map(int, text.split("-"))) for text in (first, last))
    while at <= end:
        yield at
        at = (at[0] + at[1] // 12, at[1] % 12 + 1)


def window(month, length):
    """The first and the last day of so many months that end with this one."""
    year, number = month
    count = year * 12 + number - length
    last = calendar.monthrange(year, number)[1]
    return f"{count // 12}-{count % 12 + 1:02}-01", f"{year}-{number:02}-{last:02}"


def call(words):
    """Runs the program; 4 is a plan in breach, and a result."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode not in (0, 4):
        sys.exit(f"{' '.join(map(str, words))}\nexit code {done.returncode}: {done.stderr}")


def quantiles(values):
    """Least, lower quartile, median, upper quartile and most."""
    if len(values) < 2:
        return values * 5
    return [min(values), *statistics.quantiles(values, n=4, method="inclusive"), max(values)]


class Month:
    """What a night's matches.csv says."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.zones = [row for row in rows if row["fate"] != "new"]
        self.new = len(rows) - len(self.zones)
        self.fates = {fate: sum(row["fate"] == fate for row in self.zones) for fate in FATES}
        self.carried = {row["zone_id"] for row in self.zones if row["moved_m"]}
        self.fading = sum(row["below_minimum"] == "true" for row in self.zones)
        self.moved = [float(row["moved_m"]) for row in self.zones if row["moved_m"]]

    def line(self, name):
        moved = " | ".join(f"{value:.0f}" for value in quantiles(self.moved)[1:]) if self.moved else " | | | "
        fates = " | ".join(str(self.fates[fate]) for fate in FATES)
        return f"| {name} | {len(self.zones)} | {len(self.carried)} | {fates} | {self.fading} | {self.new} | {moved} |"


def play(options, adopts):
    """A Month for every window after the first, at whose end all candidates are adopted, and the ids then in force."""
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", pathlib.Path(folder) / "store.gpkg"]
        out = pathlib.Path(folder) / "published"
        result = []
        for i, month in enumerate(months(options.first, options.last)):
            first, last = window(month, options.window)
            call([options.program, "refresh", *store, "--out", out, "--incidents", *options.incidents, "--wards",
                  options.wards, "--from", first, "--to", last, "--keep", "1", "--quiet", *options.further])
            result.append(Month(out / "current" / "matches.csv"))
            if i == 0 or adopts:
                call([options.program, "adopt", *store, "--quiet"])
        return result[1:]


def report(title, played, names):
    print(f"\n{title}\n")
    print("| window to | in force | keep their id | " + " | ".join(FATES) + " | fading | new | lower quartile | median | "
          "upper quartile | most, m |")
    print("|" + "---|" * 14)
    for name, month in zip(names, played):
        print(month.line(name))
    zones = sum(len(month.zones) for month in played)
    carried = sum(len(month.carried) for month in played)
    moved = quantiles([metres for month in played for metres in month.moved])
    print(f"\nAll months: {carried} of {zones} keep their id; candidates moved {moved[1]:.0f}, {moved[2]:.0f}, {moved[3]:.0f} m "
          f"(quartiles), {moved[4]:.0f} m at most.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--incidents", nargs="+", required=True)
    parser.add_argument("--wards", required=True)
    parser.add_argument("--first", required=True)
    parser.add_argument("--last", required=True)
    parser.add_argument("--window", type=int, default=12)
    options, options.further = parser.parse_known_args()
    names = [f"{year}-{month:02}" for year, month in months(options.first, options.last)][1:]
    stays = play(options, adopts=False)
    report("Nothing adopted after the first window", stays, names)
    moves = play(options, adopts=True)
    report("Everything adopted each month", moves, names)
    first = {row["zone_id"] for row in stays[0].zones}
    print(f"Of the {len(first)} ids of the first window {len(first & moves[-1].carried)} live on after the last.")

    # What holds whatever the data: every zone in force has a fate, and nothing that is not adopted moves.
    for month in stays + moves:
        if sum(month.fates.values()) != len(month.zones):
            sys.exit("a zone in force has no fate")
    if any({row["zone_id"] for row in month.zones} != {row["zone_id"] for row in stays[0].zones} for month in stays):
        sys.exit("the zones in force changed though nobody adopted any")
    if not any(month.carried for month in moves):
        sys.exit("no zone ever kept its id")


if __name__ == "__main__":
    main()
