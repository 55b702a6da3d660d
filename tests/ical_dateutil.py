# SPDX-License-Identifier: MIT
"""What python3-dateutil makes of recurrence rules, for test_ical_dateutil.

Reads lines "IS_DATE START FROM TO RULE", times as seconds since 1970-01-01 on the wall clock, and
writes for each what dateutil itself says of [FROM, TO); where one of the readings below bears on
the rule, their names and what it says when it is asked for our reading:

    WALLS
    WALLS ; NAME,NAME ; WALLS

Our readings, and how dateutil, which has another, is asked for them:

start       The start is the first occurrence, and COUNT counts it (RFC 5545, 3.8.5.3).  dateutil
            has it only where the rule matches it: it is put first.
week        A set of BYSETPOS is of a whole week.  dateutil's first week begins on the start's day:
            the rule is begun on the first day of the week.
weekday     BYWEEKNO without a day is the start's day of the week ("derived from DTSTART", 3.3.10).
            dateutil takes all seven: it is given BYDAY.
union       BYDAY=TU,1WE is Tuesdays and first Wednesdays.  dateutil takes days that are both: it is
            asked for each, and a BYSETPOS is picked here.
weeks       A week is of its own year.  dateutil leaves out days of December that are in week 1 of
            the next year as BYWEEKNO=-52 or -53 (its source has a TODO for it), and for days of
            January can take the last week of the year before, 52 or 53, for the other: weeks are
            counted here.
times       BYHOUR, BYMINUTE and BYSECOND of a date are ignored (3.3.10).  dateutil heeds them: they
            are taken away.
second      The second 60 is 59 (3.3.12).  dateutil has an error: 59 is asked for.
until       UNTIL with a date includes the whole date.  dateutil ends with its midnight: it is given
            the last second.
"""
import datetime
import itertools
import sys
import types

import dateutil.rrule

MOST = 4000
EPOCH = datetime.datetime(1970, 1, 1)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TIMES = ["BYHOUR", "BYMINUTE", "BYSECOND"]
DAYS = ["BYDAY", "BYMONTHDAY", "BYYEARDAY"]


def instant(wall):
    return EPOCH + datetime.timedelta(seconds=wall)


def walls(instants):
    return " ".join(str(int((i - EPOCH).total_seconds())) for i in instants)


def stamp(at):
    return at.strftime("%Y%m%dT%H%M%S").rjust(15, "0")


def read_until(text):
    return datetime.datetime.strptime(text, "%Y%m%d" if len(text) == 8 else "%Y%m%dT%H%M%S")


def expand(parts, start, until):
    """What dateutil says of a rule up to `until`."""
    # Rules that never match would be followed up to its last year.
    dateutil.rrule.datetime.MAXYEAR = min(until.year + 1, datetime.MAXYEAR)
    text = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    return list(dateutil.rrule.rrulestr(f"{text};UNTIL={stamp(until)}", dtstart=start))


def in_window(instants, first, end):
    taken = (i for i in itertools.takewhile(lambda i: i < end, instants) if i >= first)
    return list(itertools.islice(taken, MOST))


def as_dateutil_reads(parts, start, first, end):
    until = end - SECOND
    if "UNTIL" in parts:
        until = min(until, read_until(parts["UNTIL"]))
    try:
        return walls(in_window(expand(parts, start, until), first, end))
    except ValueError as error:
        return f"error: {error}"


# ---- our reading ----


def week_start(parts, day):
    back = (day.weekday() - WEEKDAYS.index(parts.get("WKST", "MO"))) % 7
    return day - back * DAY


def week_is_taken(parts, day):
    def first_week(year):  # as a number of days, so that no year is too early or too late
        fourth = datetime.date(year, 1, 4)
        return week_start(parts, fourth)

    date, year = day.date(), day.year
    if date < first_week(year):
        year -= 1
    elif date >= first_week(year + 1):
        year += 1
    number = (week_start(parts, date) - first_week(year)).days // 7 + 1
    weeks = (first_week(year + 1) - first_week(year)).days // 7
    numbers = [int(n) for n in parts["BYWEEKNO"].split(",")]
    return number in numbers or number - weeks - 1 in numbers


