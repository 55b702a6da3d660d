# SPDX-License-Identifier: MIT
"""libsla-ical: holidays and hours from iCalendar files, and back.

    reader = ical.Reader((date(2026, 1, 1), date(2027, 12, 31)), zone)
    feed = reader.holidays(data)
    calendar = Calendar(zone, "Mo-Fr 09:00-18:00", entries=feed.entries)

Importing this finds the companion library: the file, or the directory, that
LIBSLA_ICAL_PATH names; else beside libsla; else in the system.
"""

from .._raw import (IcalCode, IcalComponent, IcalFilter, IcalFlag, IcalText)
from ._library import IcalError, code_name
from .reading import Feed, FeedEntry, Limits, Reader, Summary
from .writing import Due, Writer

__all__ = [
    "Due", "Feed", "FeedEntry", "IcalCode", "IcalComponent", "IcalError",
    "IcalFilter", "IcalFlag", "IcalText", "Limits", "Reader", "Summary",
    "Writer", "code_name",
]
