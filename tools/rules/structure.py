"""The structure of pages: headings, tables, raw HTML and Markdown's own marks."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import NamedTuple

from markdown.extensions.toc import slugify

from tools.prose import CODE, blocks, documents, place, plain
from tools.rules.registry import Problem, rule
from tools.rules.sources import SAMPLE
from tools.site import Page, Site, cells

# -- Headings ----------------------------------------------------------------------------------------------------------

SKELETONS = {
    "definition": "definition test includes excludes not-to-be-confused who-uses-it in-a-contract examples cite "
    "neighbours",
    "term": "why not do in-a-contract origin neighbours",
    "case": "bought happened test teaches verdict-changes trust nearest",
}
#: What the part {#not} of a term is called that has several meanings: its reader wants to know first which one.
MEANT = "Which one is meant"
#: Those below which a part is made: where one is missing, `made_parts_have_a_place` says so.
MADE_BELOW = {"neighbours", "nearest"}
#: Those that a page of a kind may lack: nothing is to be done about every term, and not all belong into a contract.
OPTIONAL = {"term": {"do", "in-a-contract"}}


def skeleton(kind: str) -> list[str]:
    """The heading ids that every page of a kind has, in order."""
    return SKELETONS.get(kind, "").split()


def _skeleton(page: Page) -> Iterator[Problem]:
    ids = {heading.id for heading in page.headings}
    free = MADE_BELOW | OPTIONAL.get(page.kind, set())
    wanted = [anchor for anchor in skeleton(page.kind) if anchor in ids or anchor not in free]
    if any(heading.id == "not" and heading.text.startswith(MEANT) for heading in page.headings):
        wanted.sort(key=lambda anchor: anchor != "not")
    found = [heading.id for heading in page.headings if heading.id in wanted]
    if found == wanted:
        return
    missing = [anchor for anchor in wanted if anchor not in found]
    others = [heading.line for heading in page.headings if heading.level == 2 and heading.id not in wanted]
    order = [heading for heading in page.headings if heading.id in wanted]
    at = next((heading.line for heading, want in zip(order, wanted, strict=False) if heading.id != want), 0)
    what = f"no heading has the id {missing[0]}." if missing else "the headings of its kind stand in another order."
    at = others[0] if missing and others else at or page.first_line
    yield Problem(page.file, at, what, f"Write headings with the ids, in order: {' '.join(wanted)}.")


def _astray(page: Page) -> Iterator[Problem]:
    """A sample clause of a term that does not stand below the heading for it."""
    if page.kind == "term":
        for line in (number for number, text in page.lines if SAMPLE.match(text)):
            above = [heading.id for heading in page.headings if heading.line < line][-1]
            if above != "in-a-contract":
                mend = "Put it below:  ## In a contract {#in-a-contract}"
                yield Problem(page.file, line, f"a clause to start from stands below {{#{above}}}.", mend)


def _miscounted(page: Page) -> Iterator[Problem]:
    """A numbered heading whose number is not the next one of its level."""
    last: dict[int, int] = {}
    for line, level, text, _ in page.headings:
        if match := re.match(r"(?:Step )?(\d{1,2})\. ", text):
            number, want = int(match[1]), last.get(level, 0) + 1
            if number != want:
                what = f"the heading is numbered {number}, the one before it {want - 1}."
                yield Problem(page.file, line, what, f"Number it {want}, or mend the other.")
            last[level] = number


@cache
def _misshapen(page: Page, deepest: int) -> list[Problem]:
    found, last = [*_skeleton(page), *_astray(page), *_miscounted(page)], 0
    for line, level, text, anchor in page.headings:
        if level > 1 and not anchor:
            words = re.split(r" *[{(]#", text)[0]
            mend = f"Write: {'#' * level} {words} {{#{slugify(plain(words), '-')[:40] or 'short-name'}}}"
            found.append(Problem(page.file, line, "a heading without an id cannot be sent.", mend))
        if level > last + 1:
            found.append(
                Problem(page.file, line, f"H{level} after H{last} skips a level.", f"Write: {'#' * (last + 1)} {text}")
            )
        if level > deepest:
            what = f"the contents beside the page end at H{deepest}, so nobody finds this H{level} there."
            found.append(Problem(page.file, line, what, f"Write: {'#' * deepest} {text}"))
        if "](" in text:
            found.append(Problem(page.file, line, "a link in a heading.", "Link in the text below."))
        last = level
    own = PurePosixPath(page.path).name if page.kind != "page" else None
    mend = "Take the link out, or link to a heading: (#id)."
    return found + [
        Problem(page.file, link.line, "a page links to itself.", mend)
        for link in page.links
        if link.target.partition("#")[0] == own
    ]


@rule
def skeletons_are_kept(site: Site) -> Iterator[Problem]:
    """Pages of one kind share their heading ids, in one order; every heading has an id; no level is skipped."""
    (toc,) = (one["toc"] for one in site.config["markdown_extensions"] if isinstance(one, dict) and "toc" in one)
    for page in site.pages.values():
        yield from _misshapen(page, toc["toc_depth"])


#: What every chapter of a guide may end in, under one name.
PARTS = {"Checklist"}


@cache
def _indistinct(page: Page) -> list[Problem]:
    found: list[Problem] = []
    texts: dict[str, int] = {}
    for line, level, text, anchor in page.headings:
        name = plain(text).strip()
        if not name:
            found.append(Problem(page.file, line, "a heading without words.", "Write one, or take it out."))
        # The name of the page may come again as that of a part.
        first = texts.setdefault(name.lower(), line) if level > 1 and name not in PARTS else line
        if first != line:
            found.append(
                Problem(page.file, line, f"the heading {name!r} stands in line {first} too.", "Give one another text.")
            )
        if re.search(r"(?<!\betc)[.,:;]$", name):
            found.append(Problem(page.file, line, f"a heading ends in {name[-1]!r}.", f"Delete the mark: {name[:-1]}"))
        if anchor and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor):
            mend = f"Write: {{#{slugify(anchor.replace('_', '-'), '-').strip('-')}}}"
            found.append(
                Problem(page.file, line, f"the id {anchor} is not of small letters, digits and single hyphens.", mend)
            )
    return found


@cache
def _bare_headings(page: Page) -> list[tuple[int, str]]:
    """(line, text) of each heading below which nothing stands before the next one of its level or above."""
    found = []
    ends = [*page.headings[1:], None]
    for heading, after in zip(page.headings, ends, strict=True):
        stop = after.line if after else page.first_line + len(page.lines)
        below = [line for number, line in page.lines if heading.line < number < stop and line.strip()]
        if heading.id not in MADE_BELOW and not below and (not after or after.level <= heading.level):
            found.append((heading.line, heading.text))
    return found


@rule
def headings_are_distinct(site: Site) -> Iterator[Problem]:
    """No two headings of a page read alike; a heading has words, no mark at its end, a lower-case id, and a text."""
    for page in site.pages.values():
        yield from _indistinct(page)
        for line, text in _bare_headings(page):
            yield Problem(page.file, line, f"nothing stands below {text!r}.", "Write it, or take the heading out.")


# -- Tables ------------------------------------------------------------------------------------------------------------

SEPARATOR = re.compile(r" *\|(?: *:?-+:? *\|)+ *")


@cache
def _broken_rows(page: Page) -> list[Problem]:
    """Rows that make no table: without a separator, or without a bar at an end."""
    found, start = [], None
    for n, (number, line) in enumerate(page.lines):
        if not line.lstrip().startswith("|"):
            if start is not None and line.strip() and not line.startswith("///"):
                found.append(
                    Problem(page.file, number, "a row of a table does not begin with |.", "Write: | cell | cell |")
                )
            start = None
            continue
        if not line.rstrip().endswith("|"):
            found.append(Problem(page.file, number, "a row of a table does not end in |.", "Add it."))
        if start is None:
            start, head = number, cells(line)
            below = page.lines[n + 1][1] if n + 1 < len(page.lines) else ""
            want = "|" + "---|" * len(head)
            if not SEPARATOR.fullmatch(below):
                found.append(
                    Problem(page.file, number, "no separator below the header of a table.", f"Put below it: {want}")
                )
            elif len(cells(below)) != len(head):
                what = f"the separator has {len(cells(below))} cells, the header above it {len(head)}."
                found.append(Problem(page.file, number + 1, what, f"Write: {want}"))
    return found


def _row(page: Page, number: int, row: list[str], width: int) -> Iterator[Problem]:
    if len(row) != width:
        mend = "Write one cell for each column: | a | b |" if len(row) < width else "Take one out, or join two."
        yield Problem(page.file, number, f"a row with {len(row)} cells below a header with {width}.", mend)
    for cell in row:
        if not re.search(r"\w", cell):
            yield Problem(page.file, number, f"a cell says nothing ({cell!r}).", "Write: not stated")


def _row_name(row: list[str], head: str) -> str:
    """What tells a row from the others: its header and the first other cell, as two dates of one event."""
    rest = [cell for cell in row if cell != head]
    return plain(" | ".join([head, *rest[:1]])).lower()


@cache
def _unreadable(page: Page) -> list[Problem]:
    found = list(_broken_rows(page))
    captions: dict[str, int] = {}
    for line, rows, caption in page.tables:
        if not caption:
            mend = "Directly below the table write three lines: /// table-caption, the text, ///"
            found.append(Problem(page.file, line, "a table without a caption.", mend))
        elif (first := captions.setdefault(caption.lower(), line)) != line:
            what = f"the table has the caption of the one in line {first}: {caption[:50]!r}."
            found.append(Problem(page.file, line, what, "Say what this one shows."))
        heads: dict[str, int] = {}
        for number, row in zip([line, *range(line + 2, line + 1 + len(rows))], rows, strict=True):
            found += _row(page, number, row, len(rows[0]))
            if number == line:
                continue
            bold = [cell for cell in row if re.fullmatch(r"\*\*[^*]+\*\*", cell)]
            if len(bold) != 1 or any(cell.startswith("**") != cell.endswith("**") for cell in row):
                what = f"{len(bold)} cells of the row are bold as a whole; exactly one is its header."
                found.append(Problem(page.file, number, what, "Write the header of the row as **cell**, and no other."))
            elif (first := heads.setdefault(_row_name(row, bold[0]), number)) != number:
                what = f"the row {plain(bold[0])!r} stands in line {first} too."
                found.append(Problem(page.file, number, what, "Join them, or say how they differ."))
        doubled = [name for name, n in Counter(plain(cell).lower() for cell in rows[0]).items() if n > 1]
        if doubled:
            found.append(Problem(page.file, line, f"two columns are called {doubled[0]!r}.", "Give one another name."))
    return found


@rule
def tables_are_readable(site: Site) -> Iterator[Problem]:
    """A table has a caption of its own, rows of its header's width with one header each, and no cell without a word."""
    assert any(page.tables for page in site.pages.values()), "no page holds a table"
    for page in site.pages.values():
        yield from _unreadable(page)


