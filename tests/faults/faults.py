"""The faults: each is done to a small force a number of times, and after each the next run must go on by itself.

A trial ends well, or with an AssertionError that says what was lost. What a fault and the run after it do is one sentence
each, which the table in docs/operations.md has as it stands here.
"""
import os
import random
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from typing import Callable

import checks
from world import Fault, sql

# The nights of every force: proposed, adopted, planned, attended once; the faults come on the fifth of November.
NIGHTS = ["2026-11-02 03:30:00", "2026-11-03 03:30:00", "2026-11-04 03:30:00"]
ADOPTED = "2026-11-02 09:00:00"
TONIGHT = "2026-11-05 03:30:00"
SOON = "2026-11-05 03:40:00"  # the run after the fault
SEED = 20261105


def grow(world, nights=3):
    """Brings a new force to the eve of the fault, with attendances in the log that the store does not have yet."""
    for number, now in enumerate(NIGHTS[:nights]):
        world.good("refresh", now)
        if number == 0 and nights > 1:
            world.good("adopt", ADOPTED, "--reason", "agreed")
        if number > 0:
            world.log_visits((NIGHTS + [TONIGHT])[number + 1][:10])
    world.save()


class Trial:
    """One fault and what follows, on a force as it was saved."""

    def __init__(self, world):
        self.world = world
        world.put_back()
        self.content = world.store.content()
        self.nights = checks.nights(world)

    def still_whole(self):
        """After the fault itself: what was known is known, and what readers see is whole."""
        content = self.world.store.content()
        checks.require_nothing_lost(self.content, content)
        checks.require_nights(self.world, self.nights)
        # Readers of a database have the last night, or one that the store knows.
        last = checks.last_run(content)
        known = [self.world.published / last[1], self.world.published / "current"] if last else []
        checks.require_reader(self.world, [self.world.saved / "out/published/current"] + known)
        return content

    def unchanged(self):
        """The fault has changed nothing at all: the run was refused."""
        assert self.world.store.content() == self.content, "the store has changed"
        now = checks.nights(self.world)
        assert now.get("current") == self.nights.get("current"), "what is current has changed"

    def next_run(self, now=SOON, expected=None):
        """The run after the fault succeeds unaided, and comes to the same as if there had been no fault."""
        run = self.world.refresh(now)
        assert run.code in (0, 4), f"the next run ends with {run.code}: {run.told}"
        content = checks.require_good_night(self.world, self.nights, self.content, run.code)
        if expected is not None:
            for table in ("zones", "attendances"):
                assert content[table] == expected[table], f"{table} differ from a night without a fault"
            assert checks.issued(content) == checks.issued(expected), "other visits are issued than without a fault"
        return content


@dataclass
class Row:
    """One line of the table."""
    fault: str
    meanwhile: str                    # what the faulted run does
    afterwards: str                   # what the next one does
    trials: Callable                  # world -> how often it was tried
    stores: tuple = ("GeoPackage", "PostGIS")
    world: str = "nights"             # which saved force it is done to
    needs_mount: bool = False
    times: dict = field(default_factory=dict)  # store -> trials


def undisturbed(world):
    """What the store holds after tonight without a fault."""
    world.put_back()
    world.good("refresh", TONIGHT)
    content = world.store.content()
    world.put_back()
    return content


thinned = 1  # one of so many trials is made: for a quick look


