"""docs/feed.xml: the changes on about.md as an Atom feed (RFC 4287)."""

import uuid
from xml.etree import ElementTree

from tools.records import changes
from tools.site import Site

ATOM = "http://www.w3.org/2005/Atom"


def feed(site: Site) -> dict[str, str]:
    """The feed, the newest change first; its links are relative to it, so that they hold on any host."""
    dated = [(change.day, change.text) for change in changes(site) if change.day]
    name = site.config["site_name"]
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en-GB"})

    def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
        node = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", attributes)
        node.text = text or None
        return node

    add(root, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, name)}")
    add(root, "title", f"{name}: changes")
    add(root, "updated", max((f"{day}T00:00:00Z" for day, _ in dated), default=""))
    add(add(root, "author"), "name", name)
    add(root, "link", href=".")
    for day, text in dated:
        entry = add(root, "entry")
        add(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, f'{day.day} {day:%B %Y}: {text}')}")
        add(entry, "title", text)
        add(entry, "updated", f"{day}T00:00:00Z")
        add(entry, "link", href="about/#changes")
        add(entry, "content", text)
    ElementTree.indent(root)
    return {"docs/feed.xml": f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n'}