# -- HTML --------------------------------------------------------------------------------------------------------------

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 -- words, not data
SVG = frozenset("circle ellipse image line path polygon polyline rect stop use".split())  # noqa: SIM905 -- words, not data
#: What the parser must not read: code, and addresses between < and >.
HIDDEN = re.compile(CODE)
COMMENT = re.compile(r"(?s)<!--.*?-->")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


@cache
def _bare(page: Page) -> str:
    """The body with code and addresses blank, line for line and column for column."""
    return HIDDEN.sub(_blank, page.body)


class _Tag(NamedTuple):
    """An opening tag: its line, its name, its attributes, its text as written."""

    line: int
    name: str
    attributes: list[tuple[str, str | None]]
    written: str


class _Reader(HTMLParser):
    """Collects the opening tags of a body, and (line, what, mend) of those that do not pair."""

    def __init__(self, first_line: int) -> None:
        super().__init__()
        self.before = first_line - 1
        self.tags: list[_Tag] = []
        self.faults: list[tuple[int, str, str]] = []
        self.opened: list[tuple[int, str]] = []

    @property
    def line(self) -> int:
        """The line of the file at which the parser stands."""
        return self.getpos()[0] + self.before

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag as opened."""
        self.tags.append(_Tag(self.line, tag, attrs, self.get_starttag_text() or ""))
        if tag not in VOID:
            self.opened.append((self.line, tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag; only SVG knows elements that close themselves."""
        self.tags.append(_Tag(self.line, tag, attrs, self.get_starttag_text() or ""))
        if tag not in VOID and tag not in SVG:
            self.faults.append((self.line, f"<{tag}/> does not close itself.", f"Write <{tag}></{tag}>."))

    def handle_endtag(self, tag: str) -> None:
        """Pair the tag with the last opened one."""
        if tag not in [name for _, name in self.opened]:
            self.faults.append((self.line, f"</{tag}> closes nothing.", "Delete it, or open the element above."))
            return
        while self.opened[-1][1] != tag:
            line, name = self.opened.pop()
            self.faults.append(
                (line, f"<{name}> is not closed before </{tag}> in line {self.line}.", f"Add </{name}> before it.")
            )
        self.opened.pop()

    def finish(self) -> None:
        """Note what is still open at the end."""
        self.close()
        for line, name in self.opened:
            self.faults.append((line, f"<{name}> is not closed on this page.", f"Add </{name}>."))


