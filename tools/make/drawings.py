"""The drawings of docs/, each made from the table beside it or from the records: what shows a figure is never typed.

The rest of the page is left alone. What cannot be drawn raises `Undrawable`: the maker then leaves the drawing as it
is, and the rule `drawings_can_be_made` says what is wrong.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from tools.make.map import cases_map, head_of_map
from tools.make.numbers import words
from tools.make.pieces import Undrawable, element, fitting, letter_of, plain, small, svg, table_of
from tools.make.timeline import timeline
from tools.site import Page, Site


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
    Drawing("evolution.md", "lanes", timeline),
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
