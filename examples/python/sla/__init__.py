# SPDX-License-Identifier: MIT
"""libsla: is a support ticket on time, due soon or overdue?

    calendar = Calendar("Europe/Madrid", hours="Mo-Fr 09:00-18:00")
    policy = Policy(calendar, first_response=timedelta(hours=4))
    results = policy.evaluate([Event.created(at)], now)

Zones, calendars and policies never change once they are made: any number
of threads may share them, they are equal when they say the same, and they
can be pickled.  See the README beside this package.
"""

from .agreements import (Agreement, Change, Outcome, PolicySet, Version,
                         changes, holder)
from .batch import (Batch, evaluate_batch, event_dtype, pack_logs, pack_rows,
                    result_dtype, row_dtype)
from .builders import PolicyBuilder
from .calendar import Calendar, CalendarBuilder, Interval
from .choosing import (Condition, Match, Rule, Rules, RulesLint, Verdict,
                       all_of, any_of, attribute, none_of)
from .dates import date_from_days, days_of_date, weekday_of
from .entries import (Entry, HolidayLike, Holidays, closure, holiday, hours,
                      special_hours, weekday_closure, weekday_holiday,
                      weekday_special_hours, yearly_closure, yearly_holiday,
                      yearly_special_hours)
from .errors import (BytesError, CalendarError, LibraryError, LogError,
                     NaiveDatetimeError, OutOfMemoryError, PolicyError,
                     RangeError, RulesError, SlaError, UsageError, ZoneError)
from .events import Event, Log, Row
from .names import (AgreementKind, Anchor, AtDue, AttributeType, Clock, Code,
                    ConditionFlag, ConditionKind, CreatedByOther, Creator,
                    EntryKind, EventKind, Gate, Holder, LabelFlag, Landing,
                    LintKind, Metric, OPTION_VALUES, OnCalendar, OnChange,
                    OnMessage, OnPauseEnd, OnReopen, OnSolve, OnUndone, Option,
                    Phase, Preset, Priority, PropertyKind, Recurrence,
                    ResultFlag, RuleEvent, RulesLintKind, Shape, Status,
                    TicketStatus, Unit, VERSION, VerdictKind, Wall, Weekdays,
                    name_of, option_value_name, version, version_string)
from .policy import Lint, Policy
from .presets import (Label, Property, label, label_name, preset_name,
                      preset_named,
                      properties, ticket_label)
from .reports import (History, HistoryState, MetricCounts, Objective,
                      ObjectiveKind, ObjectiveVerdict, Report, Standing, Tally,
                      TicketCounts, backtest)
from .results import (Result, Results, Rollup, Totals, compare, queue, rollup,
                      urgency)
from .rules import MetricRule, Options, Trigger
from .targets import (DueSoon, Target, TargetLike, Targets, around_the_clock,
                      business_hours, counted_days, end_of_working_day,
                      parse_length, parse_target, working_days)
from .zone import WallTime, Zone

__version__ = ".".join(map(str, VERSION))
__all__ = [
    "Agreement", "AgreementKind", "Anchor", "AtDue", "AttributeType", "Batch",
    "BytesError", "Calendar", "CalendarBuilder", "CalendarError", "Change",
    "Clock", "Code", "Condition", "ConditionFlag", "ConditionKind",
    "CreatedByOther", "Creator", "DueSoon", "Entry", "EntryKind", "Event",
    "EventKind", "Gate", "History", "HistoryState", "Holder", "HolidayLike",
    "Holidays", "Interval", "Label", "LabelFlag", "Landing", "LibraryError",
    "Lint", "LintKind", "Log", "LogError", "Match", "Metric", "MetricCounts",
    "MetricRule", "NaiveDatetimeError", "OPTION_VALUES", "Objective",
    "ObjectiveKind", "ObjectiveVerdict", "OnCalendar", "OnChange", "OnMessage",
    "OnPauseEnd", "OnReopen", "OnSolve", "OnUndone", "Option", "Options",
    "OutOfMemoryError", "Outcome", "Phase", "Policy", "PolicyBuilder",
    "PolicyError", "PolicySet", "Preset", "Priority", "Property",
    "PropertyKind", "RangeError", "Recurrence", "Report", "Result",
    "ResultFlag", "Results", "Rollup", "Row", "Rule", "RuleEvent", "Rules",
    "RulesError", "RulesLint", "RulesLintKind", "Shape", "SlaError",
    "Standing", "Status", "Tally", "Target", "TargetLike", "Targets",
    "TicketCounts", "TicketStatus", "Totals", "Trigger", "Unit", "UsageError",
    "VERSION", "Verdict", "VerdictKind", "Version", "Wall", "WallTime",
    "Weekdays", "Zone", "ZoneError", "all_of", "any_of", "around_the_clock",
    "attribute", "backtest", "business_hours", "changes", "closure", "compare",
    "counted_days", "date_from_days", "days_of_date", "end_of_working_day",
    "evaluate_batch", "event_dtype", "holder", "holiday", "hours", "label",
    "label_name", "name_of", "none_of", "option_value_name", "pack_logs",
    "pack_rows", "parse_length", "parse_target", "preset_name",
    "preset_named", "properties",
    "queue", "result_dtype", "rollup", "row_dtype", "special_hours",
    "ticket_label", "urgency", "version", "version_string", "weekday_closure",
    "weekday_holiday", "weekday_of", "weekday_special_hours", "working_days",
    "yearly_closure", "yearly_holiday", "yearly_special_hours",
]
