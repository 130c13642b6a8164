"""The timeline of docs/evolution.md: three lanes side by side, to scale, from the table of dates.

It is a list in the order of the dates; docs/assets/style.css lays it out in rows of half a year where there is room.
What is about no lane runs across all. A date stands a little late where the one above it in its lane needs the room;
its dot then still stands where the date is. Dates before the first five years that have a lane stand above the scale.
"""

import re
from collections.abc import Iterator
from html import escape
from math import ceil
from typing import NamedTuple

from tools.make.pieces import Undrawable, plain, table_of
from tools.site import Page, Site, Table

#: What a date is about, as its mark in the table says, and the name of its lane; "other" has none.
LANES = {"BPO": "BPO", "KPO": "KPO", "transformation": "Transformation", "other": ""}
DRAWN = re.compile(r'<span data-drawn="([^"]*)">(.*?)</span>')
#: Letters in a line of a lane, and rows of half a year that a line is high.
LETTERS, HIGH = 23, 1.45
SECOND_HALF = "July August September October November December".split()  # noqa: SIM905 -- words, not data


class Date(NamedTuple):
    """A date of the table: as it is written, in half years, its text, its lane."""

    when: str
    half: int
    text: str
    lane: str


def dates(page: Page, table: Table) -> Iterator[Date]:
    """Each row that has a part marked <span data-drawn="…">, in the order of the dates."""
    year, event = (table.rows[0].index(head) for head in ("Year", "What happened"))
    for line, row in enumerate(table.rows[1:], table.line + 2):
        if len(row) > max(year, event) and (match := DRAWN.search(row[event])):
            if match[1] not in LANES:
                raise Undrawable(page.file, line, f"no lane for {match[1]!r}.", f"One of: {', '.join(LANES)}.")
            when = plain(row[year])
            if not (found := re.search(r"\d{4}", when)):
                raise Undrawable(page.file, line, f"{when!r} is no date that can be drawn.", "Write a year: 1991")
            yield Date(when, 2 * int(found[0]) + (when.split()[0] in SECOND_HALF), plain(match[2]), match[1])


def item(date: Date, row: int, rows: int, late: int) -> str:
    """A date as an item of the list."""
    lane = f" <small>{LANES[date.lane]}</small>" if LANES[date.lane] else ""
    text = f"<b>{escape(date.when)}</b> {escape(date.text, quote=False)}{lane}"
    return f'<li class="{date.lane.lower()}" style="--row:{row};--rows:{rows};--late:{late}">{text}</li>'


def timeline(site: Site, page: Page) -> str:
    """The marked dates of the table."""
    table = table_of(page, "timeline", "Year", "What happened")
    found = sorted(dates(page, table), key=lambda date: date.half)
    in_lanes = [date.half for date in found if date.lane != "other"]
    if not in_lanes:
        mend = 'Mark what is drawn: <span data-drawn="KPO">KPO coined</span>'
        raise Undrawable(page.file, table.line, "no row is marked for a lane of the timeline.", mend)
    start = min(in_lanes) // 10 * 10
    before = [date for date in found if date.half < start]
    # The first row has the names of the lanes; above the scale a date has two rows, and a row stays empty.
    first = 2 + 2 * len(before) + bool(before)
    lines, free = [item(date, 2 + 2 * n, 2, 0) for n, date in enumerate(before)], dict.fromkeys(LANES, first)
    for date in found[len(before) :]:
        exact, across = first + date.half - start, date.lane == "other"
        row = max(exact, max(free.values()) if across else free[date.lane])
        rows = 2 if across else ceil(HIGH * ceil(len(f"{date.when} {date.text}") / LETTERS))
        for lane in LANES if across else [date.lane, "other"]:
            free[lane] = max(free[lane], row + rows)
        lines.append(item(date, row, rows, row - exact))
    for half in range(start, found[-1].half + 1, 10):
        year = f'<li class="year" aria-hidden="true" style="--row:{first + half - start};--rows:1">{half // 2}</li>'
        lines.append(year)
    heads = "".join(f'<b class="{lane.lower()}">{name}</b>' for lane, name in LANES.items() if name)
    return "\n".join(
        [
            '<figure class="lanes" data-made>',
            f"<figcaption>Dates of the table below, to scale from {start // 2} on. Dates about none of the three lanes "
            "run across them.</figcaption>",
            f'<p aria-hidden="true">{heads}</p>',
            "<ol>",
            *lines,
            "</ol>",
            "</figure>",
        ]
    )
