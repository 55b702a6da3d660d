# SPDX-License-Identifier: MIT
"""The whole interface can be reached, and the numbers have names."""

from __future__ import annotations

import glob
import os
import re
import unittest

import sla
from sla import _raw
from sla._library import core

PACKAGE = os.path.dirname(os.path.abspath(sla.__file__))

# sla_calendar_builder_add_entries says all that these say, in one call.
IN_OTHER_WORDS = {
    "sla_calendar_builder_add_entry",
    "sla_calendar_builder_add_hours", "sla_calendar_builder_add_holiday",
    "sla_calendar_builder_add_yearly_holiday",
    "sla_calendar_builder_add_weekday_holiday",
    "sla_calendar_builder_add_special_hours",
    "sla_calendar_builder_add_closure",
    # sla_rules_builder_add_condition says this.
    "sla_rules_builder_add_text_condition",
}


def hand_written() -> str:
    text = ""
    for path in glob.glob(os.path.join(PACKAGE, "*.py")):
        if os.path.basename(path) != "_raw.py":
            with open(path, encoding="utf-8") as file:
                text += file.read()
    return text


class Reach(unittest.TestCase):

    def test_every_function_is_called(self) -> None:
        called = set(re.findall(r"\bsla_\w+", hand_written()))
        sizes = {name for name, _ in _raw.LIBSLA_SIZES}
        declared = set(vars(core))
        self.assertGreater(len(declared), 100)
        self.assertEqual(declared - called - sizes, IN_OTHER_WORDS)

    def test_no_other_function_is_called(self) -> None:
        called = set(re.findall(r"\bcore\.(sla_\w+)", hand_written()))
        self.assertLessEqual(called, set(vars(core)))

    def test_every_name_is_offered(self) -> None:
        for name in sla.__all__:
            self.assertTrue(hasattr(sla, name), name)

    def test_every_enumeration_is_offered(self) -> None:
        for name, kind in vars(_raw).items():
            if isinstance(kind, type) and issubclass(kind, int) and (
                    kind.__module__ == _raw.__name__) and (
                        not name.startswith("Ical")):
                self.assertIs(getattr(sla, name), kind)

    def test_names_are_those_of_the_library(self) -> None:
        for kind in (sla.Metric, sla.Phase, sla.Status, sla.TicketStatus,
                     sla.Priority, sla.EventKind, sla.Unit, sla.Clock,
                     sla.Shape, sla.Option, sla.Preset):
            for member in kind:
                name = sla.name_of(member)
                if member not in (sla.Metric.OWN_METRIC, sla.EventKind.OWN):
                    self.assertEqual(
                        name.upper().replace(" ", "_"), member.name)
        self.assertEqual(sla.name_of(sla.Code.E_NEVER), "SLA_E_NEVER")
        self.assertIn("15 seconds", sla.name_of(sla.LintKind.TARGET_SHORT))
        with self.assertRaises(TypeError):
            sla.name_of(sla.Wall.UNIQUE)

    def test_every_option_has_its_values(self) -> None:
        self.assertEqual(set(sla.OPTION_VALUES), set(sla.Option))
        for option, kind in sla.OPTION_VALUES.items():
            for value in kind:
                self.assertEqual(
                    sla.option_value_name(option, value).upper().replace(
                        " ", "_"), value.name)
            self.assertIsNone(sla.option_value_name(option, len(kind)))

    def test_the_version(self) -> None:
        self.assertEqual(sla.version(), sla.VERSION)
        self.assertEqual(sla.version_string(), sla.__version__)

    def test_every_source_is_python_3_9(self) -> None:
        import ast
        for path in glob.glob(os.path.join(PACKAGE, "*.py")):
            with open(path, encoding="utf-8") as file:
                ast.parse(file.read(), path, feature_version=(3, 9))

    def test_dates(self) -> None:
        from datetime import date
        self.assertEqual(sla.weekday_of(date(2026, 11, 25)), 3)
        self.assertEqual(sla.days_of_date(date(1970, 1, 2)), 1)
        self.assertEqual(sla.date_from_days(-1), date(1969, 12, 31))
        with self.assertRaises(sla.RangeError):
            sla.date_from_days(1 << 30)


if __name__ == "__main__":
    unittest.main()
