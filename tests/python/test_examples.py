# SPDX-License-Identifier: MIT
"""The README says what happens, and the example scripts do as they say."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
import unittest
from typing import List

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
EXAMPLES = os.path.join(ROOT, "examples", "python")
README = os.path.join(EXAMPLES, "README")
DATA = os.path.join(ROOT, "examples", "data")
QUEUE = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")),
                     "examples", "ticket_queue")

TARGETS = ["--first-response", "urgent=30m,high=2h,normal=4h,low=1wd",
           "--next-response", "urgent=1h,high=2h,normal=4h,low=1wd",
           "--resolution", "urgent=8h@24x7,high=2wd,normal=4wd,low=8wd"]
OFFICE = ["--hours", "Mo-Fr 09:00-18:00; Sa 10:00-14:00", "--holidays",
          os.path.join(DATA, "holidays.txt")]
NOW = ["--zone", "Europe/Paris", "--now", "2026-03-05 10:30"]


def run(*command: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)


def blocks(text: str) -> List[str]:
    """Indented by four, as a reader would copy them."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
    return [re.sub("^    ", "", block, flags=re.MULTILINE).strip("\n")
            for block in found]


class Readme(unittest.TestCase):

    def setUp(self) -> None:
        with open(README, encoding="utf-8") as file:
            self.text = file.read()

    def test_the_first_example(self) -> None:
        program, output = blocks(self.text)[:2]
        self.assertLessEqual(program.count("\n") + 1, 10)
        done = run(sys.executable, "-c", program)
        self.assertEqual(done.stdout.decode().rstrip("\n"), output,
                         done.stderr)

    def test_every_other_example(self) -> None:
        test = doctest.DocTestParser().get_doctest(
            self.text, {}, "README", README, 0)
        self.assertGreater(len(test.examples), 30)
        said: List[str] = []
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test, out=said.append)
        self.assertEqual("".join(said), "")

    def test_what_due_columns_prints(self) -> None:
        done = run(sys.executable, os.path.join(EXAMPLES, "due_columns.py"))
        self.assertEqual(done.stderr, b"")
        self.assertIn(done.stdout.decode().rstrip("\n"), blocks(self.text))

    def test_its_width(self) -> None:
        for line in self.text.split("\n"):
            if "NaiveDatetimeError" not in line:
                self.assertLessEqual(len(line), 105)

    def test_every_file_is_named(self) -> None:
        for name in os.listdir(os.path.join(EXAMPLES, "sla")):
            module = name[:-3]
            if name.endswith(".py") and not name.startswith("_"):
                self.assertRegex(self.text, rf"\b{module}\b")


@unittest.skipUnless(os.path.exists(QUEUE), "no ticket_queue to compare with")
class Queue(unittest.TestCase):
    """The script prints, byte for byte, what the program prints."""

    def same(self, *arguments: str) -> bytes:
        script = os.path.join(EXAMPLES, "ticket_queue.py")
        mine = run(sys.executable, script, *arguments)
        theirs = run(QUEUE, *arguments, "--format=csv")
        self.assertEqual(theirs.stderr, b"")
        self.assertEqual(mine.stderr, b"")
        self.assertEqual(mine.stdout, theirs.stdout)
        self.assertEqual((mine.returncode, theirs.returncode), (0, 0))
        return mine.stdout

    def test_the_sample_data(self) -> None:
        tickets = os.path.join(DATA, "tickets.csv")
        printed = self.same(tickets, *NOW, *OFFICE, *TARGETS,
                            "--due-soon", "25%")
        self.assertEqual(printed.count(b"T-10"), 62)
        with open(os.path.join(ROOT, "tests", "cli", "golden", "queue.csv"),
                  "rb") as file:
            self.assertEqual(printed, file.read())

    def test_other_options(self) -> None:
        tickets = os.path.join(DATA, "tickets.csv")
        self.same(tickets, *NOW, "--first-response", "4h")
        self.same(tickets, *NOW, *OFFICE, "--resolution", "eod")
        self.same(tickets, *NOW, *OFFICE, "--resolution",
                  "urgent=eod,high=1eod,any=2d", "--due-soon", "1h30m")
        self.same(tickets, "--zone", "America/Sao_Paulo", "--now",
                  "2026-03-09T12:00:00Z", "--hours", "Mo-Su 06:00-02:00",
                  "--next-response", "2d@24x7", "--due-soon", "1h")

    def test_rows_that_cannot_be_used(self) -> None:
        script = os.path.join(EXAMPLES, "ticket_queue.py")
        path = os.path.join(os.environ.get("BUILD", ROOT), "check",
                            "python-rows.csv")
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("id,created,status,first_response\n"
                       "1,2026-03-05 09:00,open,\n"
                       "2,2026-03-05 09:00,asleep,\n"
                       "3,noon,open,\n4,2026-03-05 09:00\n\n"
                       "5,2026-03-05 09:00,open,2026-03-05 08:00\n")
        arguments = [path, *NOW, "--first-response", "4h"]
        mine = run(sys.executable, script, *arguments)
        theirs = run(QUEUE, *arguments, "--format=csv")
        self.assertEqual(mine.stdout, theirs.stdout)
        self.assertEqual((mine.returncode, theirs.returncode), (1, 1))
        self.assertEqual(
            re.findall(rb"^.*:(\d+):", mine.stderr, re.MULTILINE),
            [b"3", b"4", b"5", b"7"], mine.stderr)

    def test_nothing_can_be_done(self) -> None:
        script = os.path.join(EXAMPLES, "ticket_queue.py")
        tickets = os.path.join(DATA, "tickets.csv")
        for arguments, words in (
                ([tickets], b"has no target"),
                ([tickets, "--first-response", "x"], b"first-response"),
                ([tickets, "--zone", "Nowhere"], b"Nowhere"),
                ([tickets, "--first-response", "4h", "--hours", "Mo 9"],
                 b"line 1, column 4"),
                (["nothing.csv", "--first-response", "4h"], b"nothing.csv")):
            done = run(sys.executable, script, *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertIn(words, done.stderr)
            self.assertNotIn(b"Traceback", done.stderr)


if __name__ == "__main__":
    unittest.main()