@cache
def _html(page: Page) -> _Reader:
    reader = _Reader(page.first_line)
    reader.feed(COMMENT.sub(_blank, _bare(page)))
    reader.finish()
    return reader


def _attributes(page: Page) -> Iterator[Problem]:
    for line, name, attributes, written in _html(page).tags:
        twice = [key for key, n in Counter(key for key, _ in attributes).items() if n > 1]
        if twice:
            yield Problem(page.file, line, f"<{name}> has the attribute {twice[0]} twice.", "Delete one.")
        if bare := re.search(r"\s([\w:-]+)=(?![\"'])", re.sub(r"\"[^\"]*\"|'[^']*'", '""', written)):
            yield Problem(
                page.file, line, f"the value of {bare[1]} stands without quotation marks.", f'Write: {bare[1]}="…"'
            )


def _ids(page: Page) -> list[tuple[int, str]]:
    """(line, id) of each id that the page's text makes."""
    found = [(tag.line, value) for tag in _html(page).tags for key, value in tag.attributes if key == "id" and value]
    for n, line in enumerate(COMMENT.sub(_blank, _bare(page)).split("\n"), page.first_line):
        found += [(n, match[1]) for match in re.finditer(r"\{[^}\n]*#([\w-]+)[^}\n]*\}", line)]
    found += [(h.line, slugify(re.sub(r"[*`]", "", h.text), "-")) for h in page.headings if not h.id and h.level == 1]
    return sorted(found)


