"""Made parts of pages: a record's neighbours, a case's nearest deal, the glossary's two lists, the matrix of cases."""

import re
from collections import Counter
from functools import cache, lru_cache
from operator import ne
from posixpath import dirname, relpath
from typing import NamedTuple

from tools.make.words import glossary_words
from tools.records import CRITERIA, SCHEMA, answers, by_title, decision_table, short_title
from tools.site import Page, Site


class Section(NamedTuple):
    """A part of a page that is made: the page, the id of the heading above it, its text.

    A text that is a table takes the place of the table below the heading, any other that of all that is below it.
    """

    page: Page
    anchor: str
    text: str


#: The labels of a record's relations, and their keys in its front matter.
RELATIONS = {"Broader": "broader", "Related": "related", "Not to be confused with": "confused_with"}


def _entry(page: Page) -> str:
    """A link from the glossary's index to a term or a definition."""
    target = page.path.removeprefix("glossary/") if page.kind == "term" else f"../{page.path}"
    return f"[{page.meta['title']}]({target})"


def glossary_az(site: Site) -> str:
    """The A to Z of the glossary: links to the letters, then for each letter its terms with their definitions."""
    by_letter: dict[str, list[str]] = {}
    for page in by_title(site.of("term", "definition")):
        item = f'{_entry(page)}\n:   \n    --8<-- "{page.path}:def"\n'
        by_letter.setdefault(page.meta["title"][0].upper(), []).append(item)
    jumps = " ".join(f"[{letter}](#letter-{letter.lower()})" for letter in by_letter)
    letters = (
        f"### {a} {{#letter-{a.lower()} data-search-exclude}}\n\n" + "\n".join(items) for a, items in by_letter.items()
    )
    return f"{jumps}\n\n" + "\n".join(letters).strip()


def glossary_topics(site: Site) -> str:
    """The glossary by topic, a link a line: two branches that each add a term then seldom touch the same line."""
    topics: dict[str, list[str]] = {topic: [] for topic in SCHEMA["$defs"]["topic"]["enum"]}
    for page in by_title(site.of("term", "definition")):
        topics[page.meta["topic"]].append(_entry(page))
    return "\n\n".join(
        f"### {topic.capitalize()} {{#{topic.replace(' ', '-')}}}\n\n" + ",\n".join(links) + "."
        for topic, links in topics.items()
        if links
    )


def case_matrix(site: Site) -> str:
    """The matrix of all cases, in the table's order of verdicts, 'not outsourcing' last."""
    order = {row.verdict: n or 98 for n, row in enumerate(decision_table(site))}

    def place(page: Page) -> tuple[list[int], str]:
        return [order.get(verdict, 99) for verdict in page.meta["verdict"]], page.meta["title"]

    heads = ["Case", "Verdict", *CRITERIA, "Outcome", "Function", "Place"]
    rows = [heads, ["---"] * len(heads)]
    for page in sorted(site.of("case"), key=place):
        meta = page.meta
        name = f"**[{short_title(page)}]({page.slug}.md)**"
        facts = [meta["outcome"], meta["function"], ", ".join(meta["place"])]
        rows.append([name, "; or ".join(meta["verdict"]), *answers(page), *facts])
    rule = "|" + "---|" * len(heads)
    return "\n".join(rule if row[0] == "---" else f"| {' | '.join(row)} |" for row in rows)


def neighbours(site: Site, page: Page) -> str:
    """The neighbours of a term or definition: its relations, and the cases that link to it.

    What the page links to above is left out, unless nothing else is left.
    """
    return _neighbours(site, page, _above(page)) or _neighbours(site, page, frozenset())


@cache
def _above(page: Page) -> frozenset[str]:
    """The paths to which a page links above its neighbours; remembered, since most edits of a site leave it alone."""
    end = page.at("{#neighbours}")
    return page.paths(link.target for link in page.links if link.line < end)


