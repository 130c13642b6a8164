"""Short and moved addresses: their list, the pages that only lead on, and what templates and engines know of them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from posixpath import relpath

import yaml

from tools.site import LOADER, Page, Site, is_stub

FILE = "tools/redirects.yml"
SHORT = "overrides/partials/kpo/short.html"
HEAD = "{#- Made from tools/redirects.yml: the short address that is sent of each page that has one. -#}"
#: A page for both engines, which alone know the host: a chat wants whole addresses. overrides/stub.html shows it.
STUB = """---
template: stub.html
search: {{exclude: true}}
leads: {page.url}
record: {record}
title: {title}
description: {description}
---

This short address leads to [{page.meta[title]}]({way}).
"""


@cache
def _table(text: str) -> dict[str, str]:
    try:
        table = yaml.load(text, LOADER)  # noqa: S506 -- a safe one
    except yaml.YAMLError:
        return {}
    if not isinstance(table, dict):
        return {}
    return {str(old): str(new) for old, new in table.items() if re.fullmatch(r"[a-z0-9][a-z0-9/-]*/", str(old))}


def redirects(site: Site) -> dict[str, str]:
    """Old address -> new address, both below the site's root and ending in a slash.

    What is no such line is left out, and named by the rule `redirects_lead_to_pages`.
    """
    return _table(site.text(FILE))


def _own(site: Site) -> Iterator[tuple[str, str]]:
    """The short address that each record has: a case its slug, a term its abbreviation, if no other term has that."""
    records = site.of("term", "definition")
    shared = Counter(page.meta["abbreviation"].lower() for page in records)
    slugs = {page.slug: page for page in records}
    for page in site.of("case"):
        yield f"{page.slug}/", page.url
    for page in records:
        short = page.meta["abbreviation"].lower()
        if re.fullmatch(r"[a-z0-9]+", short) and (shared[short] == 1 or slugs.get(short) is page):
            yield f"{short}/", page.url


def short_addresses(site: Site) -> dict[str, str]:
    """The list, with a line more for each record whose own short address is still free; an unreadable list stays."""
    table, lines = redirects(site), site.text(FILE).splitlines()
    taken = {*table, *(page.url for page in site.pages.values())}
    new = [f"{old}: {to}" for old, to in _own(site) if old not in taken]
    head = [line for line in lines if line.startswith("#")]
    return {FILE: "\n".join(head + sorted([*lines[len(head) :], *new])) + "\n"} if table and new else {}


def sent(site: Site) -> dict[str, str]:
    """The short address by which a page is sent: its shortest, of two as short the last."""
    short: dict[str, str] = {}
    for old, new in sorted(redirects(site).items()):
        if len(old) <= len(short.get(new, old)):
            short[new] = old
    return short


def known(site: Site) -> dict[str, str]:
    """For the templates, the addresses to send."""
    rows = (f"{json.dumps(url)}: {json.dumps(old)},\n" for url, old in sorted(sent(site).items()))
    return {SHORT: f"{HEAD}\n{{% set short = {{\n" + "".join(rows) + "} %}\n"}


def stub(old: str, page: Page) -> str:
    """The page at the address `old`, which leads to `page`, and which a chat shows as it shows that one."""
    record = str(page.kind in ("definition", "case")).lower()
    quoted = {key: json.dumps(page.meta[key], ensure_ascii=False) for key in ("title", "description")}
    return STUB.format(page=page, record=record, way=relpath(page.path, old), **quoted)


def stubs(site: Site) -> dict[str, str | None]:
    """Each stub as it should be; None for one, or any page of HTML below docs/, that is in no line of the table.

    A line that leads to no page makes none, and an unreadable table nothing.
    """
    pages = {page.url: page for page in site.pages.values()}
    table = redirects(site)
    wanted: dict[str, str | None] = {
        f"docs/{old}index.md": stub(old, pages[new]) for old, new in table.items() if new in pages and old not in pages
    }
    kept = {f"docs/{old}index.md" for old in table}
    stray = [file for file in site.files if file.endswith(".html") or (is_stub(site, file) and file not in kept)]
    return wanted | dict.fromkeys(stray) if table else {}
