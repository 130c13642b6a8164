"""The search: each phrase that people type leads to one place, and is there for a reason."""

import re
from collections.abc import Iterator
from functools import cache

from tools.make.words import FILE, KEYS, address, leads, own_names, table
from tools.rules.registry import Problem, rule
from tools.site import Site

#: What a key of tools/search.yml holds, in words.
WRITTEN: dict[type, str] = {str: "words", list: "a list", dict: "a table"}


def _line(site: Site, text: str) -> int:
    """The number of the line of tools/search.yml on which a text stands as a whole; 1 where it stands on none."""
    whole = re.compile(rf"(?<![\w-]){re.escape(text)}(?![\w-])")
    return next((n for n, line in enumerate(site.text(FILE).split("\n"), 1) if whole.search(line)), 1)


@cache
def _bare(text: str) -> str:
    """A name as the search compares it: small letters, no signs, in the singular."""
    return " ".join(word.removesuffix("s") for word in re.findall(r"\w+", text.lower()))


@rule
def search_words_can_be_read(site: Site) -> Iterator[Problem]:
    """tools/search.yml has its keys, its ways on are pages, and no word of it stands for two others."""
    for key, kind in KEYS.items():
        if not table(site)[key]:
            yield Problem(FILE, _line(site, key), f"{key} is missing, or of another type.", f"Write {WRITTEN[kind]}.")
    for path in table(site)["lost"]:
        if path not in site.pages:
            yield Problem(FILE, _line(site, path), f"there is no page {path}.", "Name a page below docs/.")
    seen: dict[str, str] = {}
    for one, *others in table(site)["same"]:
        for word in (one, *others):
            if seen.setdefault(word, one) != one:
                what = f"{word!r} is the same as {seen[word]!r} and as {one!r}."
                yield Problem(FILE, _line(site, f"[{one}"), what, "Leave it in one of the two lists, or join them.")


@rule
def search_words_lead_on(site: Site) -> Iterator[Problem]:
    """Each phrase of tools/search.yml leads to one place, which is there, and is no name that a place has anyhow."""
    names: dict[str, str] = {}
    for page in site.pages.values():
        asked = [heading.text for heading in page.headings if heading.text.endswith("?")]
        names |= {_bare(name): page.file for name in [page.meta["title"], *own_names(site, page), *asked]}
    seen: dict[str, str] = {}
    for place, phrases in leads(site):
        if f"/{address(site, place)}" not in site.addresses:
            mend = "Name a page below docs/, or a heading's id behind it."
            yield Problem(FILE, _line(site, place), f"{place} is no place of this site.", mend)
        for phrase in phrases:
            if there := names.get(_bare(phrase)):
                what = f"{phrase!r} is a name that {there} has anyhow."
                yield Problem(FILE, _line(site, phrase), what, "Take it out here.")
            elif (other := seen.setdefault(_bare(phrase), place)) != place:
                what = f"{phrase!r} leads to {other} and to {place}."
                yield Problem(FILE, _line(site, phrase), what, "Leave it at one of the two.")
