#!/usr/bin/python3
"""progress.py PROGRAM SAMPLES: the progress line under a real pseudo-terminal, and none where there is none."""
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile


def on_terminal(words, environment):
    """What a command writes to stderr when that is a terminal, to stdout (a pipe), and its exit code."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen(words, stdout=told, stderr=theirs, env=environment)
        os.close(theirs)
        text = b""
        while True:
            try:
                some = os.read(ours, 4096)
            except OSError:  # the other side is closed
                break
            if not some:
                break
            text += some
        os.close(ours)
        code = child.wait()
        told.seek(0)
        return text.decode(), told.read().decode(), code


def screen(text):
    """What stays on the screen: carriage returns and erased line ends carried out, colours left out."""
    lines, column = [""], 0
    for part in re.findall(r"\x1b\[K|\x1b\[[0-9;]*m|\r|\n|[^\x1b\r\n]+", text):
        if part == "\n":
            lines.append("")
            column = 0
        elif part == "\r":
            column = 0
        elif part == "\x1b[K":
            lines[-1] = lines[-1][:column]
        elif not part.startswith("\x1b"):
            lines[-1] = lines[-1][:column] + part + lines[-1][column + len(part):]
            column += len(part)
    return lines


def main():
    program, samples = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def run(out):
            return [program, "run", "--config", str(samples / "ambershire.toml"), "--start", "2026-12-01",
                    "--threads", "1", "--out", str(folder / out)]

        plain = {"PATH": os.environ["PATH"]}
        text, told, code = on_terminal(run("a"), {**plain, "TERM": "xterm"})
        assert code in (0, 4), (code, text)
        drawn = [line for line in text.split("\r") if "%" in line]
        assert drawn and "\x1b[1m" in text and re.search(r"\x1b\[0m: \d+ %, \d+:\d\d left", text), text[:2000]
        left = [line for line in screen(text) if line]
        assert all(line.startswith("patrolzones: warning: ") for line in left), left
        assert "rows read" in told and "\x1b" not in told

        text, _, _ = on_terminal(run("b"), {**plain, "TERM": "xterm", "NO_COLOR": "1"})
        assert "%" in text and not re.search(r"\x1b\[\d", text), text[:2000]
        for out, environment, more in (("c", {"TERM": "dumb"}, []), ("d", {}, []), ("e", {"TERM": "xterm"}, ["--quiet"])):
            text, _, _ = on_terminal(run(out) + more, {**plain, **environment})
            assert "\x1b" not in text and "%" not in text, (out, text[:2000])
        piped = subprocess.run(run("f"), capture_output=True, env={**plain, "TERM": "xterm"}, check=False)
        assert b"\x1b" not in piped.stderr and b"\r" not in piped.stderr, piped.stderr

        for file in ("zones.geojson", "visits.geojson", "roster.csv", "roster.ics", "issues.csv"):
            texts = {(folder / out / file).read_bytes() for out in "abcdef"}
            assert len(texts) == 1, f"{file} depends on who watches"
    print(f"{len(drawn)} drawings, nothing left behind")


main()
