"""check, records, cards: what `make` calls while somebody writes. Each returns an exit code, 0 where all is well."""

import gc
import sys
from collections.abc import Iterable

from tools import confirmed, make
from tools.rules import RULES, Problem, check, check_beside
from tools.rules.cases import verdicts_follow_the_table
from tools.rules.counts import counts_can_be_counted
from tools.rules.drawings import drawings_can_be_made
from tools.rules.links import links_resolve, published_addresses_answer, redirects_lead_to_pages
from tools.rules.made import MEND as MADE
from tools.rules.made import made_parts_have_a_place
from tools.rules.records import records_are_valid, relations_hold_both_ways
from tools.rules.spelling import remember
from tools.rules.structure import skeletons_are_kept, tables_are_readable
from tools.site import ADDRESSES, Site, Unreadable

#: What must hold before anything is made of the records.
FIRST = [
    records_are_valid,
    tables_are_readable,
    skeletons_are_kept,
    made_parts_have_a_place,
    redirects_lead_to_pages,
]
#: What must hold of the pages as they would be made, before they are written.
THEN = [
    links_resolve,
    published_addresses_answer,
    relations_hold_both_ways,
    verdicts_follow_the_table,
    drawings_can_be_made,
    counts_can_be_counted,
]


def lines(found: dict[str, list[Problem]]) -> list[str]:
    """Each problem on a line, in the order of the files, with the rule that found it; last what is only to be made."""
    pairs = sorted((problem.mend == MADE, problem, name) for name, some in found.items() for problem in some)
    return [f"{problem} [{name}]" for _, problem, name in pairs]


def _say(problems: Iterable[str]) -> int:
    problems = list(problems)
    print("\n".join(problems), file=sys.stderr)
    return len(problems)


def everything(site: Site) -> dict[str, list[Problem]]:
    """What each rule says of the sources, and what nobody has confirmed, by name."""
    found, changed = check_beside(site), sorted(confirmed.unconfirmed(site))
    return {**found, "unconfirmed": changed} if changed else found


def check_all() -> int:
    """Print what each rule says of the sources."""
    # So short a run leaves little to collect, and looking for it takes a tenth of the time.
    gc.disable()
    try:
        site = Site()
    except Unreadable as error:
        _say([str(error)])
        return 1
    found = everything(site)
    remember()
    if number := _say(lines(found)):
        print(f"{number} problem{'s' * (number > 1)}.", file=sys.stderr)
        return 1
    print(f"{len(site.pages)} pages keep {len(RULES)} rules.")
    return 0


def records() -> int:
    """Write what follows from the records; where a page would be harmed, say so and write nothing."""
    try:
        site = Site()
        problems = check(site, FIRST)
        if not problems:
            made = make.made(site)
            # The list of addresses stays as it is: what is new in it would hide what it replaces.
            problems = check(site.edited({file: text for file, text in made.items() if file != ADDRESSES}), THEN)
    except Unreadable as error:
        _say([str(error), "Nothing was written."])
        return 1
    if problems:
        _say([*lines(problems), "Nothing was written."])
        return 1
    after = confirmed.carried(site, site.edited(made))
    if after != site.text(confirmed.FILE):
        made[confirmed.FILE] = after
    site.save(made)
    print("\n".join(f"Made: {file}" for file in sorted(made)) or "Nothing to make.")
    return 0


def cards(check_only: bool = False) -> int:
    """Draw the cards that are stale, in a browser; with `check_only` tell by the exit code whether there are any."""
    from tools.make.cards import draw, stale_cards

    stale = stale_cards(Site())
    if check_only or not stale:
        return bool(stale)
    from tools.browser import MEND, find_browser, flags

    chromium = find_browser()
    if not chromium:
        _say([MEND])
        return 1
    try:
        for line in draw(Site(), chromium, flags()):
            print(line)
    except ValueError as error:
        _say([str(error)])
        return 1
    return 0
