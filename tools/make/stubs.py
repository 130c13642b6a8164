"""The stubs of short and moved addresses: pages that only lead on, made from tools/redirects.yml."""

import re
from functools import cache
from html import escape

import yaml

from tools.site import LOADER, Site

FILE = "tools/redirects.yml"
STUB = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="referrer" content="no-referrer">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; base-uri 'none'">
  <title>/{old} leads to {title} - {site}</title>
  <link rel="canonical" href="{target}">
  <script src="{up}assets/stub.js"></script>
  <noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
  <p>This short address leads to <a href="{target}">{title}</a>.</p>
</body>
</html>
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


def stub(site: Site, old: str, new: str, title: str) -> str:
    """The page at the address `old`, which leads to `new` and names its title.

    Its links are relative, so that it holds on any host and below any path.
    """
    up = "../" * old.count("/")
    fields = {"old": old, "target": up + new, "up": up, "title": title, "site": site.config["site_name"]}
    return STUB.format(**{name: escape(value) for name, value in fields.items()})


def stubs(site: Site) -> dict[str, str | None]:
    """Each stub as it should be; None for a file index.html below docs/ that is in no line of the table.

    A line that leads to no page makes none, and an unreadable table nothing.
    """
    titles = {page.url: page.meta["title"] for page in site.pages.values()}
    table = redirects(site)
    wanted: dict[str, str | None] = {
        f"docs/{old}index.html": stub(site, old, new, titles[new])
        for old, new in table.items()
        if new in titles and old not in titles
    }
    kept = {f"docs/{old}index.html" for old in table}
    stray = [file for file in site.files if file.endswith(".html") and file not in kept]
    return wanted | dict.fromkeys(stray) if table else {}
