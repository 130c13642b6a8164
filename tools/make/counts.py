"""The counts that prose states: a number that counts a list of the site is bound to the list, and rewritten from it.

tools/counts.yml says how each list is counted and by which phrases pages state the number. Nothing is rewritten in
the lists of sources (titles of others), in a drawing (made whole) and in a dated line of "Changes" (true on its day).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import yaml

from tools.make.numbers import BEFORE, NUMBER, like, value
from tools.records import sources, table_below
from tools.site import LOADER, Page, Site

FILE = "tools/counts.yml"
#: Files beside the pages whose text states counts.
BESIDE = ["mkdocs.yml", "README.md", "CONTRIBUTING.md", "CITATION.cff", "overrides/404.html"]
#: What stands for the number: itself, the ten below it ("over sixty": 61 to 70), the nearest ten ("some sixty").
PLACES = {
    "{n}": lambda number: number,
    "{over}": lambda number: (number - 1) // 10 * 10,
    "{about}": lambda number: (number + 5) // 10 * 10,
}
ITEM = re.compile(r"(?:\d+\.|[-*]) +\S")


class Uncountable(Exception):
    """A list cannot be counted; the message says why."""


class Unusable(Exception):
    """tools/counts.yml cannot be used: the line, what is wrong, the mend."""


class Phrase(NamedTuple):
    """A phrase that states a number: its list, its text, the only file where it does or '', its line in counts.yml."""

    list: str
    text: str
    file: str
    line: int


class Counts(NamedTuple):
    """What tools/counts.yml says: how lists are counted and their lines, the phrases, the free phrases, the nouns."""

    lists: Mapping[str, Any]
    lines: Mapping[str, int]
    phrases: tuple[Phrase, ...]
    free: tuple[Phrase, ...]
    nouns: tuple[str, ...]


class Stated(NamedTuple):
    """A number that a phrase states in a text: where it begins and ends, and the phrase."""

    start: int
    end: int
    phrase: Phrase


# -- tools/counts.yml --------------------------------------------------------------------------------------------------


def _phrases(name: str, entry: yaml.MappingNode) -> Iterator[Phrase]:
    """The phrases of a list: those under `say` count in every file, those under `on` in one."""
    for key, node in entry.value:
        if key.value == "say":
            yield from (Phrase(name, one.value, "", one.start_mark.line + 1) for one in node.value)
        elif key.value == "on":
            for file, some in node.value:
                path = file.value if file.value in BESIDE else f"docs/{file.value}"
                yield from (Phrase(name, one.value, path, one.start_mark.line + 1) for one in some.value)


@cache
def _read(text: str) -> Counts:
    try:
        data, root = yaml.load(text, LOADER), yaml.compose(text, LOADER)  # noqa: S506 -- a safe one
        parts: dict[str, Any] = {key.value: node for key, node in getattr(root, "value", ())}
        phrases: list[Phrase] = []
        lines: dict[str, int] = {}
        free: list[Phrase] = []
        for key, entry in parts["lists"].value:
            lines[key.value] = key.start_mark.line + 1
            phrases += _phrases(key.value, entry)
        for reason, some in parts["free"].value:
            free += [Phrase(reason.value, one.value, "", one.start_mark.line + 1) for one in some.value]
        lists = {name: entry["count"] for name, entry in data["lists"].items()}
        nouns = tuple(map(str, data["nouns"]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        mend = "Quote what holds a colon or braces; below `free` a phrase stands under a reason, which ends in a colon."
        raise Unusable(line, "this is not YAML.", mend) from None
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        mend = "It has three parts: lists (each with count, say, on), free, nouns."
        raise Unusable(1, f"a part is missing or of another kind ({error}).", mend) from None
    for phrase in phrases:
        if sum(phrase.text.count(place) for place in PLACES) != 1:
            what = f"{phrase.text!r} has not one place for the number."
            raise Unusable(phrase.line, what, f"Write one of: {', '.join(PLACES)}")
    return Counts(lists, lines, tuple(phrases), tuple(free), nouns)


def read(site: Site) -> Counts:
    """What tools/counts.yml says; raises `Unusable`."""
    return _read(site.text(FILE))


# -- Counting ----------------------------------------------------------------------------------------------------------


def _page(site: Site, place: str) -> tuple[Page, str]:
    path, _, anchor = place.partition("#")
    page = site.pages.get(path)
    if not page:
        raise Uncountable(f"there is no page {path}")
    if anchor and anchor not in {heading.id for heading in page.headings}:
        raise Uncountable(f"{page.file} has no heading {{#{anchor}}}")
    return page, anchor


def _rows(site: Site, place: str, **only: Any) -> int:
    """Rows of the table below a heading: all, those whose cells begin as `where` says, or a column's distinct cells."""
    page, anchor = _page(site, place)
    try:
        table = table_below(page, anchor)
    except AssertionError:
        raise Uncountable(f"{page.file} has no table below {{#{anchor}}}") from None
    table = page.tables[page.tables.index(table) + only.get("table", 1) - 1]
    # What is made beside the name of a column is no part of it.
    head, rows = [cell.partition("<br>")[0] for cell in table.rows[0]], table.rows[1:]
    for column, wanted in {**only.get("where", {}), only.get("distinct", head[0]): ""}.items():
        if column not in head:
            raise Uncountable(f"the table at {page.file}:{table.line} has no column {column!r}")
        rows = [row for row in rows if len(row) == len(head) and re.match(wanted, row[head.index(column)].strip("*"))]
    if column := only.get("distinct"):
        cells = (row[head.index(column)] for row in rows)
        return len({(re.search(r"\]\(([^)]*)\)", cell) or [cell, cell])[1] for cell in cells})
    return len(rows)


