"""What drawings are made of: SVG elements, the tables that they are read from, and how to say what cannot be drawn.

Lengths are units of a drawing's viewBox, in which a letter of a small text is about 6 wide.
"""

import re
from html import escape

from tools.records import table_below
from tools.site import Page, Table


class Undrawable(Exception):
    """A drawing cannot be made: the file, the line, what is wrong, the mend."""


def element(tag: str, text: str = "", **attributes: str | float) -> str:
    """An SVG element; `class_` is written class, numbers without needless zeros."""
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


def sign(kind: str, word: str) -> str:
    """A word that is shown as a sign in lists, and beside it in the key."""
    return f'<i class="sign {kind}">{word}</i>'


def plain(cell: str) -> str:
    """The text of a cell without its links, marks of emphasis and tags."""
    return re.sub(r"<[^>]*>|[*`]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell)).strip()


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
