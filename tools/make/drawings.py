"""The drawings of docs/, each made from the table beside it or from the records: what shows a figure is never typed.

A drawing is an <svg> in a page, known by the ids of its title and description ("estimates-title estimates-desc"); the
rest of the page, its caption too, is left alone. Lengths are units of the drawing's viewBox, in which a letter of a
small text is about 6 wide. What cannot be drawn raises `Undrawable`: the maker then leaves the drawing as it is, and
the rule `drawings_can_be_made` says what is wrong.
"""

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from tools.make.numbers import words
from tools.records import CRITERIA, MARKS, decision_table, table_below
from tools.site import Page, Site, Table

#: The look of what has no letter: a broken line, where A is a circle, B a leaf and plain BPO a square.
OTHER = "c"


class Undrawable(Exception):
    """A drawing cannot be made: the file, the line, what is wrong, the mend."""


class Drawing(NamedTuple):
    """A drawing that is made: its page, the first part of its ids, the function that makes its <svg>."""

    page: str
    name: str
    make: Callable[[Site, Page], str]


# -- Pieces ------------------------------------------------------------------------------------------------------------


def element(tag: str, text: str = "", **attributes: str | float) -> str:
    """An SVG element; `class_` and `data_in` are written class and data-in, numbers without needless zeros."""
    values = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    written = (f' {name}="{escape(f"{v:.1f}" if isinstance(v, float) else str(v))}"' for name, v in values.items())
    start = f"<{tag}{''.join(written)}"
    return f"{start}>{escape(text, quote=False)}</{tag}>" if text or tag == "text" else f"{start}/>"


def small(x: float, y: float, text: str, **attributes: str | float) -> str:
    """A line of small text whose base line starts at (x, y)."""
    return element("text", text, class_="small", x=x, y=y, **attributes)


def svg(name: str, size: tuple[int, int], title: str, description: str, lines: list[str]) -> str:
    """A drawing that says in words, too, what it shows."""
    return "\n".join(
        [
            f'<svg viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(title, quote=False)}</title>',
            f'<desc id="{name}-desc">{escape(description, quote=False)}</desc>',
            *lines,
            "</svg>",
        ]
    )


