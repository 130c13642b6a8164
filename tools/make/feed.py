"""docs/feed.xml: the changes on about.md as an Atom feed (RFC 4287)."""

import re
import uuid
from posixpath import normpath
from xml.etree import ElementTree

from tools.make.hosted import HOME
from tools.records import changes
from tools.site import Site

ATOM = "http://www.w3.org/2005/Atom"
LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]*)(#[^)\s]*)?\)")


def _sentence(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def feed(site: Site) -> dict[str, str]:
    """The feed, the newest change first: the engines put the site's address before each of its links.

    An entry is called by the first sentence of its change, and leads to the first page to which that links.
    """
    dated = [(change.day, change.text) for change in changes(site) if change.day]
    name = site.config["site_name"]
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en-GB"})

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        node = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        node.text = text or None
        return node

    def target(text: str) -> str:
        found = LINK.search(text)
        page = site.pages.get(normpath(found[2])) if found else None
        url = f"{page.url}{found[3] or ''}" if found and page else "about/#changes"
        return "{{ home }}" + url if url else "{{ home or '.' }}"

    add(root, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}")
    add(root, "title", f"{name}: changes")
    add(root, "updated", max((f"{day}T00:00:00Z" for day, _ in dated), default=""))
    add(add(root, "author"), "name", name)
    add(root, "link", rel="alternate", type="text/html", href="{{ home or '.' }}")
    add(root, "link", rel="self", type="application/atom+xml", href="{{ home }}feed.xml")
    for day, text in dated:
        entry, plain = add(root, "entry"), LINK.sub(r"\1", text)
        add(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{day.day} {day:%B %Y}: {plain}')}")
        add(entry, "title", _sentence(plain.partition(". ")[0].removesuffix(".")))
        add(entry, "updated", f"{day}T00:00:00Z")
        add(entry, "link", rel="alternate", type="text/html", href=target(text))
        add(entry, "content", _sentence(plain))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return {"docs/feed.xml": f'{HOME}<?xml version="1.0" encoding="utf-8"?>\n{text}\n'}