REFERS = {"aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"}


@cache
def _references(page: Page) -> list[Problem]:
    found: list[Problem] = []
    first: dict[str, int] = {}
    for line, name in _ids(page):
        if name in first:
            found.append(
                Problem(page.file, line, f"the id {name} stands in line {first[name]} too.", "Give one another id.")
            )
        first.setdefault(name, line)
    for tag in _html(page).tags:
        for key, value in tag.attributes:
            inner = value and (value[1:] if key in ("href", "xlink:href") and value[0] == "#" else "")
            for name in [inner] if inner else (value or "").split() if key in REFERS else []:
                if name not in first:
                    what = f"{key} of <{tag.name}> names the id {name}, which is not on this page."
                    found.append(
                        Problem(page.file, tag.line, what, f'Mend the name, or write id="{name}" on what it means.')
                    )
    return found


def _captions(page: Page) -> Iterator[Problem]:
    """Blocks of /// that are opened or closed alone."""
    opened, mend = 0, "A block is opened by /// table-caption and closed by /// alone."
    for number, line in enumerate(_bare(page).split("\n"), page.first_line):
        if line.startswith("///"):
            opens = bool(line[3:].strip())
            if opens == bool(opened):
                what = f"the block of line {opened} is not closed before this one." if opens else "/// closes nothing."
                yield Problem(page.file, number, what, mend)
            opened = number if opens else 0
    if opened:
        yield Problem(page.file, opened, "a block /// is not closed on this page.", "Add a line /// below its text.")


