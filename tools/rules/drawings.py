"""Drawings: those that are made can be made, and every drawing says in words what it shows."""

import re
from collections.abc import Iterator
from functools import cache

from tools.make.drawings import DRAWINGS, found
from tools.make.pieces import Undrawable
from tools.records import MARKS
from tools.rules.registry import Problem, rule
from tools.site import Page, Site

SKELETON = (
    '<svg viewBox="0 0 360 240" role="img" aria-labelledby="NAME-title NAME-desc">\n'
    '<title id="NAME-title">…</title>\n<desc id="NAME-desc">…</desc>\n</svg>'
)


@cache
def _svgs(page: Page) -> list[tuple[int, str]]:
    """(line, text) of each <svg> of a page; one that is never closed goes on to the page's end."""
    return [(page.line_of(m.start()), m[0]) for m in re.finditer(r"<svg\b.*?(?:</svg>|\Z)", page.body, re.S)]


def _lacks(svg: str) -> str:
    """What a drawing lacks of what makes it readable without eyes, '' if nothing."""
    start = svg.partition(">")[0]
    named = re.search(r'\baria-labelledby="([^"]*)"', start)
    ids = [match[1] for match in re.finditer(r'<(?:title|desc) id="([^"]+)">\s*[^<\s]', svg)]
    if not re.search(r'\brole="img"', start):
        return 'role="img"'
    if len(re.findall(r"<title\b", svg)) != 1 or len(re.findall(r"<desc\b", svg)) != 1 or len(ids) != 2:
        return "one <title> and one <desc>, each with an id and a text"
    return "" if named and named[1].split() == ids else f'aria-labelledby="{" ".join(ids)}"'


@rule
def boxes_carry_their_definition(site: Site) -> Iterator[Problem]:
    """A box in the colour of a definition carries that definition."""
    box = re.compile(r'<div class="def def-(\w)"[^>]*>(.*?)</div>', re.S)
    found = [(page, match) for page in site.pages.values() for match in box.finditer(page.body)]
    assert found, "no page has a box of a definition"
    for page, match in found:
        carried = re.search(r'--8<-- "definitions/([\w-]+)\.md:def"', match[2])
        if carried and MARKS.get(carried[1], "").lower() != match[1]:
            own = next((slug for slug, mark in MARKS.items() if mark.lower() == match[1]), "")
            line = page.line_of(match.start(2) + carried.start())
            what = f"the box of {match[1].upper()} carries the definition {carried[1]}."
            yield Problem(page.file, line, what, f'Write: --8<-- "definitions/{own}.md:def"')


@rule
def drawings_say_what_they_show(site: Site) -> Iterator[Problem]:
    """A drawing has role=img, a title and a description; one that shows figures is made, never typed."""
    seen = 0
    for page in site.pages.values():
        for line, svg in _svgs(page):
            seen += 1
            if lacks := _lacks(svg):
                mend = f"Begin a drawing so, each with a name of its own:\n{SKELETON}"
                yield Problem(page.file, line, f"a drawing lacks {lacks}.", mend)
            if not any(path == page.path and found(svg, name) for path, name, _ in DRAWINGS):
                figures = re.search(r"<text\b[^>]*>[^<]*\d", svg)
                if figures:
                    mend = "Make it from a table: a function and a line of DRAWINGS in tools/make/drawings.py."
                    at = line + svg.count("\n", 0, figures.end())
                    yield Problem(page.file, at, "a drawing that nothing makes shows a figure.", mend)
    assert seen, "no drawing found"


@rule
def drawings_can_be_made(site: Site) -> Iterator[Problem]:
    """Each drawing that is made has its place in its page, and the table or the records have what it is made from."""
    for path, name, make in DRAWINGS:
        page = site.pages.get(path)
        if not page or not found(page.body, name):
            drawn = f'{SKELETON.replace("NAME", name)}\nor, if it is no <svg>: <div class="{name}"></div>'
            mend = f"Put it where the drawing shall stand, and run make records:\n{drawn}"
            line = page.first_line if page else 1
            what = f"no drawing called {name!r}, which is made."
            yield Problem(f"docs/{path}", line, what, mend)
            continue
        try:
            make(site, page)
        except Undrawable as error:
            yield Problem(*error.args)
