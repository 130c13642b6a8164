"""Figures drawn from tables: the claims about the market, the forecasts, the published definitions, the know-how."""

import re
from collections import Counter
from html import escape

from tools.make.numbers import words
from tools.make.pieces import Undrawable, element, fitting, plain, sign, small, svg, table_of
from tools.site import Page, Site, slug

# -- docs/market.md: two strips ----------------------------------------------------------------------------------------

#: Where a strip begins and ends in its drawing, which is WIDE, and the width of a letter.
LEFT, RIGHT, WIDE, LETTER = 8, 340, 360, 7.3
#: What stands in the name of a publisher whose figure is not published, but follows from two that are.
OURS = "worked back by us"


def money(page: Page, line: int, text: str) -> list[float]:
    """The sizes, one or from and to, that a text like $88bn or $10bn to $17bn states."""
    size = r"\$(\d[\d,]*(?:\.\d+)?)bn"
    match = re.fullmatch(rf"{size}(?: to {size})?", text)
    if not match:
        raise Undrawable(page.file, line, f"{text!r} is no size that can be drawn.", "Write it like this: $88bn")
    return [float(one.replace(",", "")) for one in match.groups() if one]


def scale(most: float) -> tuple[float, float]:
    """(units of a drawing for a billion, billions between two marks of its axis) where `most` has to find room."""
    step = next(step for step in (5, 10, 25, 50, 100, 250, 500, 1000, 2500) if most / step < 5)
    return (RIGHT - LEFT) / (most * 1.06), step


def axis(unit: float, step: float, top: float) -> list[str]:
    """The line from nothing to the right end, and its marks."""
    marks = range(int((RIGHT - LEFT) / unit / step) + 1)
    places = [(LEFT + unit * step * mark, f"${step * mark:,g}bn" if mark else "$0") for mark in marks]
    ticks = "".join(f"M{x:.1f} {top} v5" for x, _ in places)
    texts = [small(x, top + 18, text, text_anchor="middle" if x > LEFT else "start") for x, text in places]
    return [element("path", class_="line", d=f"M{LEFT} {top} H{RIGHT}{ticks}"), *texts]


def estimates(site: Site, page: Page) -> str:
    """A line for each year, on it a dot for each claim, all to one scale; a bracket over what was published for one."""
    table = table_of(page, "same-year", "Publisher", "For", "Size")
    columns = [table.rows[0].index(head) for head in ("Publisher", "For", "Size")]
    claims: dict[str, list[tuple[float, str, bool]]] = {}
    for line, row in enumerate(table.rows[1:], table.line + 2):
        publisher, year, size = (plain(row[column]) if column < len(row) else "" for column in columns)
        claims.setdefault(year, []).append((money(page, line, size)[0], size, OURS in publisher))
    if not claims:
        raise Undrawable(page.file, table.line, "the table has no row to draw.", "Add a row.")
    every = [one for some in claims.values() for one in some]
    unit, step = scale(max(every)[0])
    lines, top = [], 0
    for number, (year, some) in enumerate(sorted(claims.items())):
        y, ends = top + 60, [0.0, 0.0, 0.0]
        lines.append(element("text", f"For {year}", class_="small year", x=LEFT, y=top + 16))
        lines.append(element("path", class_="line", d=f"M{LEFT} {y} H{RIGHT}"))
        for value, size, ours in sorted(some):
            x, half = LEFT + unit * value, LETTER * len(size) / 2
            look = "ours" if ours else "later" if number else "claim"
            lines.append(element("circle", class_=look, cx=x, cy=y, r=6))
            # A dot that finds no room for its figure between its neighbours goes without: the table has it.
            free = [n for n, end in enumerate(ends) if x - half > end + 4]
            if free:
                ends[free[0]] = x + half
                lines[-1] += small(min(x, WIDE - half), y + (-13, 23, -29)[free[0]], size, text_anchor="middle")
        published = [value for value, _, ours in some if not ours]
        if len(published) > 2:
            low, high = (LEFT + unit * one for one in (min(published), max(published)))
            lines.append(element("path", class_="line", d=f"M{low:.1f} {y + 30} v6 H{high:.1f} v-6"))
            said = f"the highest is {max(published) / min(published):.1f} times the lowest"
            middle = min((low + high) / 2, WIDE - LETTER * len(said) / 2)
            lines.append(small(middle, y + 51, said, text_anchor="middle"))
            top += 26
        top += 94
    lines += axis(unit, step, top)
    span = f"from {min(every)[1]} to {max(every)[1]}"
    description = f"Dots on a line for each year, to one scale, {span}: the figures of the table below."
    return svg(
        "estimates", (WIDE, top + 26), f"{words(len(every)).capitalize()} sizes of one market", description, lines
    )


