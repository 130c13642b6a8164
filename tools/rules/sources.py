"""Sources: every entry is whole, every citation names the entry that it leads to, every quotation has one."""

import re
from collections.abc import Iterator
from functools import cache
from posixpath import dirname, relpath

from tools.records import Source, citations, cited_keys, listed, sources
from tools.rules.registry import Problem, rule
from tools.site import LINK, Page, Site

#: What can have been seen of a source, and who can speak in it; sources.md explains both to readers.
SEEN = ("abstract", "contents only", "copy", "digest", "excerpt", "opening", "whole text")
WEIGHT = ("Official", "Party", "Press", "Scholarly", "Weak")
ENTRY = re.compile(
    r":   \*\*(?P<weight>[A-Z][a-z]+):\*\* (?P<who>[\w\"*].+?)(?:, (?P<year>(?:c\. )?\d{4}[^.]*|n\.d\.))?\.? .*"
    r"(?P<url><https?://[^>\s]+>|No address recorded\.).* "
    r"Seen: (?P<seen>[a-z ]+)\.(?: .+)?$"
)
FORM = f'Write:  :   **{"|".join(WEIGHT)}:** Author, year. "Title". Publisher. <https://…>. Seen: {"|".join(SEEN)}.'


# -- The list of sources -----------------------------------------------------------------------------------------------


@cache
def _pieces(page: Page) -> list[tuple[int, str]]:
    """(line, what is wrong) of each entry in pieces: a label or a record without the other, or a key used twice."""
    found: list[tuple[int, str]] = []
    keys: dict[str, int] = {}
    lines = [(page.first_line - 1, ""), *page.lines, (0, "")]
    for (_, above), (number, line), (_, below) in zip(lines, lines[1:], lines[2:], strict=False):
        label = re.fullmatch(r"[^#>|<].*\{#([\w-]+)\}", line)
        if label and not below.startswith(":   "):
            found.append((number, f"the label {line!r} has no record below it."))
        if line.startswith(":") and not re.fullmatch(r"[^#>].*? \{#[a-z0-9-]+\}", above):
            found.append((number, "a record without a label above it."))
        if label and label[1] in keys:
            found.append((number, f"the key {label[1]} has an entry on line {keys[label[1]]} already."))
        if label:
            keys.setdefault(label[1], number)
    return found


@rule
def sources_are_complete(site: Site) -> Iterator[Problem]:
    """An entry of a list has a label with a key and a record in its form, and its place in the alphabet."""
    mend = 'Write "Name year {#own-key}" and, on the next line, ":   " and the record.'
    keys: dict[str, str] = {}
    for page in (page for page in site.pages.values() if page.lists_sources):
        yield from (Problem(page.file, line, what, mend) for line, what in _pieces(page))
        for source in listed(page).values():
            if (there := keys.setdefault(source.key, page.file)) != page.file:
                yield Problem(page.file, source.line, f"the key {source.key} has an entry in {there}.", mend)
            yield from (Problem(page.file, source.line + 1, *fault) for fault in _misformed(source))
        yield from (Problem(page.file, *fault) for fault in _misplaced(page))


def _misplaced(page: Page) -> Iterator[tuple[int, str, str]]:
    """(line, what, mend) for each entry that stands out of the alphabet of its section."""
    heads = [heading.line for heading in page.headings if heading.level == 2]
    places = {
        source: (sum(head < source.line for head in heads), source.label.lower()) for source in listed(page).values()
    }
    kept: list[Source] = []
    for source, place in places.items():
        if kept and place < places[kept[-1]]:
            # Where it follows the one before that, it is the one above it that is lost.
            lost = kept.pop() if len(kept) < 2 or place >= places[kept[-2]] else source
            after = (one for one in places if places[one][0] == places[lost][0] and places[one] > places[lost])
            following = min(after, key=places.__getitem__, default=None)
            where = f"above {following.label!r}" if following else "at the end"
            mend = f"Put it {where}: small and capital letters are alike."
            yield lost.line, f"{lost.label!r} stands out of the alphabetical order of its section.", mend
            if lost is source:
                continue
        kept.append(source)


@cache
def _misformed(source: Source) -> list[tuple[str, str]]:
    """(what is wrong, the mend) of the form of a source's record."""
    found = []
    match = ENTRY.match(source.record)
    if not match:
        found.append((f"the record of {source.key} is not of the form of a source.", FORM))
    elif match["weight"] not in WEIGHT:
        found.append(
            (f"the record of {source.key} begins with {match['weight']!r}.", f"Write one of {', '.join(WEIGHT)}.")
        )
    elif match["seen"] not in SEEN:
        found.append((f"the record of {source.key} says 'Seen: {match['seen']}'.", f"Write one of {', '.join(SEEN)}."))
    if source.record.count('"') % 2:
        found.append((f"a quotation mark of {source.key} has no partner.", "Close the title."))
    return found


