"""What follows from the records is as `make records` makes it."""

from collections.abc import Iterator
from os.path import commonprefix

from tools.make import MAKERS, stale
from tools.make.cards import LOOK, stale_cards
from tools.make.sections import sections
from tools.rules.registry import Problem, rule
from tools.site import Site

MEND = "Run: make records"


@rule
def made_parts_have_a_place(site: Site) -> Iterator[Problem]:
    """A part of a page that is made stands below a heading with an id of its own."""
    for page, anchor, _ in sections(site):
        if anchor not in {heading.id for heading in page.headings}:
            alike = [one.text for other in site.of(page.kind) for one in other.headings if one.id == anchor]
            mend = f"Write:  ## {alike[0] if alike else anchor.capitalize()} {{#{anchor}}}"
            yield Problem(page.file, page.first_line, f"no heading {{#{anchor}}}, below which a part is made.", mend)


@rule
def made_parts_are_fresh(site: Site) -> Iterator[Problem]:
    """Indexes, matrix, neighbours, words.json, terms.json, feed, stubs, list of addresses are what the records make."""
    if list(made_parts_have_a_place(site)):
        return
    for maker in MAKERS:
        for file, text in stale(site, maker).items():
            if text is None:
                yield Problem(file, 1, "follows from no record.", MEND)
                continue
            at = len(commonprefix([site.text(file), text]))  # noqa: RUF071 -- of texts, not of paths
            line = text.count("\n", 0, at) + 1
            want = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
            start = max(0, at - text.rfind("\n", 0, at) - 40)
            shown = f"{'…' * (start > 0)}{want[start : start + 90].strip()}{'…' * (len(want) > start + 90)}"
            yield Problem(file, line, f"not what the records make; here it should read: {shown!r}.", MEND)


@rule
def cards_are_fresh(site: Site) -> Iterator[Problem]:
    """The site, each definition and each case has a card that shows what its record says, in the site's colours."""
    stale = stale_cards(site)
    for file, what in stale:
        if what != LOOK:
            yield Problem(file, 1, what, MEND)
    # A change of look makes them all stale: one fault, one problem.
    if faded := [file for file, what in stale if what == LOOK]:
        yield Problem(faded[0], 1, f"{LOOK} So have {len(faded) - 1} more cards.", MEND)
