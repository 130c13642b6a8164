"""The drawings of docs/, each made from the table beside it or from the records: what shows a figure is never typed.

The rest of the page is left alone. What cannot be drawn raises `Undrawable`: the maker then leaves the drawing as it
is, and the rule `drawings_can_be_made` says what is wrong.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from tools.make.charts import dots, estimates, flow, forecasts
from tools.make.map import cases_map, head_of_map
from tools.make.pieces import Undrawable
from tools.make.timeline import timeline
from tools.site import Page, Site


class Drawing(NamedTuple):
    """A drawing that is made: its page, its name, the function that makes it.

    An <svg> is known by its ids ("estimates-title estimates-desc"), a block of other elements by its class, the head of
    a table by where it begins.
    """

    page: str
    name: str
    make: Callable[[Site, Page], str]


# -- All of them -------------------------------------------------------------------------------------------------------

DRAWINGS = [
    Drawing("market.md", "estimates", estimates),
    Drawing("market.md", "counted", forecasts),
    Drawing("evolution.md", "lanes", timeline),
    Drawing("compare.md", "flow", flow),
    Drawing("index.md", "map", cases_map),
    Drawing("index.md", "dots", dots),
    Drawing("definitions/published.md", "dots", dots),
    Drawing("examples/index.md", "map", cases_map),
    Drawing("brief.md", "map", head_of_map),
]


#: Heads of tables that are made, by their first cell.
HEADS = {"flow": "Question"}


def found(text: str, name: str) -> re.Match[str] | None:
    """The drawing of a name in the text of a page."""
    if name in HEADS:
        return re.search(rf"^\| {HEADS[name]} \|.*$", text, re.M)
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
