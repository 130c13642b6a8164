"""The text of a page as its reader meets it: its pieces without markup, and its running text.

What depends on a page alone is remembered with the page.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tools.site import LINK, Page, Site, cells


class Text(NamedTuple):
    """A piece of text as a reader meets it: its line, its kind, its words without markup.

    Kinds: front (a value of the front matter), heading, paragraph, item, row, cell, caption, quote, drawing, label (the
    first line of an entry of a list of entries; in mkdocs.yml the name of a page) and entry (its second).
    A span of code or an address stands as a single backtick.
    """

    line: int
    kind: str
    text: str


#: A block that is made as a whole: what it says is read where it was written, in the records.
MADE = r"<(?P<made>div|ol|figure)\b[^>]* data-made\b.*?</(?P=made)>"
#: Code and addresses between < and >; with comments and drawings, all that holds no running text.
CODE = r"(?ms)^ *(```|~~~).*?^ *\1 *$|(?<!`)``?[^`\n]+``?(?!`)|<https?://[^>\s]*>"
NO_TEXT = re.compile(CODE + rf"|<!--.*?-->|<svg\b.*?</svg>|{MADE}")
DRAWING = re.compile(r"<svg\b.*?</svg>", re.S)
DRAWN = re.compile(r"<(text|title|desc|tspan)\b[^>]*>([^<]*)")
#: Keys of the front matter whose values are no text: names of records, words of closed lists, dates.
NO_TEXT_KEYS = {"reviewed", "abbreviation", "broader", "related", "confused_with", "sources", "same_as", "slug"}
STARTS = [
    ("heading", re.compile(r"#{1,6} +")),
    ("row", re.compile(r" *\|")),
    ("item", re.compile(r" *(?:[-*+]|\d+\.) +")),
    ("entry", re.compile(r":   ")),
    ("quote", re.compile(r"> ?")),
]


@cache
def plain(markdown: str) -> str:
    """A piece of Markdown without its markup, one space between words only where one was typed."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)\s]*\)", r"\1", markdown)
    text = re.sub(r"<br */?>", " ", text)
    text = re.sub(r" *\{[:#.][^}]*\}|</?[a-zA-Z][^>]*>|\*+", "", text)
    return html.unescape(text)


def _code_out(match: re.Match[str]) -> str:
    lines = "\n" * match[0].count("\n")
    return "`" if (match[0][0] == "`" and not lines) or match[0].startswith("<http") else lines


@cache
def _readable(page: Page) -> list[tuple[int, str]]:
    """(line number, line) of the body, spans of code and addresses as a backtick, blocks of code and drawings blank."""
    return list(enumerate(NO_TEXT.sub(_code_out, page.body).split("\n"), page.first_line))


@cache
def blocks(page: Page) -> list[Text]:
    """The headings, paragraphs, items, rows … of the body, in order, with their markup; wrapped lines are joined."""
    found: list[Text] = []
    caption = opened = False
    for number, line in _readable(page):
        if line.startswith("///"):
            caption, opened = line.startswith("/// "), False
        elif re.match(r" *--8<--|\{:|</?(?:div|figure)[ >]|---+$", line) or not line.strip(" `>"):
            opened = False
        else:
            kind, start = next(((k, m) for k, r in STARTS if (m := r.match(line))), ("", None))
            text = line[start.end() :] if start and kind != "row" else line
            if kind == "entry" and opened:
                found[-1] = found[-1]._replace(kind="label")
            if opened and not kind:
                last = found.pop()
                found.append(Text(last.line, last.kind, f"{last.text} {text.strip()}"))
            elif not (kind == "row" and re.fullmatch(r"[ :|-]+", line)):
                found.append(Text(number, kind or ("caption" if caption else "paragraph"), text.strip()))
            opened = kind not in ("heading", "row")
    return found


def _values(page: Page) -> Iterator[tuple[int, str]]:
    """(line, text) of each text of the front matter."""
    lines = page.front.split("\n")

    def walk(value: Any, key: str) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for name, inner in value.items():
                yield from walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, key)

    for key, value in page.meta.items():
        if key not in NO_TEXT_KEYS:
            at = page.key_line(key)
            for text in walk(value, key):
                start = text.split("'")[0][:40]
                at = next((n for n, line in enumerate(lines, 2) if n >= at and start in line), at)
                yield at, text


@cache
def texts(page: Page) -> list[Text]:
    """Every piece of text of a page, without markup: front matter, blocks (rows cell by cell), words in drawings."""
    found = [Text(line, "front", text) for line, text in _values(page)]
    for line, kind, text in blocks(page):
        if kind == "row":
            found += [Text(line, "cell", plain(cell)) for cell in cells(text)]
        else:
            found.append(Text(line, kind, plain(text)))
    for drawing in DRAWING.finditer(page.body):
        for match in DRAWN.finditer(drawing[0]):
            found.append(Text(page.line_of(drawing.start() + match.start()), "drawing", html.unescape(match[2])))
    return found


@cache
def prose(page: Page) -> list[tuple[int, str]]:
    """(line number, text) of each line of running text: no tables, headings, drawings, snippets or addresses."""
    tags = rf"{MADE}|<(svg|div|figcaption)\b.*?(</svg>|>)"
    body = re.sub(tags, lambda m: "\n" * m[0].count("\n"), page.body, flags=re.S)
    found = []
    for number, line in enumerate(body.split("\n"), page.first_line):
        if not re.match(r"\s*(\||#|<|///|--8<--|:   |Sum: )", line):
            text = re.sub(r"<https?://[^>]*>|\{[^}]*\}|`[^`]*`|<[^>]+>", " ", LINK.sub(r"\g<text>", line))
            found.append((number, text))
    return found


#: Files outside docs/ that are read as text, too.
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


@cache
def _document(name: str, text: str) -> Page:
    return Page(name, "", {}, text, 1)


@cache
def _labels(text: str) -> list[Text]:
    """The texts of mkdocs.yml that readers meet: the site's name and description, the labels of the nav."""
    found = []
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"\w", line):
            inside = line.startswith("nav:")
        match = re.match(r"(?:site_name|site_description|copyright): *(.+)", line)
        label = re.match(r" +- (?:'([^']+)'|([^':]+)):(?: |$)", line) if inside else None
        if match:
            found.append(Text(number, "label", plain(match[1].strip("'\""))))
        elif label:
            found.append(Text(number, "label", label[1] or label[2]))
    return found


def documents(site: Site) -> list[Page]:
    """README.md and CONTRIBUTING.md, read as pages; their `path` is their path from the root."""
    return [_document(name, site.text(name)) for name in DOCUMENTS]


def place(page: Page) -> str:
    """The path from the root of a page or of a document."""
    return page.path if page.path in DOCUMENTS else page.file


def labels(site: Site) -> list[Text]:
    """The texts of mkdocs.yml that readers meet."""
    return _labels(site.text("mkdocs.yml"))