def plain(cell: str) -> str:
    """The text of a cell without its links, marks of emphasis and tags."""
    return re.sub(r"<[^>]*>|[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell)).strip()


def letter_of(name: str) -> str:
    """The letter of a definition's or a verdict's mark, '' if it has none."""
    return {key.lower(): letter for key, letter in MARKS.items()}.get(name.lower(), "")


def table_of(page: Page, anchor: str, *columns: str) -> Table:
    """The table below a heading, which must have these columns."""
    try:
        table = table_below(page, anchor)
    except AssertionError:
        mend = f"Put the table below a heading with {{#{anchor}}}, or change the drawing in tools/make/drawings.py."
        raise Undrawable(page.file, page.first_line, f"no table below {{#{anchor}}} to draw from.", mend) from None
    for column in columns:
        if column not in table.rows[0]:
            what = f"the table has no column {column!r}, from which a drawing is made."
            raise Undrawable(page.file, table.line, what, f"Name a column of the table: {column}")
    return table


def fitting(page: Page, line: int, text: str, most: int) -> str:
    """A text, which must fit its place in the drawing."""
    if len(text) > most:
        what = f"{text!r} has {len(text)} letters; the drawing has room for {most}."
        raise Undrawable(page.file, line, what, "Shorten what is drawn.")
    return text


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


# -- docs/definitions/index.md: map ------------------------------------------------------------------------------------

#: The cases that the map shows, one of each kind; their place follows from their verdicts.
DEALS = ["bms-syngene", "thomas-cook-accenture", "nielsen-tcs", "nhs-sbs", "rio-tinto-cpa"]
BOTH = "core KPO and transformational BPO"


class Box(NamedTuple):
    """A verdict's place on the map: its outline, where its name and its deals begin, letters in a line of name or deal.

    The name of the verdict is its key in BOXES, and its look follows from that name, so that the three cannot part.
    """

    outline: Callable[[str], str]
    name: tuple[int, int]
    deals: tuple[int, int]
    most: int


BOXES = {
    "core KPO": Box(lambda look: element("circle", class_=look, cx=132, cy=120, r=82), (62, 116), (62, 136), 12),
    "transformational BPO": Box(
        lambda look: element("path", class_=look, d="M170 46 H304 Q354 46 354 96 V194 H220 Q170 194 170 144 Z"),
        (222, 116),
        (222, 152),
        18,
    ),
    BOTH: Box(lambda look: element("path", class_="line", d="M192 150 V214"), (177, 125), (130, 227), 26),
    "plain BPO": Box(
        lambda look: element("rect", class_=look, x=20, y=240, width=150, height=42), (30, 258), (30, 274), 19
    ),
    "expert BPO": Box(
        lambda look: element("rect", class_=look, x=220, y=240, width=160, height=42, rx=8), (230, 258), (230, 274), 19
    ),
}


def placed(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    """(verdict's name, label) of each deal of the map: where its first verdict that has a box puts it."""
    labels = {path: label.partition(":")[0] for label, path in site.nav}
    for slug in DEALS:
        case = site.pages.get(f"examples/{slug}.md")
        if not case:
            mend = "Put another case into DEALS in tools/make/drawings.py."
            raise Undrawable(
                page.file, page.at('"map-title'), f"the map shows {slug}, and there is no such case.", mend
            )
        names = case.meta["verdict"]
        box = next((name for name in names if name in BOXES), None)
        if not box:
            what = f"the map shows this case, and has no box for its verdict {'; or '.join(names)!r}."
            raise Undrawable(
                case.file, case.key_line("verdict"), what, "Put another case into DEALS in tools/make/drawings.py."
            )
        label = (labels.get(case.path) or case.meta["title"].split(":")[0]) + (", disputed" if len(names) > 1 else "")
        yield box, label


def check_boxes(site: Site) -> None:
    """Each box of the map must be a verdict of the decision table."""
    found = {row.verdict for row in decision_table(site)}
    for name in BOXES:
        if name not in found:
            page = site.pages["classify.md"]
            what = f"the decision table has no verdict {name!r}, for which the map has a box."
            line = page.at(f"| {' | '.join(CRITERIA)} |")
            raise Undrawable(page.file, line, what, "Name the box in tools/make/drawings.py as the verdict.")


def box_lines(name: str, deals: list[str]) -> list[str]:
    """A box of the map: its letter and its name if it has them, and the labels of its deals."""
    box, letter = BOXES[name], letter_of(name)
    x, y = box.name
    if name == BOTH:
        lines = [element("text", "A+B", class_="year", x=x, y=y) + (box.outline("") if deals else "")]
    elif letter in ("A", "B"):
        left = x + (20 if letter == "A" else 40)
        head = element("text", letter, class_=f"letter {letter.lower()}-text", x=left, y=y - 22)
        title = wrap(name[0].upper() + name[1:], 16)
        lines = [head + "".join(element("text", part, x=x, y=y + 16 * n) for n, part in enumerate(title))]
    else:
        lines = [box.outline(letter.lower() or OTHER) + element("text", name[0].upper() + name[1:], x=x, y=y)]
    x, y = box.deals
    for deal in deals:
        for part in wrap(deal, box.most):
            lines[0] += small(x, y, part)
            y += 14
    return lines


def cases_map(site: Site, page: Page) -> str:
    """The verdicts as overlapping shapes, with a deal in each."""
    check_boxes(site)
    found = sorted(placed(site, page), key=lambda one: list(BOXES).index(one[0]))
    inside = {name: [label for _, label in some] for name, some in groupby(found, key=lambda one: one[0])}
    lines = [
        element("rect", class_="edge", x=6, y=26, width=388, height=268, rx=8),
        small(10, 17, "Outsourcing: a separate supplier answers for the work"),
        *(BOXES[name].outline(letter_of(name).lower()) for name in BOXES if letter_of(name) in ("A", "B")),
    ]
    for name in BOXES:
        lines += box_lines(name, inside.get(name, []))
    lines += [small(10, 313, "Outside: own centre, rented staff, advice,"), small(10, 331, "prize, software")]

    def who(name: str) -> str:
        labels = (label.replace(", disputed", ", which is disputed,") for label in inside.get(name, []))
        return " and ".join(labels) or "no deal"

    a, b, p, c = (name for name in BOXES if name != BOTH)
    description = (
        f"Inside outsourcing, the circle A, {a}, and the leaf B, {b}, overlap. {who(a)} stands in the circle alone, "
        f"{who(b)} in the leaf alone, {who(BOTH)} in both. {p[0].upper()}{p[1:]}, with {who(p)}, and {c}, with "
        f"{who(c)} stand in neither. "
        "Own centres, rented staff, advice, prizes and software stand outside."
    )
    return svg("map", (400, 340), "Map of the two definitions", description, lines)


# -- All of them -------------------------------------------------------------------------------------------------------

DRAWINGS = [
    Drawing("market.md", "estimates", estimates),
    Drawing("evolution.md", "timeline", timeline),
    Drawing("compare.md", "flow", flow),
    Drawing("definitions/index.md", "map", cases_map),
]


def found(text: str, name: str) -> re.Match[str] | None:
    """The <svg> of a name in the text of a page."""
    return re.search(rf'<svg\b[^>]*aria-labelledby="{name}-title [^>]*>.*?</svg>', text, re.S)


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
