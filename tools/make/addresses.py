"""tests/urls.txt: every address and anchor that was ever published.

The list only grows; it is sorted, so that branches merge.
"""

from tools.make.stubs import redirects
from tools.site import ADDRESSES, Site


def published(site: Site) -> list[str]:
    """The addresses that must go on answering."""
    return site.text(ADDRESSES).split()


def answered(site: Site) -> set[str]:
    """The addresses that the site answers: pages, their anchors, short addresses."""
    return {*site.addresses, *(f"/{old}" for old in redirects(site))}


def addresses(site: Site) -> dict[str, str]:
    """The list, with the addresses that are new."""
    return {ADDRESSES: "".join(f"{address}\n" for address in sorted({*published(site), *answered(site)}))}