def _columns(site: Site, place: str) -> int:
    """Columns of the table below a heading, but for the first, which heads the rows."""
    page, anchor = _page(site, place)
    try:
        return len(table_below(page, anchor).rows[0]) - 1
    except AssertionError:
        raise Uncountable(f"{page.file} has no table below {{#{anchor}}}") from None


def _items(site: Site, place: str) -> int:
    """Items of the first list below a heading, what is nested in them left out."""
    page, anchor = _page(site, place)
    found = 0
    for line in page.section(anchor).split("\n"):
        if ITEM.match(line):
            found += 1
        elif found and line.strip() and not line.startswith(" "):
            break
    if not found:
        raise Uncountable(f"{page.file} has no list below {{#{anchor}}}")
    return found


def _headings(site: Site, place: str, level: int, match: str = "") -> int:
    """Headings of a level, on a page or below one of its headings."""
    page, anchor = _page(site, place)
    text = page.section(anchor) if anchor else page.body
    return len(re.findall(rf"^{'#' * level} +{match}", text, re.M))


def _pages(site: Site, kind: str, having: str = "") -> int:
    """Pages of a kind: all, or those that have a heading with an id."""
    return sum(not having or having in {heading.id for heading in page.headings} for page in site.of(kind))


def _values(site: Site, key: str, page: str = "") -> int:
    """Distinct values of a key of the front matter, over all cases or on one page."""
    pages = [_page(site, page)[0]] if page else site.of("case")
    return len({value for one in pages for value in one.meta.get(key) or []} - {"not stated"})


def _difference(site: Site, parts: list[str | int]) -> int:
    """A list's count less those of others, or less plain numbers."""
    known = read(site)
    first, *rest = (part if isinstance(part, int) else count(site, known, part) for part in parts)
    return first - sum(rest)


HOW: Mapping[str, Callable[..., int]] = {
    "rows": _rows,
    "columns": _columns,
    "items": _items,
    "headings": _headings,
    "pages": _pages,
    "values": _values,
    "difference": _difference,
    "sources": lambda site, place: len(sources(site)),
}


def count(site: Site, known: Counts, name: str) -> int:
    """The number of a list; `Uncountable` where it cannot be counted, or where two ways to count it disagree."""
    ways = known.lists.get(name) or []
    found: dict[str, int] = {}
    for way in ways if isinstance(ways, list) else [ways]:
        try:
            (kind, place), *rest = way.items()
            found[f"{kind} {place}"] = HOW[kind](site, place, **dict(rest))
        except (KeyError, TypeError, ValueError, AttributeError, re.error):
            raise Uncountable(f"{way} is no way to count") from None
    if len(set(found.values())) != 1:
        said = "; ".join(f"{number} {how}" for how, number in found.items())
        raise Uncountable(f"its lists differ: {said}" if found else "nothing says how")
    return next(iter(found.values()))


@lru_cache(maxsize=2)
def counted(site: Site) -> tuple[dict[str, int], dict[str, str]]:
    """The number of each list that can be counted, and why each of the others cannot. Raises `Unusable`."""
    known, numbers, faults = read(site), {}, {}
    for name in known.lists:
        try:
            numbers[name] = count(site, known, name)
        except Uncountable as error:
            faults[name] = str(error)
    return numbers, faults


# -- Finding and rewriting ---------------------------------------------------------------------------------------------


def texts(site: Site) -> dict[str, str]:
    """The text of each file that may state a count."""
    pages = {page.file: _whole(page) for page in site.pages.values() if not page.lists_sources}
    return pages | {file: text for file in BESIDE if (text := site.text(file))}


def _whole(page: Page) -> str:
    return f"---\n{page.front}\n---\n{page.body}"


