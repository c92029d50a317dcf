#!/usr/bin/python3
"""complete.py COMPLETION: types at a real, interactive bash and looks at what it completes."""
import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time


class Shell:
    """bash on a pseudo-terminal, with nothing of this machine's own in it."""

    def __init__(self, completion, folder):
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"],
                      {"PATH": os.environ["PATH"], "TERM": "dumb", "PS1": "$ ", "INPUTRC": "/dev/null", "HISTFILE": ""})
        self.answer("bind 'set enable-bracketed-paste off'")
        self.answer(f"source {completion}")
        self.answer("patrolzones() { printf '[%s]' \"$@\"; echo; }")

    def until(self, marker):
        text = b""
        while marker not in text:
            ready, _, _ = select.select([self.terminal], [], [], 30)
            assert ready, f"bash is silent after {text!r}"
            text += os.read(self.terminal, 4096)
        return text.decode()

    def answer(self, line):
        """What a line prints; its Tabs are completed first."""
        os.write(self.terminal, line.encode() + b"; echo 'the''end'\n")
        return self.until(b"theend\r\n")

    def words(self, typed):
        """The words of the command line that bash makes of what was typed."""
        found = [part.split("]")[0] for part in self.answer(typed).replace("\r\n", "\n").split("\n[", 1)[-1].split("[")]
        return [word for word in found if word]


def main():
    completion = pathlib.Path(sys.argv[1]).resolve()
    assert subprocess.run(["bash", "-n", str(completion)], check=False).returncode == 0
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "wards of 2026.gpkg").touch()
        shell = Shell(completion, folder)
        for typed, expected in (
                ("patrolzones sch\t", ["schedule"]),
                ("patrolzones run --over\t", ["run", "--overwrite"]),
                ("patrolzones schedule --simulate --tar\t", ["schedule", "--simulate", "--target-breach"]),
                ("patrolzones run --audience par\t", ["run", "--audience", "partner"]),
                ("patrolzones run --audience=pu\t", ["run", "--audience=public"]),
                ("patrolzones run --wards wa\t", ["run", "--wards", "wards of 2026.gpkg"]),
                ("patrolzones run --days wa\t", ["run", "--days", "wa"]),
                ("patrolzones verify wa\t", ["verify", "wards of 2026.gpkg"]),
                ("patrolzones help eval\t", ["help", "evaluate"]),
                ("patrolzones verify --top\t", ["verify", "--top"])):
            found = shell.words(typed)
            assert found == expected, (typed, found)
        os.write(shell.terminal, b"exit\n")
    print("bash completes as it should")


main()