def unit_start(parts, day):
    if parts["FREQ"] == "WEEKLY":
        return week_start(parts, day)
    if parts["FREQ"] == "MONTHLY":
        return day.replace(day=1)
    return day.replace(month=1, day=1)


def pick(parts, positions, instants):
    """BYSETPOS, of units that are whole."""
    def unit(i):
        return (i.year, i.month) if parts["FREQ"] == "MONTHLY" else i.year

    for _, members in itertools.groupby(instants, unit):
        members = list(members)
        places = {p - 1 if p > 0 else len(members) + p for p in positions}
        yield from (member for i, member in enumerate(members) if i in places)


def clarify(parts, is_date, start):
    """Says in the rule what we read in it; the names of the readings."""
    names = []
    if is_date and any(name in parts for name in TIMES):
        names.append("times")
        for name in TIMES:
            parts.pop(name, None)
    if "60" in parts.get("BYSECOND", "").split(","):
        names.append("second")
        parts["BYSECOND"] = parts["BYSECOND"].replace("60", "59")
    if "BYWEEKNO" in parts and not any(name in parts for name in DAYS):
        names.append("weekday")
        parts["BYDAY"] = WEEKDAYS[start.weekday()]
    if parts["FREQ"] == "WEEKLY" and "BYDAY" not in parts:
        parts["BYDAY"] = WEEKDAYS[start.weekday()]
    return names


def weekdays_apart(parts):
    days = parts.get("BYDAY", "").split(",")
    plain = [day for day in days if len(day) == 2]
    numbered = [day for day in days if len(day) > 2]
    return [",".join(list_) for list_ in (plain, numbered) if list_]


def last_instant(parts, is_date, names):
    if "UNTIL" not in parts:
        return datetime.datetime.max.replace(microsecond=0)
    until = read_until(parts["UNTIL"])
    if len(parts["UNTIL"]) == 8 and not is_date:
        names.append("until")
    whole_date = is_date or len(parts["UNTIL"]) == 8
    return until.replace(hour=23, minute=59, second=59) if whole_date else until


def members(parts, start, until, names):
    """The occurrences of the rule itself, of whole units."""
    apart = weekdays_apart(parts)
    weeks = {"52", "53", "-52", "-53"} & set(parts.get("BYWEEKNO", "").split(","))
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts and week_start(parts, start) != start:
        names.append("week")
        return expand(parts, week_start(parts, start), until)
    if len(apart) < 2 and not weeks:
        return expand(parts, start, until)
    names.extend(["union"] * (len(apart) > 1) + ["weeks"] * bool(weeks))
    asked = {"BYHOUR": start.hour, "BYMINUTE": start.minute, "BYSECOND": start.second, **parts}
    midnight = unit_start(parts, start).replace(hour=0, minute=0, second=0)
    positions = [int(p) for p in asked.pop("BYSETPOS", "").split(",") if p]
    if weeks:
        del asked["BYWEEKNO"]
    found = set()
    for days in apart or [None]:
        if days is not None:
            asked["BYDAY"] = days
        found.update(expand(asked, midnight, until + 366 * DAY))
    found = sorted(i for i in found if not weeks or week_is_taken(parts, i))
    return pick(parts, positions, found) if positions else found


def as_we_read(parts, is_date, start, first, end):
    parts = dict(parts)
    count = int(parts.pop("COUNT", 0))
    names = clarify(parts, is_date, start)
    until = last_instant(parts, is_date, names)
    bound = min(until, max(end, start + SECOND) - SECOND)
    later = list(members(parts, start, bound, names))
    if start not in later:
        names.append("start")
    later = [i for i in later if start < i <= until]
    all_of_them = [start] + (later[: count - 1] if count > 0 else later)
    return names, walls(in_window(all_of_them, first, end))


def answer(line):
    is_date, start, first, end, text = line.split()
    start, first, end = (instant(int(wall)) for wall in (start, first, end))
    parts = dict(part.split("=") for part in text.split(";"))
    plain = as_dateutil_reads(parts, start, first, end)
    names, ours = as_we_read(parts, is_date == "1", start, first, end)
    return f"{plain} ; {','.join(names)} ; {ours}" if names else plain


dateutil.rrule.datetime = types.SimpleNamespace(**vars(datetime))
for case in sys.stdin:
    print(answer(case))