def spread(total, count):
    """So many of the points 1 to `total`, evenly, the first and the last among them."""
    count = min(count if thinned == 1 else max(2, count // thinned), total)
    return sorted({1 + round(i * (total - 1) / max(1, count - 1)) for i in range(count)})


def chosen_points(calls, count):
    """Points of a run to try: first those calls after which something may look different to others (a renaming above all),
    then evenly spread ones."""
    count = count if thinned == 1 else max(2, count // thinned)
    telling = [point for point, call in enumerate(calls, 1) if call in ("rename", "symlink", "mkdir", "ftruncate", "rmdir")]
    points = set(telling[:count // 2])
    for point in spread(len(calls), count) + list(range(1, len(calls) + 1)):
        if len(points) == count:
            break
        points.add(point)
    assert len(points) == count, f"the run has {len(points)} points, {count} are wanted"
    return sorted(points)


# Killed.

def killed(count, action="kill"):
    def trials(world):
        expected = undisturbed(world)
        points = chosen_points(world.points("refresh", TONIGHT), count)
        for point in points:
            trial = Trial(world)
            run = world.refresh(TONIGHT, fault=Fault(action, point))
            assert run.killed, f"point {point} of {len(points)} was not reached: {run}"
            with_place(f"killed at point {point}", trial.still_whole)
            with_place(f"after the kill at point {point}", lambda trial=trial: trial.next_run(expected=expected))
        return len(points)
    return trials


def killed_adopting(count):
    """Either nothing was adopted or everything was; adopting again comes to the same."""
    words = ("adopt", ADOPTED, "--reason", "agreed")

    def places(content):
        return {zone[:5] for zone in content["zones"]}

    def trials(world):
        world.put_back()
        world.good(*words)
        expected = places(world.store.content())
        world.put_back()
        points = chosen_points(world.points(*words), count)
        for point in points:
            trial = Trial(world)
            run = world.run(*words, fault=Fault("kill", point))
            assert run.killed, f"point {point} was not reached: {run}"
            content = trial.still_whole()
            assert places(content) in (set(), expected), f"killed at point {point}: half of the zones are adopted"
            world.good(*words)
            assert places(world.store.content()) == expected, f"killed at point {point}: other zones are adopted then"
            with_place(f"after the kill at point {point}", lambda trial=trial: trial.next_run(NIGHTS[1]))
        return len(points)
    return trials


def with_place(place, check):
    try:
        return check()
    except AssertionError as fault:
        raise AssertionError(f"{place}: {fault}") from fault


# Inputs.

def cut(name, count, codes):
    """The file ends in the middle, at `count` places over its length. `codes`: exit codes that the run may have then."""
    def trials(world):
        expected = undisturbed(world)
        file = world.folder / name
        whole = file.read_bytes()
        ends = spread(len(whole) - 2, count)
        for end in ends:
            trial = Trial(world)
            file.write_bytes(whole[:end])
            run = world.refresh(TONIGHT)
            assert run.code in codes, f"{name} cut after {end} bytes: {run}"
            if run.code in (2, 3, 5):
                with_place(f"{name} cut after {end} bytes", trial.unchanged)
            with_place(f"{name} cut after {end} bytes", trial.still_whole)
            file.write_bytes(whole)
            known = expected if run.code in (2, 3, 5) else None  # else tonight was planned with what was there
            with_place(f"{name}, cut after {end} bytes, whole again", lambda: trial.next_run(expected=known))
        return len(ends)
    return trials


def log_cut(count):
    """The attendance log ends within its last row: no attendance that was not may be stored."""
    def trials(world):
        expected = undisturbed(world)
        whole = world.log.read_bytes()
        last_row = len(whole.splitlines(True)[-1])
        lacks = spread(last_row, count)
        for missing in lacks:
            trial = Trial(world)
            world.log.write_bytes(whole[:-missing])
            run = world.refresh(TONIGHT)
            assert run.code in (0, 3, 4), run
            told = trial.still_whole()
            false = told["attendances"] - expected["attendances"]
            assert not false, f"the log without its last {missing} bytes: attendances that never were: {sorted(false)}"
            world.log.write_bytes(whole)
            content = trial.next_run()
            assert content["attendances"] == expected["attendances"], f"without its last {missing} bytes, then whole"
        return len(lacks)
    return trials


# Disks.

class Disk:
    """A small disk of its own (tmpfs) in the place of a folder, with what was in the folder."""

    def __init__(self, folder, megabytes=64):
        self.folder = folder
        aside = folder.parent / (folder.name + ".aside")
        folder.rename(aside)
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True)
        shutil.copytree(aside, folder, symlinks=True, dirs_exist_ok=True)
        shutil.rmtree(aside)

    def leave_free(self, kibibytes):
        """Fills it until so much is left."""
        free = os.statvfs(self.folder)
        fill = free.f_bavail * free.f_frsize - kibibytes * 1024
        with open(self.folder / "filling", "wb") as file:
            file.write(b"\0" * fill)

    def make_room(self):
        (self.folder / "filling").unlink(missing_ok=True)

    def make(self, mode):
        subprocess.run(["mount", "-o", f"remount,{mode}", self.folder], check=True)

    def take_away(self):
        """What is on it goes back into a plain folder."""
        aside = self.folder.parent / (self.folder.name + ".aside")
        shutil.copytree(self.folder, aside, symlinks=True)
        subprocess.run(["umount", self.folder], check=True)
        self.folder.rmdir()
        aside.rename(self.folder)


def disk_full(part, sizes):
    """The disk with that part of the force has so many KiB left."""
    def trials(world):
        expected = undisturbed(world)
        for free in sizes:
            trial = Trial(world)
            disk = Disk(world.folder / part)
            try:
                disk.leave_free(free)
                run = world.refresh(TONIGHT)
                assert run.code in (0, 3, 4), f"{free} KiB left: {run}"
                assert run.code != 3 or "No space left" in run.told or "full" in run.told, f"{free} KiB left: {run.told}"
                with_place(f"{free} KiB left", trial.still_whole)
                disk.make_room()
                with_place(f"{free} KiB left, then more", lambda trial=trial: trial.next_run(expected=expected))
            finally:
                disk.make_room()
                disk.take_away()
        return len(sizes)
    return trials


def read_only(part, count):
    """The disk with that part cannot be written from some point of the run on."""
    def trials(world):
        expected = undisturbed(world)
        points = [0] + chosen_points(world.points("refresh", TONIGHT), count - 1)
        for point in points:
            trial = Trial(world)
            disk = Disk(world.folder / part)
            try:
                if point == 0:
                    disk.make("ro")
                    run = world.refresh(TONIGHT)
                else:
                    run = interrupted(world, point, lambda: remount_in_use(disk))
                assert run.code in (0, 3, 4), f"read-only from point {point} on: {run}"
                assert run.code != 3 or "ead-only" in run.told or "readonly" in run.told or "writable" in run.told, run
                with_place(f"read-only from point {point} on", trial.still_whole)
                disk.make("rw")
                with_place(f"read-only from point {point}, then not", lambda trial=trial: trial.next_run(expected=expected))
            finally:
                disk.make("rw")
                disk.take_away()
        return len(points)
    return trials


def remount_in_use(disk):
    """A disk that is being written cannot be remounted at that moment; then nothing happens to this run."""
    subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=False, stderr=subprocess.DEVNULL)


def interrupted(world, point, meanwhile, command="refresh"):
    """A run that is stopped at a point while something else happens, and goes on then."""
    process = world.start(command, TONIGHT, fault=Fault("pause", point))
    wait_until_stopped(process, point)
    try:
        meanwhile()
    finally:
        os.kill(process.pid, signal.SIGCONT)
    return world.end(process)


# The database.

def sends(calls, count):
    """Points that are messages to the database, evenly spread."""
    messages = [point for point, call in enumerate(calls, 1) if call == "send"]
    return [messages[i - 1] for i in spread(len(messages), count)]


def sessions_ended(count):
    """The server ends the run's sessions (pg_terminate_backend) while the run is about to say something."""
    def trials(world):
        expected = undisturbed(world)
        points = sends(world.points("refresh", TONIGHT), count)
        for point in points:
            trial = Trial(world)
            run = interrupted(world, point, lambda: sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                                        "WHERE application_name = 'of_schema'"))
            assert run.code in (0, 3, 4), f"ended before message at point {point}: {run}"
            with_place(f"ended at point {point}", trial.still_whole)
            with_place(f"after it was ended at point {point}", lambda trial=trial: trial.next_run(expected=expected))
        return len(points)
    return trials


def connection_lost(count):
    """The connection is gone at some message, both ways; new ones cannot be made either. The last message is a farewell."""
    def trials(world):
        expected = undisturbed(world)
        messages = world.points("refresh", TONIGHT).count("send")
        numbers = spread(messages, count)
        for number in numbers:
            trial = Trial(world)
            run = world.refresh(TONIGHT, fault=Fault("drop", number))
            assert run.code in ((0, 3, 4) if number == messages else (3,)), f"lost at message {number} of {messages}: {run}"
            with_place(f"lost at message {number}", trial.still_whole)
            with_place(f"after it was lost at message {number}", lambda trial=trial: trial.next_run(expected=expected))
        return len(numbers)
    return trials


# Damage.

ASKS = re.compile(r"put its newest copy, (\S+), in its place")


def damaged(damages, some_unused=False):
    """The file is damaged: the run notices, asks for the copy by its name, and with the copy goes on. With `some_unused` the
    damage may be where nothing is kept: then all is as it was."""
    def trials(world):
        done = 0
        world.put_back()
        for name, damage in damages(world):
            trial = Trial(world)
            damage(world.store.path)
            run = world.refresh(TONIGHT)
            done += 1
            if some_unused and run.code in (0, 4):
                with_place(name, lambda trial=trial, code=run.code:
                           checks.require_good_night(world, trial.nights, trial.content, code))
                continue
            assert run.code == 3 and "on_alert" not in run.told, f"{name}: {run}"
            asked = ASKS.search(run.told)
            assert asked, f"{name}: does not say what to do: {run.told}"
            assert checks.nights(world)["current"] == trial.nights["current"], f"{name}: what is current has changed"
            newest = max((world.folder / "keep/vrn-copies").glob("vrn-run*.gpkg"), key=lambda p: int(p.stem.split("run")[1]))
            assert asked[1] == str(newest), f"{name}: names {asked[1]}, the newest copy is {newest}"
            for old in world.store.path.parent.glob("vrn.gpkg-*"):
                old.unlink()
            shutil.copy(newest, world.store.path)
            with_place(name, trial.next_run)
        return done
    return trials


def overwritten(world):
    """Sectors of random bytes at seeded places: the head of the file, and one page of each eighth of it."""
    random_bytes = random.Random(SEED)
    size = world.store.path.stat().st_size

    def sector(at):
        block = random_bytes.randbytes(4096)

        def damage(path):
            with open(path, "r+b") as file:
                file.seek(at)
                file.write(block)
        return damage
    places = [0] + [size // 4096 * i // 8 * 4096 for i in range(1, 8)]
    return [(f"overwritten at {at} (seed {SEED})", sector(at)) for at in places]


def shortened(world):
    size = world.store.path.stat().st_size
    return [(f"cut to {length} bytes", lambda path, length=length: os.truncate(path, length))
            for length in (0, 1, 100, 4096, size // 2, size - 4096, size - 1)]


def replaced(world):
    return [("the file is gone", os.unlink),
            ("another file in its place", lambda path: path.write_text("by accident\n")),
            ("another database in its place", lambda path: shutil.copy(world.published / "current/patrolzones.gpkg", path))]


def schema_damaged(world):
    """A table of the store is dropped; a person brings the schema back from the database's backup."""
    done = 0
    for table in ("store_facts", "zone_history", "planned_visits", "attendances", "runs", "candidate_zones"):
        trial = Trial(world)
        before = trial.nights["current"]
        schema = world.store.schema.name
        sql(f"ALTER TABLE {schema}.{table} RENAME TO {table}_gone")
        try:
            run = world.refresh(TONIGHT)
        finally:
            sql(f"ALTER TABLE {schema}.{table}_gone RENAME TO {table}")
        assert run.code == 3, f"{table} dropped: {run}"
        assert "restore its schema from the database's own backup" in run.told, f"{table} dropped: {run.told}"
        assert checks.nights(world)["current"] == before, f"{table} dropped: what is current has changed"
        with_place(f"{table} dropped", trial.next_run)
        done += 1
    return done


def bookkeeping(world):
    """What the published folder keeps beside the nights is damaged or gone."""
    def relink(path):
        path.unlink()
        path.symlink_to("2026-11-01-run99")
    damages = [("status.json cut", "status.json", lambda path: os.truncate(path, 30)),
               ("status.json emptied", "status.json", lambda path: os.truncate(path, 0)),
               ("other JSON in status.json", "status.json", lambda path: path.write_text('{"exit_code": "none"}')),
               ("status.json removed", "status.json", os.unlink),
               ("current removed", "current", os.unlink),
               ("current leads nowhere", "current", relink)]
    expected = undisturbed(world)
    for name, file, damage in damages:
        trial = Trial(world)
        damage(world.published / file)
        with_place(name, lambda trial=trial: trial.next_run(expected=expected))
    return len(damages)


# Clocks and company.

def clock_jumps(world):
    jumps = ["2026-11-05 02:30:00", "2026-11-05 04:30:00", "2026-11-04 03:30:00", "2026-11-06 03:30:00"]
    for now in jumps:
        trial = Trial(world)
        world.good("refresh", TONIGHT)
        known, shown = world.store.content(), checks.nights(world)
        run = world.refresh(now)  # on the same date nothing may be new
        assert run.code in (0, 4), f"at {now}: {run}"
        with_place(f"the clock at {now}", lambda: checks.require_nothing_lost(known, world.store.content()))
        with_place(f"the clock at {now}", lambda: checks.require_nights(world, shown))
        trial.content, trial.nights = world.store.content(), checks.nights(world)
        world.log_visits("2026-11-06")
        with_place(f"after the clock was at {now}", lambda: trial.next_run("2026-11-06 03:40:00"))
    return len(jumps)


def two_at_once(count):
    """A second refresh, and a person who adopts, come while the first run is stopped at a point."""
    def trials(world):
        total = len(world.points("refresh", TONIGHT))
        points = spread(total, count + 1)[1:]
        for point in points:
            trial = Trial(world)
            others = []
            process = world.start("refresh", TONIGHT, fault=Fault("pause", point))
            wait_until_stopped(process, point)
            try:
                others += [world.run("refresh", TONIGHT), world.run("adopt", TONIGHT)]
            finally:
                os.kill(process.pid, signal.SIGCONT)
            first = world.end(process)
            assert first.code in (0, 4), f"the first run is disturbed at point {point}: {first}"
            assert others[0].code == 75 and f"process {process.pid} on " in others[0].told, others[0]
            assert others[1].code == 75 or others[1].code == 0, others[1]  # 0 while the store is not open yet
            with_place(f"two at point {point}", trial.still_whole)
            trial.content, trial.nights = world.store.content(), checks.nights(world)
            world.log_visits("2026-11-06")
            with_place(f"after two at point {point}", lambda trial=trial: trial.next_run("2026-11-06 03:40:00"))
        return len(points)
    return trials


def wait_until_stopped(process, point):
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"point {point} was not reached"


GOES_ON = "as without the fault"
WITH_COPY = "with the copy in place: as without the fault"
FILE, SCHEMA = ("GeoPackage",), ("PostGIS",)

ROWS = [
    Row("the first night is killed (SIGKILL) at points spread over it", "nothing is current, or the whole night is",
        "proposes zones as if nothing had been", killed(20), world="new"),
    Row("a night is killed (SIGKILL) at points spread over it", "the last night stays current, or the new one is, whole",
        "publishes and issues what it would have without the fault", killed(100)),
    Row("a night is killed when half of a write is done", "the same", "the same", killed(20, "tear")),
    Row("a night is killed that publishes into PostGIS from a GeoPackage", "readers of the database see the last "
        "night or one that the store knows", "publishes anew in both places", killed(20), FILE, world="publishing"),
    Row("a night is killed where no links can be made", "`current` is the last night's folder or the new one's", GOES_ON,
        killed(20), FILE, world="exchange"),
    Row("`adopt` is killed at points spread over it", "all zones are adopted, or none", "adopting again puts all in force",
        killed_adopting(10), world="proposed"),
    Row("the incidents end in the middle of the file", "exit 3, or 5 where the guard refuses; a file that lacks less "
        "is used", GOES_ON, cut("incidents.csv", 6, (0, 3, 4, 5))),
    Row("the wards end in the middle of the file", "exit 3", GOES_ON, cut("wards.geojson", 4, (3,))),
    Row("the units end in the middle of the file", "exit 2 or 3, or what is there is used", GOES_ON,
        cut("units.toml", 4, (0, 2, 3, 4))),
    Row("the configuration ends in the middle of the file", "exit 2 or 3, or what is there is used", GOES_ON,
        cut("vrn.toml", 4, (0, 2, 3, 4))),
    Row("the attendance log ends within its last row", "no attendance that never was gets into the store",
        "has every attendance once", log_cut(10)),
    Row("the disk of the published folder is full", "exit 3, and the last night stays current; with room for it the "
        "night is out", GOES_ON, disk_full("out", [0, 4, 64, 256, 512, 1024, 1536, 2048]), needs_mount=True),
    Row("the disk of the store is full", "exit 3, and the store is as it was; or the night is out and only its copy is "
        "missing", GOES_ON, disk_full("keep", [0, 4, 16, 64, 128, 192, 256, 512]), FILE, needs_mount=True),
    Row("the published folder is read-only, from the start or some point on", "exit 3, and the last night stays current; or "
        "the run was past that", GOES_ON, read_only("out", 5), needs_mount=True),
    Row("the store's folder is read-only, from the start or some point on", "exit 3, and the store is as it was; or the run "
        "was past that", GOES_ON, read_only("keep", 5), FILE, needs_mount=True),
    Row("the server ends the database session", "exit 3; the store has the night whole or not at all", GOES_ON,
        sessions_ended(12), SCHEMA),
    Row("the connection to the database is lost", "exit 3; the store has the night whole or not at all", GOES_ON,
        connection_lost(12), SCHEMA),
    Row("a page of the store is overwritten", "exit 3, and asks for the newest copy by its name; or nothing is kept on the "
        "page", WITH_COPY, damaged(overwritten, some_unused=True), FILE),
    Row("the store is cut short, to nothing too", "exit 3, and asks for the newest copy by its name", WITH_COPY,
        damaged(shortened), FILE),
    Row("the store is gone or another file", "exit 3, and asks for the newest copy by its name", WITH_COPY,
        damaged(replaced), FILE),
    Row("status.json or `current` is removed or damaged", "both are made anew", "–", bookkeeping),
    Row("a table of the store is dropped", "exit 3, and asks for the database's backup",
        "with the table back: as without the fault", schema_damaged, SCHEMA),
    Row("the clock jumps an hour or a day, back or forward", "a night of that date, or nothing new",
        "at the right time again: publishes; nothing is issued twice or lost", clock_jumps),
    Row("two at once", "the second: exit 75, and names who is at work; the first is not disturbed", GOES_ON, two_at_once(4)),
]