MARKED = re.compile(r'<span data-drawn="forecast">(.*?)</span>')


def forecasts(site: Site, page: Page) -> str:
    """The marked forecasts of the table to one scale, and below them what was counted: nothing, as the table says."""
    table = table_of(page, "forecasts", "Who forecast, and when", "For which year", "Forecast", "What happened")
    who, year, size, then = (
        table.rows[0].index(head) for head in ("Who forecast, and when", "For which year", "Forecast", "What happened")
    )
    found = []
    for line, row in enumerate(table.rows[1:], table.line + 2):
        if len(row) == len(table.rows[0]) and (match := MARKED.search(row[size])):
            if not row[then].startswith("no count"):
                mend = "Take the mark off the forecast, or draw the count: tools/make/charts.py."
                raise Undrawable(page.file, line, "a forecast is drawn as if nobody had counted.", mend)
            label = fitting(page, line, f"{plain(row[who])}, for {plain(row[year])}", 52)
            found.append((label, match[1], money(page, line, match[1])))
    if not found:
        mend = 'Mark what is drawn: <span data-drawn="forecast">$16bn</span>'
        raise Undrawable(page.file, table.line, "no row is marked for the drawing of forecasts.", mend)
    unit, step = scale(max(sizes[-1] for *_, sizes in found))
    lines = []
    for number, (label, text, sizes) in enumerate(found):
        y = number * 38 + 27
        start, end = LEFT + unit * sizes[0], LEFT + unit * sizes[-1]
        dots = "".join(element("circle", class_="later", cx=x, cy=y, r=5) for x in dict.fromkeys((start, end)))
        between = element("path", class_="line", d=f"M{start:.1f} {y} H{end:.1f}") if end > start else ""
        lines.append(small(LEFT, y - 12, label) + between + dots)
        lines.append(small(start - 10, y + 5, text, text_anchor="end"))
    y = len(found) * 38 + 20
    lines.append(element("text", "Counted, as far as we found: nothing", class_="small year", x=LEFT, y=y))
    lines += axis(unit, step, y + 12)
    said = "; ".join(f"{label}: {text}" for label, text, _ in found)
    description = f"{said}. No count was found that could test them."
    return svg("counted", (WIDE, y + 38), "Forecasts of KPO, and no count", description, lines)


# -- docs/index.md, docs/definitions/published.md: a dot for each definition -------------------------------------------


def dots(site: Site, page: Page) -> str:
    """The published definitions by what each treats as decisive, the first word of its kind: a dot each."""
    table = table_of(site.pages["definitions/published.md"], "table", "Kind")
    kind = table.rows[0].index("Kind")
    counted = Counter(row[kind].split(",")[0] for row in table.rows[1:] if kind < len(row))
    items = [
        f'<li class="{slug(name)}">{escape(name.capitalize())} <b>{number}</b> '
        f'<span aria-hidden="true">{"<i></i>" * number}</span></li>'
        for name, number in counted.most_common()
    ]
    caption = f"{counted.total()} published definitions of KPO, by what each treats as decisive."
    return "\n".join(
        ['<figure class="dots" data-made>', f"<figcaption>{caption}</figcaption>", "<ul>", *items, "</ul>", "</figure>"]
    )


# -- docs/compare.md: which way know-how flows, in the heads of the columns --------------------------------------------

FLOW_ROW = "Which way know-how flows"
#: How a cell of the row begins, and how a head says so.
ARROWS = {
    "From buyer": f"buyer {sign('to', 'to')} supplier",
    "From supplier": f"supplier {sign('to', 'to')} process",
    "Either way": f"buyer {sign('both', 'to or from')} supplier",
}


def flow(site: Site, page: Page) -> str:
    """The head of the comparison, below each name of a kind the arrow that its row on know-how describes."""
    table = table_of(page, "three", "Question")
    line, row = next(
        ((n, row) for n, row in enumerate(table.rows, table.line + 1) if plain(row[0]) == FLOW_ROW), (0, [])
    )
    if not row:
        mend = f"Name the row as the drawing does, **{FLOW_ROW}**, or change FLOW_ROW in tools/make/charts.py."
        raise Undrawable(page.file, table.line, f"no row {FLOW_ROW!r}, which is drawn.", mend)
    heads = [table.rows[0][0]]
    for head, cell in zip(table.rows[0][1:], row[1:], strict=False):
        arrow = next((arrow for start, arrow in ARROWS.items() if plain(cell).startswith(start)), "")
        if not arrow:
            mend = f"Begin the cell with one of: {'; '.join(ARROWS)}."
            raise Undrawable(page.file, line, f"no arrow for {plain(cell)!r}.", mend)
        heads.append(f'{head.split("<")[0]}<br><span class="flow">know-how: {arrow}</span>')
    return f"| {' | '.join(heads)} |"
