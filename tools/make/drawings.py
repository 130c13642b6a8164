"""The drawings of docs/, each made from the table beside it or from the records: what shows a figure is never typed.

The rest of the page is left alone. What cannot be drawn raises `Undrawable`: the maker then leaves the drawing as it
is, and the rule `drawings_can_be_made` says what is wrong.
"""

import re
from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import NamedTuple

from tools.make.map import cases_map, head_of_map
from tools.make.numbers import words
from tools.make.pieces import Undrawable, element, fitting, letter_of, plain, small, svg, table_of
from tools.site import Page, Site, Table


class Drawing(NamedTuple):
    """A drawing that is made: its page, its name, the function that makes it.

    An <svg> is known by its ids ("estimates-title estimates-desc"), a block of other elements by its class.
    """

    page: str
    name: str
    make: Callable[[Site, Page], str]


# -- docs/market.md: bars ----------------------------------------------------------------------------------------------

BAR_WIDTH, BAR_HEIGHT, BAR_STEP = 317.3, 14, 38
BAR_LEFT, BAR_RIGHT = 4, 356
BAR_GAP, BAR_INSET, LETTER = 5, 14, 7.3


def estimates(site: Site, page: Page) -> str:
    """A bar for each row of the table, the longest as wide as there is room, the others to its scale."""
    table = table_of(page, "same-year", "Publisher", "For", "Size")
    columns = [table.rows[0].index(head) for head in ("Publisher", "For", "Size")]
    sizes: list[tuple[float, str]] = []
    labels = []
    for line, row in enumerate(table.rows[1:], table.line + 2):
        publisher, year, size = (plain(row[column]) if column < len(row) else "" for column in columns)
        match = re.fullmatch(r"\$(\d[\d,]*(?:\.\d+)?)bn", size)
        if not match or not float(match[1].replace(",", "")):
            raise Undrawable(page.file, line, f"{size!r} is no size that a bar can show.", "Write it like this: $88bn")
        sizes.append((float(match[1].replace(",", "")), size))
        labels.append(fitting(page, line, f"{publisher}, for {year}", 50))
    if not sizes:
        raise Undrawable(page.file, table.line, "the table has no row to draw.", "Add a row.")
    lines = []
    for number, ((value, size), label) in enumerate(zip(sizes, labels, strict=True)):
        top, width = number * BAR_STEP, BAR_WIDTH * value / max(sizes)[0]
        end = BAR_LEFT + width
        if end + BAR_GAP + LETTER * len(size) > BAR_RIGHT:
            figure = small(end - BAR_INSET, top + 35, size, data_in="bar", text_anchor="end")
        else:
            figure = small(end + BAR_GAP, top + 35, size)
        bar = element("rect", class_="bar", x=BAR_LEFT, y=top + 24, width=width, height=BAR_HEIGHT)
        lines.append(small(BAR_LEFT, top + 19, label) + bar + figure)
    title = f"{words(len(sizes)).capitalize()} sizes of one market"
    span = f"from {max(sizes)[1]} down to {min(sizes)[1]}"
    description = f"Bars to one scale, {span}: the figures of the table below."
    return svg("estimates", (360, len(sizes) * BAR_STEP + 10), title, description, lines)


# -- docs/evolution.md: timeline ---------------------------------------------------------------------------------------

DATE_STEP, DATE_LINE, DATE_MIDDLE, DATE_LETTERS = 40, 16, 11, 40
#: What a date is about, as its mark on the table's text says, and the shape that stands for it at a height.
SHAPES: dict[str, Callable[[int], str]] = {
    "BPO": lambda y: element("rect", class_="p", x=4, y=y - 7, width=14, height=14),
    "KPO": lambda y: element("circle", class_="a", cx=DATE_MIDDLE, cy=y, r=7),
    "transformation": lambda y: element("path", class_="b", d=f"M4 {y - 7} h7 q7 0 7 7 v7 h-7 q-7 0 -7 -7 z"),
    "other": lambda y: element("path", class_="line", d=f"M6 {y} h10"),
}
DRAWN = re.compile(r'<span data-drawn="([^"]*)">(.*?)</span>')


def dates(page: Page, table: Table) -> Iterator[tuple[str, str, str]]:
    """(year, text, what it is about) of each row that has a part marked <span data-drawn="…">, in the table's order."""
    year, event = (table.rows[0].index(head) for head in ("Year", "What happened"))
    for line, row in enumerate(table.rows[1:], table.line + 2):
        if len(row) > max(year, event) and (match := DRAWN.search(row[event])):
            if match[1] not in SHAPES:
                raise Undrawable(page.file, line, f"no shape for {match[1]!r}.", f"One of: {', '.join(SHAPES)}.")
            yield plain(row[year]), plain(match[2]), match[1]


