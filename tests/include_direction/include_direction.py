#!/usr/bin/env python3
"""include_direction.py ROOT: holds the code to the directions that docs/architecture.md draws.

Includes run one way, geo <- cluster <- schedule <- io <- cli; headers of other libraries stand in no header of ours and
only in the folder that owns them; geo, cluster and schedule open no file, read no clock, no environment, no random
device. The plan checker reaches nothing in schedule but the value types, by whatever way, and the planner does not
reach the checker. Prints one line a fault; exit status 1 if there is any.
"""
import pathlib
import re
import sys

FOLDERS = ["geo", "cluster", "schedule", "io", "cli"]
PURE = {"geo", "cluster", "schedule"}

# A library's headers, and the folders whose .cpp files may include them.
OWNERS = [
    ("GEOS", r"geos_c\.h|geos/.*", {"geo"}),
    ("PROJ", r"proj\.h|proj_.*\.h|proj/.*", {"geo"}),
    ("date", r"date/.*", {"geo"}),
    ("nanoflann", r"nanoflann\.hpp", {"cluster"}),
    ("GDAL", r"gdal.*|ogr.*|cpl_.*", {"io"}),
    ("toml++", r"toml\+\+/.*|toml\.hpp", {"io", "cli"}),
    ("nlohmann-json", r"nlohmann/.*", {"io", "cli"}),
    ("OpenSSL", r"openssl/.*", {"io"}),
    ("CLI11", r"CLI/.*", {"cli"}),
    ("fmt", r"fmt/.*", set(FOLDERS)),
]

# What reaches out of a pure computation.
OUTSIDE = [
    ("opens files", r"<fstream>|<filesystem>|\bfopen\s*\(|\bstd::filesystem\b|\b[io]?fstream\b"),
    ("writes to the terminal", r"<iostream>|\bstd::c(out|err|in)\b|\bfmt::print\b|\bprintf\s*\("),
    ("reads a clock", r"\b(system|steady|high_resolution|utc)_clock::now\b|\bstd::time\s*\(|\bgettimeofday\b|\bclock_gettime\b"),
    ("reads the environment", r"\b(secure_)?getenv\b"),
    ("reads a random device", r"\brandom_device\b"),
]

# What the plan checker may know of schedule/ (docs/decisions/0005): what plans, units and rules are, and how a time is
# written; nothing that works anything out.
CHECKER = "schedule/checker.hpp"
# What looks at a plan with the checker between two nights; the planner reaches it no more than the checker.
BY_THE_CHECKER = "schedule/standing_visits.hpp"
CHECKER_MAY_REACH = {CHECKER, "schedule/attendance.hpp", "schedule/calendar.hpp", "schedule/local_text.hpp",
                     "schedule/plan.hpp", "schedule/rule.hpp", "schedule/unit.hpp"}

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
INCLUDE = re.compile(r"^\s*#\s*include\s*([<\"])([^>\"]+)[>\"]", re.M)


def include_faults(folder, is_header, text):
    for match in INCLUDE.finditer(text):
        name = match.group(2)
        top = name.split("/")[0]
        if match.group(1) == '"':
            if top in FOLDERS and FOLDERS.index(top) > FOLDERS.index(folder):
                yield match.start(), f"{folder} may not include {name}: includes run {' <- '.join(FOLDERS)}"
            elif top not in FOLDERS:
                yield match.start(), f'"{name}" is not named from the top folder'
        for library, pattern, owners in OWNERS:
            if not re.fullmatch(pattern, name):
                continue
            if is_header:
                yield match.start(), f"{name} in a header: {library} stays in .cpp files"
            elif folder not in owners:
                yield match.start(), f"{name} in {folder}: {library} belongs to {', '.join(sorted(owners))}"


def outside_faults(text):
    for what, pattern in OUTSIDE:
        for match in re.finditer(pattern, text):
            yield match.start(), f"{what} ({match.group(0)}): that is for io and cli"


def includes_of(path):
    """The headers of ours that a file names."""
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    return [match.group(2) for match in INCLUDE.finditer(text) if match.group(1) == '"']


def reached(root, path):
    """Every header of schedule that a file reaches, each with the header or file that includes it first."""
    found = {}
    waiting = [path]
    while waiting:
        by = waiting.pop(0)
        for name in includes_of(by):
            if name.startswith("schedule/") and name not in found:
                found[name] = by.relative_to(root).as_posix()
                if (root / name).is_file():
                    waiting.append(root / name)
    return found


def checker_faults(root):
    """Where the checker reaches more than value types, or anything else in schedule the checker."""
    for path in sorted((root / "schedule").rglob("*.[ch]pp")):
        reach = reached(root, path)
        if path.stem == "checker":
            for name, by in sorted(reach.items()):
                if name not in CHECKER_MAY_REACH:
                    yield f"{path.relative_to(root)}: the checker reaches {name} by {by}: it shares value types only"
        elif path.stem == "standing_visits":
            continue
        elif BY_THE_CHECKER in reach:
            yield f"{path.relative_to(root)}: reaches {BY_THE_CHECKER} by {reach[BY_THE_CHECKER]}: nothing may plan by the checker"
        elif CHECKER in reach:
            yield f"{path.relative_to(root)}: reaches {CHECKER} by {reach[CHECKER]}: nothing may plan by the checker"


def faults(root):
    """Every fault below `root` as `path:line: text`, in order of paths and lines."""
    found = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            source = path.read_text(encoding="utf-8")
            text = COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), source)
            lines = list(include_faults(folder, path.suffix == ".hpp", text))
            if folder in PURE:
                lines += outside_faults(text)
            for offset, fault in sorted(lines):
                found.append(f"{path.relative_to(root)}:{text.count(chr(10), 0, offset) + 1}: {fault}")
    return found + list(checker_faults(root))


def main():
    root = pathlib.Path(sys.argv[1])
    if not any((root / folder).is_dir() for folder in FOLDERS):
        sys.exit(f"{root}: none of {', '.join(FOLDERS)} is here")
    found = faults(root)
    print("\n".join(found) if found else "Includes run one way; nothing pure reaches out.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
