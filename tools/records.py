"""What a term, a definition, a case and a source is: the schema, the decision table, sources/, the changes."""

import datetime
import json
import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from tools.site import Page, Site, Table

#: The keys and values of each kind of page's front matter, as JSON Schema.
SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
#: The four questions of the test, in the decision table's order: the head of each column, its key in a case's record.
CRITERIA = {"Supplier?": "supplier", "Expertise?": "expertise", "Core?": "core", "Change?": "change"}
#: The marks of docs/assets/style.css by what they stand for: the name of a definition, or a part of a verdict.
MARKS = {
    "core-kpo": "A",
    "transformational-bpo": "B",
    "bpo": "P",
    "core KPO": "A",
    "transformational BPO": "B",
    "plain BPO": "P",
}


# -- The decision table ------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A row of the decision table: what it asks of the four answers ('yes', 'no' or 'any'), verdict, what to say."""

    wants: tuple[str, ...]
    verdict: str
    say: str


def decision_table(site: Site) -> list[Row]:
    """The decision table of classify.md; AssertionError where the page has none."""
    for table in site.pages["classify.md"].tables:
        if table.rows[0][:4] == list(CRITERIA):
            # A row that is not whole is named by the rule on tables.
            whole = (row for row in table.rows[1:] if len(row) == len(table.rows[0]))
            return [Row(tuple(row[:4]), row[4].strip("*"), row[5]) for row in whole]
    raise AssertionError(f"docs/classify.md: no table with the columns {' | '.join(CRITERIA)}")


def verdicts(table: list[Row], answers: tuple[str, ...]) -> list[str]:
    """All verdicts that four answers can lead to, in the table's order; 'disputed' is tried both ways."""
    tries = set(product(*(("yes", "no") if answer == "disputed" else (answer,) for answer in answers)))
    return [
        row.verdict
        for row in table
        if any(all(want in ("any", have) for want, have in zip(row.wants, one, strict=True)) for one in tries)
    ]


@cache
def answers(case: Page) -> tuple[str, ...]:
    """The four answers of a case, in the order of CRITERIA."""
    return tuple(case.meta["criteria"][name]["answer"] for name in CRITERIA.values())


def short_title(case: Page) -> str:
    """A case's title up to its colon: the name by which lists call it."""
    return case.meta["title"].split(":")[0]


def nav_name(label: str) -> str:
    """The name in a label of the nav: all of it, but of a case, "who: what", what stands before the colon."""
    return label.partition(": ")[0]


# -- Sources -----------------------------------------------------------------------------------------------------------


class Source(NamedTuple):
    """An entry of a list of sources: its file, the line of its label, its key, label, record as one line of text."""

    file: str
    line: int
    key: str
    label: str
    record: str

    @property
    def address(self) -> str:
        """The address below the site's root, e.g. 'sources/deals/#aba-jm'."""
        return f"{self.file.removeprefix('docs/').removesuffix('.md')}/#{self.key}"

    @property
    def weight(self) -> str:
        """The weight that the record states, '' if it states none."""
        match = re.match(r":   \*\*([A-Z][a-z]+):\*\* ", self.record)
        return match[1].lower() if match else ""


@cache
def listed(page: Page) -> dict[str, Source]:
    """The entries of one list of sources by key."""
    entries = {}
    for (number, line), (_, record) in zip(page.lines, page.lines[1:], strict=False):
        match = re.fullmatch(r"(?P<label>[^#>].*?) \{#(?P<key>[a-z0-9-]+)\}", line)
        if match and record.startswith(":   "):
            entries[match["key"]] = Source(page.file, number, match["key"], match["label"], record)
    return entries


def sources(site: Site) -> dict[str, Source]:
    """The entries of all lists of sources by key."""
    found = {key: one for page in site.pages.values() if page.lists_sources for key, one in listed(page).items()}
    assert found, "docs/sources/ holds no entry"
    return found


#: The target of a citation: the path below docs/ of a list of sources, the key.
CITED = re.compile(r"(sources/[\w-]+\.md)#([\w-]+)")


def cited_keys(text: str) -> frozenset[str]:
    """The keys of the sources that a text cites."""
    return frozenset(key for _, key in CITED.findall(text))


class Citation(NamedTuple):
    """A link into a list of sources: its line, its text, the list's path below docs/, the key of the source."""

    line: int
    text: str
    path: str
    key: str


@cache
def citations(page: Page) -> list[Citation]:
    """Every citation of a page, in order."""
    found = ((link, CITED.fullmatch(link.target.replace("../", ""))) for link in page.links)
    return [Citation(link.line, link.text, match[1], match[2]) for link, match in found if match]


# -- Lists that other pages count --------------------------------------------------------------------------------------


def table_below(page: Page, anchor: str) -> Table:
    """The first table below the heading with this id; AssertionError where there is none."""
    start = next((heading.line for heading in page.headings if heading.id == anchor), None)
    found = next((table for table in page.tables if start is not None and table.line > start), None)
    assert found, f"{page.file}: no table below a heading with the id {anchor}"
    return found


class Change(NamedTuple):
    """A line under "Changes" on about.md: where, its day (None where it is not "- 1 May 2026: text"), what changed."""

    line: int
    day: datetime.date | None
    text: str


def changes(site: Site) -> list[Change]:
    """The list of changes on about.md, in order."""
    found, inside = [], False
    for number, line in site.pages["about.md"].lines:
        if line.startswith("#"):
            inside = line.endswith("{#changes}")
        elif inside and line.startswith(("-", "*")):
            match = re.fullmatch(r"- (\d{1,2} \w+ \d{4}): (\S.*)", line)
            try:
                day = datetime.datetime.strptime(match[1], "%d %B %Y").date() if match else None
            except ValueError:
                day = None
            found.append(Change(number, day, match[2] if match else line))
    return found


def by_title(pages: list[Page]) -> list[Page]:
    """Pages in the alphabetical order of their titles."""
    return sorted(pages, key=lambda page: page.meta["title"].lower())
