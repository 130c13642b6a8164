"""What follows from the records is made, never typed.

`make records` writes it, the rule `made_parts_are_fresh` holds it.
A maker is a function from a site to the files that it makes, {path from the root: text, or None for a file to delete}.
Makers run in the order of MAKERS, each on what those before it made, so that one run is enough. Nothing runs when the
site is built. Cards are pictures, for which a browser is needed: tools/make/cards.py draws those alone.
"""

from collections.abc import Callable, Mapping

from tools.make.addresses import addresses
from tools.make.counts import counts
from tools.make.data import data
from tools.make.drawings import drawings
from tools.make.feed import feed
from tools.make.hosts import capitals, hosts
from tools.make.llms import llms
from tools.make.nav import nav
from tools.make.references import references
from tools.make.sections import pages
from tools.make.stubs import known, short_addresses, stubs
from tools.make.terms import terms
from tools.make.words import words
from tools.site import Site

Maker = Callable[[Site], Mapping[str, str | None]]
MAKERS: list[Maker] = [
    *(nav, drawings, counts, pages, references, terms, words, data, llms, feed, hosts),
    *(short_addresses, known, stubs, capitals, addresses),
]


def stale(site: Site, maker: Maker) -> dict[str, str | None]:
    """The files of one maker that are not as it makes them, and how they should be: {path: text, or None to delete}."""
    return {file: text for file, text in maker(site).items() if text != (site.text(file) or None)}


def made(site: Site) -> dict[str, str | None]:
    """All files that are not as the records make them, and how they should be."""
    new: dict[str, str | None] = {}
    for maker in MAKERS:
        new.update(stale(site.edited(new), maker))
    return new
