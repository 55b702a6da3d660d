#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Columns that say when each ticket is due, as a Django project keeps them.

In a project `refresh` is called by a management command, with a query set:

    changed = refresh(Ticket.objects.filter(closed_at=None), timezone.now())
    Ticket.objects.bulk_update(changed, COLUMNS, batch_size=1000)

and then whoever asks for the tickets that are late asks the database:

    Ticket.objects.filter(resolution_due_at__lt=timezone.now())

It needs nothing of Django's: here a dataclass stands for the model, whose
fields would be DateTimeField(null=True), CharField and DurationField.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Iterable, List, Optional

import sla

COLUMNS = ["first_response_due_at", "resolution_due_at", "sla_status",
           "sla_checked_again_at"]

OFFICE = sla.Calendar(
    "Europe/Paris", hours="Mo-Fr 09:00-18:00",
    holidays=[sla.yearly_holiday(1, 1, name="New Year's Day"),
              (date(2026, 4, 6), "Easter Monday")])
POLICY = sla.Policy(
    OFFICE, due_soon=timedelta(hours=1),
    first_response={"urgent": timedelta(minutes=30),
                    "any": timedelta(hours=4)},
    resolution={"urgent": sla.around_the_clock(timedelta(hours=8)),
                "any": sla.working_days(2)})


def row_of(ticket: Any) -> sla.Row:
    """What the model's fields mean to the library."""
    return sla.Row(created_at=ticket.created_at,
                   first_response_at=ticket.first_response_at,
                   solved_at=ticket.solved_at,
                   status=ticket.status, status_since=ticket.status_since,
                   priority=ticket.priority)


def refresh(tickets: Iterable[Any], now: datetime) -> List[Any]:
    """Sets the columns, and gives the tickets that were changed by it."""
    changed = []
    for ticket in tickets:
        results = POLICY.evaluate_row(row_of(ticket), now)
        rollup = results.rollup()
        columns = [results.of("first response").due_at,
                   results.of("resolution").due_at,
                   sla.name_of(rollup.result.status),
                   rollup.next_change_at]
        if columns != [getattr(ticket, name) for name in COLUMNS]:
            for name, value in zip(COLUMNS, columns):
                setattr(ticket, name, value)
            changed.append(ticket)
    return changed


# ---- in place of a project --------------------------------------------

@dataclass
class Ticket:
    """What would be a models.Model."""

    pk: int
    created_at: datetime
    priority: str = "normal"
    status: str = "open"
    status_since: Optional[datetime] = None
    first_response_at: Optional[datetime] = None
    solved_at: Optional[datetime] = None
    first_response_due_at: Optional[datetime] = None
    resolution_due_at: Optional[datetime] = None
    sla_status: str = ""
    sla_checked_again_at: Optional[datetime] = None


def main() -> None:
    at = datetime(2026, 4, 3, 14, 0, tzinfo=timezone.utc)
    hour = timedelta(hours=1)
    tickets = [
        Ticket(1, at, "urgent"),
        Ticket(2, at - 26 * hour, first_response_at=at - 25 * hour),
        Ticket(3, at - 5 * hour, "low", "pending", at - hour, at - 4 * hour),
        Ticket(4, at - hour),
    ]
    for now in (at, at + timedelta(minutes=10), at + hour):
        print(f"{now:%H:%M} changed:",
              [ticket.pk for ticket in refresh(tickets, now)])
    for ticket in tickets:
        print(ticket.pk, ticket.sla_status, *(
            f"{due:%d %b %H:%M}" if due else "-" for due in (
                ticket.first_response_due_at, ticket.resolution_due_at,
                ticket.sla_checked_again_at)), sep=", ")


if __name__ == "__main__":
    main()