@cache
def _visible(text: str) -> str:
    """A text of the same length in which drawings and dated changes are blank."""
    left_alone = r"<svg\b.*?</svg>|^- \d{1,2} \w+ \d{4}: [^\n]*$"
    return re.sub(left_alone, lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.S | re.M)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """What a phrase matches in a text in small letters: itself, with a number in its place; {*} is any other."""
    before, _, after = re.split(r"(\{n\}|\{over\}|\{about\})", phrase)
    before, after = (re.escape(part.lower()).replace(re.escape("{*}"), NUMBER) for part in (before, after))
    edge = r"(?<!\w)" if re.match(r"\w", phrase) else ""
    end = r"(?!\w)" if re.search(r"\w$", phrase) else ""
    return re.compile(f"{before and edge}{before or BEFORE}(?P<n>{NUMBER}){after}{end}")


@cache
def _fixed(phrase: str) -> tuple[str, ...]:
    """What a phrase holds beside its numbers, in small letters: a text without it cannot match, and is not searched."""
    return tuple(part for part in re.split(r"\{[^}]*\}", phrase.lower()) if part)


def _spans(text: str, numbers: dict[int, int], phrase: str) -> Iterator[tuple[int, int]]:
    """Where a text in small letters has a phrase's number. Most phrases begin with it, and are found by their rest."""
    if not all(part in text for part in _fixed(phrase)):
        return
    place = next(place for place in PLACES if place in phrase)
    if not phrase.startswith(place) or "{*}" in phrase:
        yield from (match.span("n") for match in _pattern(phrase).finditer(text))
        return
    end = r"(?!\w)" if re.search(r"\w$", phrase) else ""
    for match in re.finditer(re.escape(phrase.removeprefix(place).lower()) + end, text):
        if match.start() in numbers:
            yield numbers[match.start()], match.start()


@cache
def _matches(text: str, phrases: tuple[Phrase, ...]) -> tuple[tuple[Stated, ...], ...]:
    """The numbers of a text that phrases state; for each, all phrases that do, the longest first."""
    low = text.lower()
    assert len(low) == len(text), "a letter that is longer when small"
    numbers = {match.end(): match.start() for match in re.finditer(BEFORE + NUMBER, low)}
    found: dict[tuple[int, int], list[Stated]] = {}
    for phrase in phrases:
        for start, end in _spans(low, numbers, phrase.text):
            found.setdefault((start, end), []).append(Stated(start, end, phrase))
    return tuple(tuple(sorted(some, key=lambda one: -len(one.phrase.text))) for _, some in sorted(found.items()))


@cache
def free_spans(text: str, free: tuple[Phrase, ...]) -> tuple[tuple[int, int, Phrase], ...]:
    """Where a text holds a phrase that is free, and which."""
    low = text.lower()
    return tuple(
        (*match.span(), phrase)
        for phrase in free
        if phrase.text.lower() in low
        for match in re.finditer(rf"(?<![\w-]){re.escape(phrase.text)}(?!\w)", text, re.I)
    )


class Text(NamedTuple):
    """A file, its text, the numbers that it states, each with all phrases that state it, and where phrases are free.

    In `visible`, of the same length, what is left alone is blank.
    """

    file: str
    text: str
    visible: str
    stated: tuple[tuple[Stated, ...], ...]
    free: tuple[tuple[int, int, Phrase], ...]


@lru_cache(maxsize=2)
def all_stated(site: Site) -> tuple[Text, ...]:
    """What every file states; a free phrase wins over all others. Raises `Unusable`."""
    known, found = read(site), []
    everywhere = tuple(phrase for phrase in known.phrases if not phrase.file)
    for file, text in texts(site).items():
        visible = _visible(text)
        here = everywhere + tuple(phrase for phrase in known.phrases if phrase.file == file)
        free = free_spans(visible, known.free)
        stated = (
            some
            for some in _matches(visible, here)
            if not any(start <= some[0].start and some[0].end <= end for start, end, _ in free)
        )
        found.append(Text(file, text, visible, tuple(stated), free))
    return tuple(found)


def rivals(some: tuple[Stated, ...]) -> list[Phrase]:
    """The phrases that bind a number: those as long as the longest that fits. They should be of one list."""
    return [one.phrase for one in some if len(one.phrase.text) == len(some[0].phrase.text)]


def counts(site: Site) -> dict[str, str]:
    """Each file that states counts, with the numbers that its lists have now."""
    try:
        files = all_stated(site)
    except Unusable:
        return {}
    numbers, _ = counted(site)
    made = {}
    for file, text, _, stated, _ in files:
        mended = text
        # From the end, so that the places before it hold.
        for some in reversed(stated):
            start, end, phrase = some[0]
            if phrase.list in numbers and len({rival.list for rival in rivals(some)}) == 1:
                place = next(place for place in PLACES if place in phrase.text)
                wanted = PLACES[place](numbers[phrase.list])
                if wanted != value(mended[start:end]):
                    mended = mended[:start] + like(wanted, mended[start:end]) + mended[end:]
        made[file] = mended
    return made