def _neighbours(site: Site, page: Page, without: frozenset[str]) -> str:
    cases = [case for case in site.of("case") if page.path in case.linked]
    named = {
        label: [site.records[one] for one in page.meta[key] if one in site.records] for label, key in RELATIONS.items()
    }
    named["In the cases"] = by_title(cases)
    lines = []
    for label, others in named.items():
        links = []
        for other in others:
            if other.path not in without:
                name = short_title(other) if other.kind == "case" else other.meta["title"]
                links.append(f"[{name}]({relpath(other.path, dirname(page.path))})")
        if links:
            lines.append(f"{label}: {', '.join(links)}.")
    return "\n\n".join(lines)


@lru_cache(maxsize=2)
def neighbour_deals(site: Site) -> dict[str, Page]:
    """For the path of each case the deal whose answers differ from its own in the fewest questions.

    Of several, one of the same function comes first, then one with another verdict, then one named less often so far.
    """
    found: dict[str, Page] = {}
    cases, named = by_title(site.of("case")), Counter[str]()
    for case in cases:
        found[case.path] = min(
            (other for other in cases if answers(other) != answers(case)),
            key=lambda other: (
                sum(map(ne, answers(other), answers(case))),
                other.meta["function"] != case.meta["function"],
                other.meta["verdict"] == case.meta["verdict"],
                named[other.path],
            ),
        )
        named[found[case.path].path] += 1
    return found


def nearest(site: Site, case: Page) -> str:
    """A deal whose answers differ from a case's in the fewest questions: what was bought there, and why they do."""
    other = neighbour_deals(site)[case.path]
    apart: dict[tuple[str, str], list[str]] = {}
    for name, there, here in zip(CRITERIA.values(), answers(other), answers(case), strict=True):
        if there != here:
            apart.setdefault((there, here), []).append(name)
    # Two questions that are answered in one way are told at once.
    told = []
    bought = f" ({other.meta['short']})" if "short" in other.meta else ""
    where = f"For [{short_title(other)}]({other.slug}.md){bought}"
    for (there, here), names in apart.items():
        answer, it, be = ("answers", "they", "are") if names[1:] else ("answer", "it", "is")
        told.append(f"In the deal above the {answer} on **{' and '.join(names)}** {be} {here}.")
        told.append(f"{where} {it} {be} {there}.")
        told += [other.meta["criteria"][name]["why"] for name in names]
        where = "There"
    return f"- {' '.join(told)}"


# Asked for by the rules and by the maker, one after the other: the last two sites are enough.
@lru_cache(maxsize=2)
def sections(site: Site) -> list[Section]:
    """Every section that is made."""
    records = site.of("term", "definition")
    return [
        Section(site.pages["glossary/index.md"], "a-to-z", glossary_az(site)),
        Section(site.pages["glossary/index.md"], "topics", glossary_topics(site)),
        Section(site.pages["glossary/index.md"], "words", glossary_words(site)),
        Section(site.pages["examples/index.md"], "matrix", case_matrix(site)),
        *(Section(page, "neighbours", neighbours(site, page)) for page in records),
        *(Section(page, "nearest", nearest(site, page)) for page in site.of("case")),
    ]


def _replaced(body: str, anchor: str, text: str) -> str:
    """A page's body with another text below a heading; AssertionError where the heading is missing."""
    heading = re.search(rf"\{{#{anchor}(?: [^}}\n]*)?\}}\n", body)
    assert heading, f"no heading with the id {anchor}"
    head, rest = body[: heading.end()], body[heading.end() :]
    if text.startswith("|"):
        after = re.sub(r"\A\s*(?:\|.*\n)*", "", rest)
    else:
        later = re.search(r"^## ", rest, re.M)
        after = "\n" + rest[later.start() :] if later else ""
    return f"{head}\n{text}\n{after}".rstrip() + "\n"


def pages(site: Site) -> dict[str, str]:
    """Each page that holds made parts, as it should be."""
    bodies: dict[str, str] = {}
    for page, anchor, text in sections(site):
        bodies[page.path] = _replaced(bodies.get(page.path, page.body), anchor, text)
    return {f"docs/{path}": f"---\n{site.pages[path].front}\n---\n{body}" for path, body in bodies.items()}
