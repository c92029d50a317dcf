#!/usr/bin/env python3
"""Runs run_cases.py with a small program of its own and damages what it expects: each damage has to be seen."""
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import unittest

HARNESS = pathlib.Path(__file__).with_name("run_cases.py")

# Writes out/zones.csv and out/manifest.json, says where it runs, exits with the number given.
PROGRAM = """\
    #!/usr/bin/env python3
    import json, os, pathlib, sys, time
    out = pathlib.Path("out")
    out.mkdir()
    (out / "zones.csv").write_text(pathlib.Path("data/in.csv").read_text().upper())
    (out / "manifest.json").write_text(json.dumps({"zones": 2, "version": str(time.time()), "timings_s": {"a": time.time()}}))
    print("wrote to", os.path.abspath("out"), *sys.argv[2:])
    print("careful", file=sys.stderr)
    sys.exit(int(sys.argv[1]))
"""


class RunCases(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        top = pathlib.Path(holder.name)
        top.chmod(0o755)
        self.program = top / "program"
        self.program.write_text(textwrap.dedent(PROGRAM))
        self.program.chmod(0o755)
        self.case = top / "cases" / "one"
        (self.case / "data").mkdir(parents=True)
        (self.case / "data" / "in.csv").write_text("a,b\n1,2\n")
        self.command("# a comment\n4 'two words'\n")

    def command(self, text):
        (self.case / "command").write_text(text)

    def harness(self, *options):
        return subprocess.run([sys.executable, "-B", HARNESS, "--program", self.program, *options, self.case],
                              capture_output=True, text=True, check=False)

    def assert_sees(self, what):
        seen = self.harness()
        self.assertEqual(seen.returncode, 1, seen.stdout + seen.stderr)
        self.assertIn(what, seen.stdout)

    def test_what_was_written_down_is_as_expected_and_the_folder_reads_here(self):
        self.assertEqual(self.harness("--update").returncode, 0)
        seen = self.harness()
        self.assertEqual(seen.returncode, 0, seen.stdout)
        expected = self.case / "expected"
        self.assertEqual((expected / "stdout").read_text(), "wrote to {here}/out two words\n")
        self.assertEqual((expected / "exit").read_text(), "4\n")
        self.assertEqual((expected / "files" / "manifest.json").read_text(), '{\n "zones": 2\n}\n')

    def test_another_exit_code_text_or_file_is_seen(self):
        for name in ["exit", "stdout", "stderr", "files/zones.csv", "files/manifest.json"]:
            self.harness("--update")
            path = self.case / "expected" / name
            path.write_text(path.read_text() + " ")
            self.assert_sees(f"expected/{name}")

    def test_a_missing_and_an_additional_file_are_seen(self):
        self.harness("--update")
        (self.case / "expected" / "files" / "roster.csv").write_text("")
        self.assert_sees("files/roster.csv: expected, not there")
        self.harness("--update")
        (self.case / "expected" / "files" / "zones.csv").unlink()
        self.assert_sees("files/zones.csv: there, not expected")

    def test_a_case_without_expectations_fails(self):
        self.assert_sees("exit: there, not expected")

    def test_litter_beside_the_output_is_seen(self):
        self.harness("--update")
        self.command("$ mkdir .out.half\n4 'two words'\n")
        self.assert_sees("litter: there, not expected")

    def test_an_unprivileged_case_cannot_write_where_it_must_not(self):
        self.command("$ chmod a-w .\n@unprivileged\n0\n")
        self.harness("--update")
        self.assertEqual((self.case / "expected" / "exit").read_text(), "1\n")
        self.assertIn("PermissionError", (self.case / "expected" / "stderr").read_text())

    def test_a_file_limit_makes_writing_fail(self):
        self.command("@file-limit 4\n0\n")
        self.harness("--update")
        self.assertIn("File too large", (self.case / "expected" / "stderr").read_text())

    def test_a_preparation_that_fails_or_is_unknown_fails_the_case(self):
        for text in ["$ false\n0\n", "@nonsense\n0\n", "# nothing is run\n"]:
            self.command(text)
            self.assertNotEqual(self.harness("--update").returncode, 0, text)


if __name__ == "__main__":
    unittest.main()
