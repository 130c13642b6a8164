"""SITE_URL is an address that a site can have: what `make build` and `make serve` look at first.

A last slash may be missing, and it may be empty: pages then name no host.
"""

import os
import re
import sys
from urllib.parse import urlsplit

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?)+|\[[0-9a-f:.]+\]", re.I)


def fault(url: str) -> str:
    """What is wrong with the address of a site, and the mend; '' where nothing is."""
    said = ""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")
    except ValueError:
        said = "is no address"
    else:
        if parts.scheme not in ("http", "https"):
            said = "does not begin with https:// or http://"
        elif not HOST.fullmatch(host) or "@" in parts.netloc:
            said = "names no host"
        elif parts.query or parts.fragment or url.endswith(("?", "#")):
            said = "goes on after its path"
        elif re.search(r"[\s\"'<>\\^`{|}]", url):
            said = "holds a sign that stands in no address"
    return f"SITE_URL={url} {said}. Write it as in SITE_URL=https://host/path/" if url and said else ""


def check_address() -> int:
    """Print what is wrong with SITE_URL; 1 where something is."""
    said = fault(os.environ.get("SITE_URL", ""))
    if said:
        print(said, file=sys.stderr)
    return bool(said)