def timeline(site: Site, page: Page) -> str:
    """The marked dates of the table, one below the other, not to scale."""
    table = table_of(page, "timeline", "Year", "What happened")
    found = list(dates(page, table))
    if not found:
        mend = 'Mark what is drawn: <span data-drawn="KPO">KPO coined</span>'
        raise Undrawable(page.file, table.line, "no row is marked for the timeline.", mend)
    lines, last, y = [], 0, 16
    for year, text, about in found:
        parts = wrap(text, DATE_LETTERS)
        head = element("text", year, class_="small year", x=28, y=y + 4)
        below = (small(28, y + 20 + DATE_LINE * n, part) for n, part in enumerate(parts))
        lines.append(SHAPES[about](y) + head + "".join(below))
        last, y = y, y + DATE_STEP + DATE_LINE * (len(parts) - 1)
    lines.insert(0, element("path", class_="line", d=f"M{DATE_MIDDLE} 12 V{last}"))
    description = (
        f"{words(len(found)).capitalize()} dates of the table below, from {found[0][0]} to {found[-1][0]}, in order "
        "and not to scale. A square marks BPO, a circle KPO, a leaf transformational outsourcing, a dash the rest."
    )
    return svg("timeline", (320, y - 2), "Timeline from IT outsourcing to AI", description, lines)


# -- docs/compare.md: flow ---------------------------------------------------------------------------------------------

FLOW_ROW, FLOW_STEP = "Which way know-how flows", 84
#: How a cell of the row begins, and its arrow at a height.
ARROWS: dict[str, Callable[[int], str]] = {
    "From buyer": lambda y: f"M118 {y} H240 m-9 -6 l9 6 l-9 6",
    "From supplier": lambda y: f"M240 {y} H118 m9 -6 l-9 6 l9 6",
    "Either way": lambda y: f"M118 {y} H240 m-9 -6 l9 6 l-9 6 M118 {y} m9 -6 l-9 6 l9 6",
}


def lane(top: int, letter: str, arrow: str, text: str) -> list[str]:
    """The buyer, the supplier and the arrow between them; below it the words of the table."""
    look = letter.lower()

    def box(x: int, width: int, who: str) -> str:
        return element("rect", class_=look, x=x, y=top + 8, width=width, height=46) + element(
            "text", who, x=x + 10, y=top + 37
        )

    return [
        box(8, 104, "Buyer") + element("path", class_="arrow", d=arrow) + box(246, 106, "Supplier"),
        element("text", letter, class_=f"letter {look}-text", x=172, y=top + 22) + small(8, top + 72, text),
    ]


def flow(site: Site, page: Page) -> str:
    """The row of the comparison that says which way know-how flows, one lane a column."""
    table = table_of(page, "three", "Question")
    line, row = next(
        ((n, row) for n, row in enumerate(table.rows, table.line + 1) if plain(row[0]) == FLOW_ROW), (0, [])
    )
    if not row:
        mend = f"Name the row as the drawing does, **{FLOW_ROW}**, or change FLOW_ROW in tools/make/drawings.py."
        raise Undrawable(page.file, table.line, f"no row {FLOW_ROW!r}, which is drawn.", mend)
    lines, said = [], []
    for number, (head, cell) in enumerate(zip(table.rows[0][1:], row[1:], strict=False)):
        text, letter, top = fitting(page, line, plain(cell), 50), letter_of(head), number * FLOW_STEP
        arrow = next((draw(top + 32) for start, draw in ARROWS.items() if text.startswith(start)), "")
        if not arrow:
            raise Undrawable(
                page.file, line, f"no arrow for {text!r}.", f"Begin the cell with one of: {'; '.join(ARROWS)}."
            )
        if not letter:
            what = f"the column {head!r} has no mark, by which its lane is drawn."
            raise Undrawable(
                page.file,
                table.line,
                what,
                "Name it as the definition is named, or give it a mark in tools/records.py.",
            )
        lines += lane(top, letter, arrow, text)
        said.append(f"{head}: {text[0].lower()}{text[1:]}.")
    return svg("flow", (360, len(said) * FLOW_STEP + 4), FLOW_ROW, " ".join(said), lines)


# -- All of them -------------------------------------------------------------------------------------------------------

DRAWINGS = [
    Drawing("market.md", "estimates", estimates),
    Drawing("evolution.md", "timeline", timeline),
    Drawing("compare.md", "flow", flow),
    Drawing("index.md", "map", cases_map),
    Drawing("examples/index.md", "map", cases_map),
    Drawing("brief.md", "map", head_of_map),
]


def found(text: str, name: str) -> re.Match[str] | None:
    """The drawing of a name in the text of a page."""
    drawn = rf'<svg\b[^>]*aria-labelledby="{name}-title [^>]*>.*?</svg>'
    return re.search(rf'{drawn}|<(div|figure|ol) class="{name}[ "][^>]*>.*?</\1>', text, re.S)


def drawings(site: Site) -> dict[str, str]:
    """Each page that holds drawings, with these as its tables and the records make them."""
    texts: dict[str, str] = {}
    for path, name, make in DRAWINGS:
        page = site.pages.get(path)
        text = texts.get(f"docs/{path}") or site.text(f"docs/{path}")
        place = found(text, name)
        if not page or not place:
            continue
        try:
            texts[page.file] = text[: place.start()] + make(site, page) + text[place.end() :]
        except Undrawable:
            continue
    return texts
