#!/usr/bin/env python3
"""check_units.py PROGRAM SOURCE: the timer units, the cron line and the configuration in samples/nightly.

No systemd runs here: `systemd-analyze` and `systemd-sysusers` judge the files, and what the service and the cron line would start is
started, on the sample county, at a date of its own (faketime).
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
NIGHTLY = SOURCE / "samples" / "nightly"
SERVICE = (NIGHTLY / "patrolzones-refresh.service").read_text(encoding="utf-8")
TIMER = (NIGHTLY / "patrolzones-refresh.timer").read_text(encoding="utf-8")
OPERATIONS = (SOURCE / "docs" / "operations.md").read_text(encoding="utf-8")
INSTALLED = "/usr/local/bin/patrolzones"


def run(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)


def value(unit, key):
    (found,) = re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)
    return found


class Staged:
    """The units in a folder of their own, with the program where it was built."""

    def __init__(self, drop_in=None):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.service = self.path / "patrolzones-refresh.service"
        self.service.write_text(SERVICE.replace(INSTALLED, PROGRAM), encoding="utf-8")
        self.timer = self.path / "patrolzones-refresh.timer"
        shutil.copy(NIGHTLY / self.timer.name, self.timer)
        if drop_in:
            (self.path / (self.service.name + ".d")).mkdir()
            shutil.copy(NIGHTLY / drop_in, self.path / (self.service.name + ".d"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


class Units(unittest.TestCase):
    def verify(self, drop_in):
        with Staged(drop_in) as staged:
            done = run("systemd-analyze", "verify", "--man=no", staged.service, staged.timer)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_the_units_are_sound(self):
        self.verify(None)

    def test_they_are_sound_with_the_drop_in_for_postgis(self):
        self.verify("postgis.conf")

    def test_a_misspelt_setting_would_be_found(self):
        with Staged() as staged:
            staged.service.write_text(SERVICE.replace(INSTALLED, PROGRAM).replace("PrivateTmp=", "PrivateTemp="), encoding="utf-8")
            self.assertIn("PrivateTemp", run("systemd-analyze", "verify", "--man=no", staged.service).stderr)

    def score(self, drop_in):
        with Staged(drop_in) as staged:
            done = run("systemd-analyze", "security", "--offline=true", staged.service)
            self.assertEqual(done.returncode, 0, done.stderr)
            return re.search(r"Overall exposure level for \S+: (\d+\.\d) (\w+)", done.stdout).groups()

    def test_the_score_is_the_one_in_the_documentation(self):
        said = re.findall(r"exposure level (\d+\.\d) \((\w+)\)", OPERATIONS)
        self.assertEqual(said, [self.score(None), self.score("postgis.conf")])

    def test_codes_that_are_no_failure_are_those_of_the_contract(self):
        self.assertEqual(value(SERVICE, "SuccessExitStatus").split(), ["4", "75"])

    def test_the_timer_starts_once_on_every_night_of_a_year(self):
        done = run("systemd-analyze", "calendar", "--base-time=2026-01-01", "--iterations=365", value(TIMER, "OnCalendar"))
        self.assertEqual(done.returncode, 0, done.stderr)
        nights = re.findall(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d):00 UTC", done.stdout)
        self.assertEqual(len(nights), 365, done.stdout)
        self.assertEqual(len(set(nights)), 365)
        self.assertEqual({clock for _, clock in nights}, {"03:30", "02:30"})  # winter and summer
        self.assertEqual(value(TIMER, "Persistent"), "true")

    def test_the_user_can_be_made(self):
        with tempfile.TemporaryDirectory() as root:
            done = run("systemd-sysusers", "--dry-run", f"--root={root}", NIGHTLY / "patrolzones.sysusers.conf")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("patrolzones", done.stdout + done.stderr)
        self.assertEqual(value(SERVICE, "User"), "patrolzones")


class Started(unittest.TestCase):
    """What is started, with /etc and /var/lib below a folder of the test's own."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)
        etc, lib = self.root / "etc/patrolzones", self.root / "var/lib/patrolzones"
        (lib / "exports").mkdir(parents=True)
        etc.mkdir(parents=True)
        samples = SOURCE / "samples"
        shutil.copy(samples / "definitions/lvrn.toml", etc)
        for name in ("wards.geojson", "units.toml"):
            shutil.copy(samples / "ambershire" / name, etc)
        for export in (samples / "ambershire").glob("incidents-*.csv"):
            shutil.copy(export, lib / "exports")
        shutil.copy(samples / "ambershire/attendance.csv", lib)
        configuration = (NIGHTLY / "vrn.toml").read_text(encoding="utf-8")
        (etc / "vrn.toml").write_text(self.here(configuration), encoding="utf-8")
        self.published = lib / "published"

    def here(self, text):
        text = text.replace(INSTALLED, PROGRAM)
        for path in ("/etc/patrolzones", "/var/lib/patrolzones"):
            text = text.replace(path, str(self.root) + path)
        return text

    def at(self, date, command, **options):
        return run("faketime", "-f", f"@{date}", "sh", "-c", self.here(command), cwd=self.root / "var/lib/patrolzones", **options)

    def night(self, date, command, status):
        done = self.at(f"{date} 03:30:00", command)
        self.assertIn(done.returncode, status, done.stderr)
        told = json.loads((self.published / "status.json").read_text(encoding="utf-8"))
        self.assertEqual(told["exit_code"], done.returncode)
        self.assertTrue(told["last_success"].startswith(date), told)
        self.assertTrue((self.published / "current/manifest.json").exists())
        return told, done

    def nights(self, command, status):
        told, _ = self.night("2026-11-02", command, {0})
        self.assertGreater(told["counts"]["new_candidates"], 0)
        adopted = self.at("2026-11-02 09:00:00", f"{INSTALLED} adopt --config /etc/patrolzones/vrn.toml --reason sample")
        self.assertEqual(adopted.returncode, 0, adopted.stderr)
        told, done = self.night("2026-11-03", command, status)
        self.assertEqual(told["counts"]["zones"], 24)
        self.assertGreater(told["counts"]["visits"], 24)
        return done

    def test_what_the_service_starts_ends_as_success(self):
        success = {0, *map(int, value(SERVICE, "SuccessExitStatus").split())}
        self.nights(value(SERVICE, "ExecStart"), success)

    def cron_command(self):
        cron = (NIGHTLY / "patrolzones.cron").read_text(encoding="utf-8")
        (line,) = [line for line in cron.splitlines() if re.match(r"[\d*]", line)]
        *when, user, command = line.split(None, 6)
        self.assertEqual((when, user), ("30 3 * * *".split(), "patrolzones"))
        self.assertNotIn("%", command, "cron makes a new line of it")
        self.assertRegex(cron, r"(?m)^MAILTO=\S+@\S+$")
        return command

    def test_what_cron_starts_is_silent_where_all_is_well(self):
        done = self.nights(self.cron_command(), {0})
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_cron_mails_what_is_wrong(self):
        for export in (self.root / "var/lib/patrolzones/exports").iterdir():
            export.unlink()
        done = self.at("2026-11-02 03:30:00", self.cron_command())
        self.assertEqual(done.returncode, 3)
        self.assertIn("exports", done.stderr)

    def test_a_night_goes_well_where_only_the_calls_that_the_service_allows_work(self):
        if run("strace", "--seccomp-bpf", "-f", "true").returncode != 0:
            self.skipTest("this machine does not let itself be traced")
        allowed = ",".join("?" + call for call in sorted(allowed_calls()))
        self.assertIn("?openat,", allowed)
        log = self.root / "denied"
        denying = f"strace --seccomp-bpf -f -qq -o {log} -e 'trace=!{allowed}' -e 'inject=!{allowed}:error=EPERM'"
        # Control: where nothing may be locked, no night comes about.
        locked = denying.replace("?flock,", "")
        self.assertEqual(self.at("2026-11-02 03:30:00", f"{locked} {value(SERVICE, 'ExecStart')}").returncode, 3)
        self.nights(f"{denying} {value(SERVICE, 'ExecStart')}", {0})


def allowed_calls():
    """The system calls that the service's filter lets through."""
    def members(group):
        calls = set()
        for word in run("systemd-analyze", "syscall-filter", group).stdout.split("\n")[1:]:
            word = word.strip()
            if word.startswith("@"):
                calls |= members(word)
            elif word and not word.startswith("#"):
                calls.add(word)
        return calls
    calls = members("@default")  # what every allow-list holds
    for line in re.findall(r"^SystemCallFilter=(.*)$", SERVICE, re.MULTILINE):
        for group in line.lstrip("~").split():
            calls = calls - members(group) if line.startswith("~") else calls | members(group)
    return calls


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
