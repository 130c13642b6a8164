"""The words that people type into the search: words.json, which the search reads, and the glossary's index of them.

Both are made from tools/search.yml and from the names that records and the nav give.
"""

import json
from functools import lru_cache
from posixpath import relpath
from typing import Any

import yaml

from tools.records import nav_name
from tools.site import LOADER, Page, Site

FILE, MADE = "tools/search.yml", "docs/assets/search/words.json"
#: The keys of tools/search.yml, and what each must be.
KEYS: dict[str, type] = {"asks": str, "weak": str, "lost": list, "same": list, "leads": dict, "lay": dict}
#: Those of them whose phrases lead to a place, and the one of these that the glossary lists.
LEADS, LISTED = ("leads", "lay"), ("leads",)


@lru_cache(maxsize=2)
def _table(text: str) -> dict[str, Any]:
    try:
        table = yaml.load(text, LOADER)  # noqa: S506 -- a safe one
    except yaml.YAMLError:
        table = None
    table = table if isinstance(table, dict) else {}
    return {key: table[key] if isinstance(table.get(key), kind) else kind() for key, kind in KEYS.items()}


def table(site: Site) -> dict[str, Any]:
    """What tools/search.yml says, by its keys; a key that is missing, or is of another type, is empty."""
    return _table(site.text(FILE))


def leads(site: Site, keys: tuple[str, ...] = LEADS) -> list[tuple[str, list[str]]]:
    """(place, phrases that lead there) of each entry below these keys; a place is a page or page#heading."""
    entries = (entry for key in keys for entry in table(site)[key].items())
    return [(str(place), [str(one) for one in phrases or []]) for place, phrases in entries]


def own_names(site: Site, page: Page) -> list[str]:
    """The names that a page has anyhow: its labels in the nav; of a record the term, its aliases, its abbreviation.

    An abbreviation that has a page of its own leads there.
    """
    found = [label for label, path in site.nav if label and path == page.path]
    found = [nav_name(label) if page.kind == "case" else label for label in found]
    if page.kind in ("term", "definition"):
        short = page.meta["abbreviation"]
        other = site.records.get(short.lower(), page)
        mine = other is page or other.meta["term"] != short
        found += [page.meta["term"], *page.meta["aliases"], *([short] if short and mine else [])]
    return list(dict.fromkeys(found))


def address(site: Site, place: str) -> str:
    """The address below the site's root of a place, page or page#heading; where there is no such page, the place."""
    path, mark, anchor = place.partition("#")
    return site.pages[path].url + mark + anchor if path in site.pages else place


def _standing(site: Site, keys: tuple[str, ...] = LEADS) -> list[tuple[str, list[str]]]:
    """`leads` without the places that are not there, which a rule names."""
    there = set(site.addresses)
    return [(place, phrases) for place, phrases in leads(site, keys) if f"/{address(site, place)}" in there]


def glossary_words(site: Site) -> str:
    """The glossary's index of the phrases that ask nothing: a paragraph a letter, each phrase a link to its place."""
    by_letter: dict[str, list[str]] = {}
    asks = ("is", "are", "will", "can", "may", "does", "who", "what", "which", "when", "where", "why", "how")
    every = ((phrase, place) for place, phrases in _standing(site, LISTED) for phrase in phrases)
    pairs = [
        (phrase, place)
        for phrase, place in every
        if phrase.split()[0].lower() not in asks and place != "glossary/index.md"
    ]
    for phrase, place in sorted(pairs, key=lambda pair: pair[0].casefold()):
        path, mark, anchor = place.partition("#")
        link = f"[{phrase}]({relpath(path, 'glossary')}{mark}{anchor})"
        by_letter.setdefault(phrase[0].upper(), []).append(link)
    return "\n\n".join(f"**{letter}:** " + ",\n".join(links) + "." for letter, links in by_letter.items())


def words(site: Site) -> dict[str, str]:
    """The file that the search reads."""
    said = table(site)
    names = {page.url: own_names(site, page) for page in site.pages.values()}
    for place, phrases in _standing(site):
        names.setdefault(address(site, place), []).extend(phrases)
    made = {
        "asks": said["asks"].split(),
        "weak": said["weak"].split(),
        "lost": [address(site, str(place)) for place in said["lost"]],
        "same": said["same"],
        "names": {place: names[place] for place in sorted(names) if names[place]},
    }
    lines = (f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in made.items())
    return {MADE: "{\n" + ",\n".join(lines) + "\n}\n"}