def _pairs(page: Page) -> Iterator[Problem]:
    """Comments and fences that are opened or closed alone."""
    for mark in re.finditer(r"<!--|-->", COMMENT.sub(_blank, _bare(page))):
        mend = "Close it with -->, or delete the mark."
        yield Problem(page.file, page.line_of(mark.start()), f"a comment with one end: {mark[0]}.", mend)
    for tag in re.finditer(r"</?[a-zA-Z][^<>]*(?=<|\Z)", COMMENT.sub(_blank, _bare(page))):
        what = f"a tag is not closed by >: {tag[0][:30].strip()!r}."
        yield Problem(page.file, page.line_of(tag.start()), what, "Add the >.")
    if fence := re.search(r"(?m)^ *(```|~~~)", _bare(page)):
        line, mend = page.line_of(fence.start()), f"Add a line {fence[1]} below it."
        yield Problem(page.file, line, "a fence of code is not closed.", mend)


@cache
def _unbalanced(page: Page) -> list[Problem]:
    found = [Problem(page.file, *fault) for fault in _html(page).faults]
    return [*found, *_attributes(page), *_references(page), *_captions(page), *_pairs(page)]


@rule
def tags_are_balanced(site: Site) -> Iterator[Problem]:
    """What is opened is closed, in order, on its page: elements, snippets, captions, fences; ids exist, and once."""
    for page in site.pages.values():
        yield from _unbalanced(page)


# -- Markdown ----------------------------------------------------------------------------------------------------------

LIST = re.compile(r" *(?:[-*+]|\d+[.)]) +\S")
#: Marks that this site's Markdown does not know, and would print.
UNKNOWN = [
    (r"^ *(?:!!!|\?\?\?)\+? ", "admonitions are not switched on", "Write a paragraph."),
    (r"^ *=== [\"']", "tabs are not switched on", "Write a heading for each."),
    (r"^ *:::", "fenced blocks of ::: are not switched on", "Write a paragraph, or a div."),
    (r"\[\^[\w-]+\]", "footnotes are not switched on", "Cite, or say it in the text."),
    (r"^ *> *\[!\w+\]", "alerts are not switched on", "Write a paragraph."),
    (r"^ *[-*+] \[[ xX]\] ", "lists of tasks are not switched on", "Write a plain list."),
    (r"~~[^~]+~~|==[^=]+==|\+\+[^+]+\+\+", "marks for deleted or lit text are not switched on", "Write plain text."),
    (r"(?<!\w):[a-z]+(?:[-_][a-z0-9]+)*:(?!\w)", "icons by name are not switched on", "Take it out."),
    (r"^(?:=+|-{4,}) *$", "headings are not underlined", "Write # before the heading."),
    (r"^#{1,6}[^#\s]", "no space behind the # of a heading", "Add it."),
    (r"^ +#{1,6} ", "a heading stands indented", "Begin the line with #."),
    (r"(?<![<(\"=\w/])https?://(?!\S*[>)])", "an address without < and >", "Write <address>, or a link."),
    (r"&amp;(?:[a-z]+|#\d+);", "an entity is escaped twice", "Escape it once: &amp;"),
    (r"(?<!\w)__?[A-Za-z][^_\n]*[A-Za-z.]__?(?!\w)", "emphasis by underscores", "Write * instead."),
]  # fmt: skip
COMPILED = [(re.compile(pattern, re.M), what, mend) for pattern, what, mend in UNKNOWN]


def _unknown(page: Page) -> Iterator[Problem]:
    text = COMMENT.sub(_blank, _bare(page))
    here = [one for one in COMPILED if one[0].search(text)]
    for number, line in enumerate(text.split("\n"), page.first_line) if here else ():
        for pattern, what, mend in here:
            if match := pattern.search(line):
                yield Problem(place(page), number, f"{what}: {match[0].strip()[:30]!r}.", mend)