@cache
def _addresses(record: str) -> list[tuple[str, str]]:
    """(address, what tells it from others: without protocol, www and slash at the end) of each address of a record."""
    found = re.findall(r"<(https?://[^>\s]+)>", record)
    return [(address, re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/")) for address in found]


@rule
def sources_stand_once(site: Site) -> Iterator[Problem]:
    """No two sources share a label or an address."""
    labels: dict[str, Source] = {}
    addresses: dict[str, Source] = {}
    for source in sources(site).values():
        other = labels.setdefault(source.label.lower(), source)
        if other is not source:
            what = f"the label {source.label!r} is also that of {other.key}, {other.file}:{other.line}."
            mend = f"Say what each is on, here and in its citations: {source.label}, on …"
            yield Problem(source.file, source.line, what, mend)
        for address, plain in _addresses(source.record):
            other = addresses.setdefault(plain, source)
            if other is not source:
                what = f"the address {address} stands in the entry {other.key}, {other.file}:{other.line}, too."
                yield Problem(source.file, source.line + 1, what, f"Cite {other.key}, or mend the address.")


def _years(text: str) -> set[str]:
    """The years that a text states; 2009-10 states both."""
    found = set(re.findall(r"\b(?:1[89]|20)\d\d\b", text))
    return found | {f"{m[1]}{m[2]}" for m in re.finditer(r"\b(1[89]|20)\d\d-(\d\d)\b", text)}


@cache
def _misdated(source: Source) -> tuple[str, str] | None:
    """(what is wrong, the mend) of the year in a source's label."""
    have = _years(source.label)
    # Titles, addresses and page ranges hold years that are not the source's own.
    stated = _years(re.sub(r"\"[^\"]*\"|<[^>]*>|\*[^*]*\*|:\d{4}-\d{4}", "", source.record))
    if not have and "n.d." not in source.label:
        return f"the label {source.label!r} names no year.", "Write: Name 2004, Name c. 2004 or Name n.d."
    if have - stated:
        what = f"the label says {', '.join(sorted(have))}, the record {', '.join(sorted(stated)) or 'no year'}."
        return what, "Make both name the same year; without one, write: n.d."
    if not have and stated and "n.d." not in source.record:
        what = f"the label says n.d., the record {', '.join(sorted(stated))}."
        return what, "Put the year into the label and its citations, or n.d. into the record."
    return None


@rule
def labels_have_the_year(site: Site) -> Iterator[Problem]:
    """A label of a source ends in the year of its record, or in n.d. where the record has none."""
    for source in sources(site).values():
        if wrong := _misdated(source):
            yield Problem(source.file, source.line, *wrong)


# -- Citations ---------------------------------------------------------------------------------------------------------


@cache
def _cited(page: Page) -> set[str]:
    return {citation.key for citation in citations(page)}


@rule
def sources_and_citations_match(site: Site) -> Iterator[Problem]:
    """Every citation has a source, every source a citation; a page's `sources` are the keys that it cites.

    They stand in the alphabetical order of their labels, in which the page shows them at its foot.
    """
    entries, cited = sources(site), set()
    for page in site.pages.values():
        cited |= _cited(page)
        for citation in citations(page):
            source = entries.get(citation.key)
            if source is None:
                mend = "Add it to a list below docs/sources/, or mend the key."
                yield Problem(page.file, citation.line, f"unknown source {citation.key}.", mend)
            elif source.file != f"docs/{citation.path}":
                what = f"{citation.path} does not hold {citation.key}."
                mend = f"Write: {relpath(source.file, dirname(page.file))}#{citation.key}"
                yield Problem(page.file, citation.line, what, mend)
        stated = page.meta.get("sources", [])
        ordered = sorted(_cited(page), key=lambda key: (entries[key].label.lower() if key in entries else "", key))
        # Where an entry is yet to come, nobody can tell its place in the order.
        whole = _cited(page) <= entries.keys()
        if whole and not page.lists_sources and isinstance(stated, list) and [*map(str, stated)] != ordered:
            what = "sources differ from the page's citations, sorted by label."
            yield Problem(page.file, page.key_line("sources"), what, f"Paste: sources: [{', '.join(ordered)}]")
    for source in (entries[key] for key in entries.keys() - cited):
        yield Problem(source.file, source.line, f"{source.key} is cited nowhere.", "Cite it, or take the entry out.")


def _repeats(text: str, label: str) -> bool:
    """Whether a citation's text is the label, adds to it behind a comma, or says who speaks in it: "Cole, in eWEEK"."""
    return text == label or text.startswith(f"{label}, ") or _speaks_in(text, label)


def _speaks_in(text: str, label: str) -> bool:
    return bool(re.search(rf", in (?:an? |the )?{re.escape(label)}$", text))


def _longest(text: str, labels: dict[str, Source]) -> Source | None:
    """The source whose label a citation's text is or, up to one of its commas, begins with; the longest such label."""
    cuts = [len(text), *(match.start() for match in re.finditer(", ", text))]
    return next((labels[text[:cut]] for cut in sorted(cuts, reverse=True) if text[:cut] in labels), None)


@rule
def citations_repeat_their_entry(site: Site) -> Iterator[Problem]:
    """The text of a citation is the label of its entry, which a comma may follow, or which "…, in" may come before."""
    entries = sources(site)
    by_label = {source.label: source for source in entries.values()}
    for page in site.pages.values():
        for citation in citations(page):
            source = entries.get(citation.key)
            if not source or citation.text == source.label:
                continue
            meant = _longest(citation.text, by_label)
            if meant and meant.label != source.label and not _speaks_in(citation.text, source.label):
                what = f"[{citation.text}] leads to {source.key}, and repeats the label of {meant.key}."
                mend = f"Write: [{source.label}], or lead to #{meant.key}."
                yield Problem(page.file, citation.line, what, mend)
            elif not _repeats(citation.text, source.label):
                what = f"[{citation.text}] leads to {source.key}, whose label it does not repeat."
                mend = f"Write: [{source.label}], [{source.label}, on …] or [somebody, in {source.label}]."
                yield Problem(page.file, citation.line, what, mend)


# -- Quotations --------------------------------------------------------------------------------------------------------

#: Words from which on a text between quotation marks is a quotation; fewer are a name, a title or a term.
QUOTED = 6
QUOTATION = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|‘([^’]+(?:’\w[^’]*)*)’|<q>(.+?)</q>', re.S)
#: Sections (page, id) whose quoted texts are models of our own, for a contract or a report.
OWN = {
    ("definitions/bpo.md", "in-a-contract"),
    ("definitions/core-kpo.md", "in-a-contract"),
    ("definitions/transformational-bpo.md", "in-a-contract"),
    ("market.md", "slide"),
}
#: How a clause of our own begins, which a page drafts for its readers to start from.
SAMPLE = re.compile(r"> \*\*\[A clause to start from\]\([^)]*#samples\)\.\*\* ")


@cache
def _paragraphs(page: Page) -> list[tuple[int, str, str | None]]:
    """(first line, text, id of its H2 or H3) of each block of lines; each row of a table and each item is a block."""
    found: list[tuple[int, str, str | None]] = []
    anchor, joined = None, False
    ids = {heading.line: heading.id for heading in page.headings}
    for number, line in page.lines:
        if number in ids:
            anchor, joined = ids[number], False
        elif not line.strip(" >"):
            joined = False
        elif joined and not re.match(r" *(\||[-*] |\d+\. |///)", line):
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line}", anchor)
        else:
            found.append((number, line, anchor))
            joined = True
    return found


def _quotations(text: str) -> Iterator[tuple[str, str, str]]:
    """(what stands before it in its sentence, quotation, what follows) of each quotation of `QUOTED` words or more."""
    if text.startswith(">"):
        # Without its marks, so that what is quoted inside is not found twice.
        yield "", re.sub(r"(?m)^> ?", "", LINK.sub("", text)), text
        return
    text = re.sub(r"<(?!/?q>)[^>\n]*>|`[^`]*`|\{[^}\n]*\}", "", text)
    for match in QUOTATION.finditer(text):
        before = re.split(r"[.?!] ", text[: match.start()])[-1]
        yield before, next(filter(None, match.groups())), text[match.end() :]


@cache
def _unsourced(page: Page) -> list[tuple[int, str]]:
    """(line, quotation) of each quotation on a page without a citation in its sentence or below in its paragraph."""
    found, above = [], ""
    for line, text, anchor in _paragraphs(page):
        introduced = text.startswith(">") and bool(cited_keys(above))
        for before, quotation, after in _quotations(text):
            long = len(re.findall(r"\w[\w’'-]*", LINK.sub(r"\g<text>", quotation))) >= QUOTED
            own = (page.path, anchor) in OWN or SAMPLE.match(text)
            sourced = introduced or own or cited_keys(before + quotation + after)
            if long and not sourced:
                found.append((line, quotation))
        above = text
    return found


@rule
def quotations_have_a_source(site: Site) -> Iterator[Problem]:
    """A quotation of six words or more has a citation in its sentence, or below it in its paragraph."""
    for page in site.pages.values():
        if page.lists_sources:
            continue
        for line, quotation in _unsourced(page):
            words = " ".join(quotation.split()[:QUOTED])
            mend = "Cite the source behind it: ([Name 2004](…sources/deals.md#key)); or say it in words of your own."
            yield Problem(page.file, line, f'the quotation "{words} …" has no source.', mend)
