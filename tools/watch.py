"""Beside `make serve`: whenever a page is saved, its problems appear among the server's own messages.

They are warnings that name the file.
"""

import os
import time

from tools.commands import everything, lines
from tools.site import ROOT, Site, Unreadable


def stamp() -> float:
    """Time of the last change below docs/."""
    return max((file.stat().st_mtime for file in (ROOT / "docs").rglob("*") if file.is_file()), default=0)


def problems() -> list[str]:
    """What `make check` would say now, one line each; the text to paste is left to it."""
    try:
        site = Site()
    except Unreadable as error:
        return str(error).split("\n")
    return [line.split("\n")[0] for line in lines(everything(site))]


def watch() -> int:
    """Look again after each change, until the server that was started beside this is gone."""
    parent, seen = os.getppid(), 0.0
    while os.getppid() == parent:
        if (now := stamp()) != seen:
            seen = now
            for line in problems():
                print(f"WARNING -  {line}", flush=True)
        time.sleep(1)
    return 0