def _swallowed(page: Page) -> Iterator[Problem]:
    """Lists, tables and lines that Markdown would join to what stands above them."""
    before, file, mend = "", place(page), "Put a blank line between."
    for number, line in enumerate(_bare(page).split("\n"), page.first_line):
        if re.match(r"[^\s#|>/<:{-]", before) and not LIST.match(before):
            if LIST.match(line) and not line.startswith("  "):
                yield Problem(file, number, "a list directly below a paragraph becomes part of it.", mend)
            if line.startswith("|"):
                yield Problem(file, number, "a table directly below a paragraph becomes part of it.", mend)
        if LIST.match(before) and re.match(r"[\w\"*\[(]", line) and not LIST.match(line):
            yield Problem(file, number, "a paragraph directly below a list becomes part of its last item.", mend)
        before = line


def _items(page: Page) -> Iterator[Problem]:
    """Items of lists that Markdown would not read as such."""
    before = ""
    for number, line in enumerate(_bare(page).split("\n"), page.first_line):
        indent = len(line) - len(line.lstrip(" "))
        if LIST.match(line) and indent % 4:
            what = f"an item stands indented by {indent}; Markdown nests by four."
            yield Problem(place(page), number, what, f"Indent by {round(indent / 4) * 4}.")
        if re.match(r" *[-*+][^\s*+-]", line) and re.match(r" *[-*+] ", before):
            yield Problem(place(page), number, "no space behind the mark of an item.", "Add it.")
        before = line


LINKS = re.compile(r"\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")

#: What a link in pieces leaves: tools/rules/links.py tells of it.
LINKISH = re.compile(r"\]\(|\]\[|\.md|\(#|\]:")


def _open_marks(text: str) -> Iterator[tuple[str, str]]:
    """(what, mend) for asterisks and brackets without a partner in a paragraph, item or cell."""
    strong, rest = text.count("**"), text.replace("**", "")
    if strong % 2 or len(re.findall(r"\*(?! )|(?<! )\*", rest)) % 2:
        mark = "**" if strong % 2 else "*"
        yield f"{mark} has no partner in: {text[:50]!r}.", "Close the emphasis, or delete it."
    if strong == 2 and re.search(r"\*\* [^*]*\*\*|\*\*[^*]* \*\*", text):
        yield f"a space inside the emphasis: {text[:50]!r}.", "Delete it: **so**."
    rest = LINKS.sub("", text)
    if rest.count("[") != rest.count("]") and not LINKISH.search(rest):
        yield f"a square bracket has no partner in: {text[:60]!r}.", "Add it, or write [text](target)."


def _open(page: Page) -> Iterator[Problem]:
    for line, kind, text in blocks(page):
        for part in cells(text) if kind == "row" else [text]:
            for what, mend in _open_marks(part.replace("\\*", "")):
                yield Problem(place(page), line, what, mend)
    for number, row in enumerate(_bare(page).split("\n"), page.first_line):
        if "`" in row and "```" not in row:
            mend = "Close the code, or write ' for an apostrophe."
            yield Problem(place(page), number, "a backtick without a partner.", mend)


def _split(page: Page) -> Iterator[Problem]:
    """A line of a quotation directly below one that is none: it has lost its mark, or a blank line above."""
    above = ""
    for number, line in page.lines:
        if line.startswith(">") and above.strip() and not above.startswith((">", "<")):
            mend = "Write > before each line of the quotation, or put a blank line above it."
            yield Problem(place(page), number, "a quotation begins in the midst of a paragraph.", mend)
        above = line


@cache
def _unmarked(page: Page) -> list[Problem]:
    return [*_unknown(page), *_swallowed(page), *_items(page), *_open(page), *_split(page)]


@cache
def is_sound(page: Page) -> bool:
    """Whether a page's marks, links, tags and tables are whole, so that its text can be read."""
    if _unmarked(page) or any(LINKISH.search(LINKS.sub("", text)) for _, _, text in blocks(page)):
        return False
    return place(page) != page.file or not (_unbalanced(page) or _unreadable(page))


@rule
def markdown_is_read_as_meant(site: Site) -> Iterator[Problem]:
    """No mark that this site's Markdown does not know, that joins what stands above, or that is left open."""
    for page in [*site.pages.values(), *documents(site)]:
        yield from _unmarked(page)
