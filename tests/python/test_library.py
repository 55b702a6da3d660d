# SPDX-License-Identifier: MIT
"""Which library is found, and which is refused, and in which words."""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Dict, Optional, Tuple

from sla import _raw

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join(HERE, "..", "..", "examples", "python")
BUILD = os.environ.get("BUILD", os.path.join(HERE, "..", "..", "build"))
COMPILER = shlex.split(os.environ.get("CC", "cc"))


class Library(unittest.TestCase):

    def setUp(self) -> None:
        self.directory = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.directory)

    def start(self, path: Optional[str], package: str = PACKAGE,
              **more: str) -> Tuple[int, str]:
        """What `import sla` says in a new interpreter."""
        environment = {**os.environ, "PYTHONPATH": package, **more}
        environment.pop("LIBSLA_PATH", None)
        if path is not None:
            environment["LIBSLA_PATH"] = path
        done = subprocess.run(
            [sys.executable, "-c", "import sla; print(sla.version())"],
            env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        return done.returncode, done.stdout

    def works(self, path: Optional[str], **more: str) -> None:
        code, text = self.start(path, **more)
        self.assertEqual(code, 0, text)
        self.assertEqual(text, f"{(0, 1, 0)}\n")

    def refused(self, path: Optional[str], *words: str,
                **more: str) -> None:
        code, text = self.start(path, **more)
        self.assertEqual(code, 1, text)
        self.assertIn("LibraryError: ", text)
        for word in words:
            self.assertIn(word, text)

    def fake(self, version: int = _raw.VERSION,
             sizes: Dict[str, int] = {}, without: str = "") -> str:
        """A library in which every function gives one number."""
        if not shutil.which(COMPILER[0]):
            self.skipTest("no C compiler: no other library to be refused")
        numbers = {name: 0 for name in vars(_raw.Libsla(Everything()))}
        numbers.update({name: ctypes.sizeof(kind)
                        for name, kind in _raw.LIBSLA_SIZES})
        numbers.update({"sla_version": version, "sla_time_none": _raw.NONE,
                        "sla_time_min": _raw.TIME_MIN,
                        "sla_time_max": _raw.TIME_MAX, **sizes})
        numbers.pop(without, None)
        source = os.path.join(self.directory, "fake.c")
        with open(source, "w", encoding="ascii") as file:
            for name, number in numbers.items():
                file.write(f"long long {name}(void) "
                           f"{{ return (long long){number % 2**64}u; }}\n")
        path = os.path.join(self.directory, "libsla.so")
        subprocess.run([*COMPILER, "-w", "-shared", "-fPIC", "-o", path,
                        source], check=True)
        return path

    def test_a_file_or_a_directory(self) -> None:
        self.works(os.path.join(BUILD, "libsla.so"))
        self.works(BUILD)

    def test_the_system(self) -> None:
        """A package outside of the tree finds what the linker finds."""
        package = os.path.join(self.directory, "package")
        shutil.copytree(os.path.join(PACKAGE, "sla"),
                        os.path.join(package, "sla"))
        self.works(None, package=package, LD_LIBRARY_PATH=BUILD)

    def test_nowhere(self) -> None:
        package = os.path.join(self.directory, "package")
        shutil.copytree(os.path.join(PACKAGE, "sla"),
                        os.path.join(package, "sla"))
        code, text = self.start(None, package, LD_LIBRARY_PATH="")
        if code == 0:
            self.skipTest("libsla is installed: it cannot be missed")
        self.assertIn("libsla was not found", text)
        self.assertIn("LIBSLA_PATH", text)

    def test_the_path_is_not_looked_past(self) -> None:
        self.refused(os.path.join(self.directory, "nothing.so"),
                     "was not found", "nothing.so", LD_LIBRARY_PATH=BUILD)

    def test_another_library(self) -> None:
        path = ctypes.util.find_library("c")
        self.refused(path, "is no libsla")

    def test_as_it_should_be(self) -> None:
        """What the others are refused for is nothing else."""
        code, text = self.start(self.fake())
        self.assertEqual((code, text), (0, "(0, 1, 0)\n"))

    def test_another_major_version(self) -> None:
        self.refused(self.fake(version=_raw.VERSION + 10000),
                     "has version 1.1.0", "for version 0")

    def test_a_later_minor_version(self) -> None:
        code, text = self.start(self.fake(version=_raw.VERSION + 100))
        self.assertEqual((code, text), (0, "(0, 2, 0)\n"))

    def test_a_function_less(self) -> None:
        self.refused(self.fake(without="sla_result_compare"), "too old",
                     "sla_result_compare")

    def test_records_of_another_size(self) -> None:
        for name, kind in _raw.LIBSLA_SIZES[:3]:
            for change in (-8, 8):
                size = ctypes.sizeof(kind) + change
                self.refused(self.fake(sizes={name: size}),
                             f"{size} bytes in {name[:-5]}")

    def test_other_limits_of_time(self) -> None:
        self.refused(self.fake(sizes={"sla_time_max": 5}),
                     "other limits of time")


class Everything:
    """Stands for a library that has every function."""

    def __getattr__(self, name: str) -> "Everything":
        return Everything()


if __name__ == "__main__":
    unittest.main()
