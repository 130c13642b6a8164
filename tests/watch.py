"""Beside `make serve`: whenever a page is saved, its problems appear among the server's own messages, as warnings that name the file."""

import os
import time
from pathlib import Path

from model import ROOT, Source, Unreadable
from test_content import RULES


def stamp() -> float:
    """Time of the last change below docs/."""
    return max((file.stat().st_mtime for file in (ROOT / "docs").rglob("*") if file.is_file()), default=0)


def problems() -> list[str]:
    """What `make check` would say now, one line each; the text to paste is left to it."""
    try:
        source = Source()
    except Unreadable as error:
        return str(error).split("\n")
    return [line.split("\n")[0] for rule in RULES for line in rule(source)]


def watch():
    """Look again after each change, until the server that was started beside this is gone."""
    parent, seen = os.getppid(), 0
    while os.getppid() == parent:
        if (now := stamp()) != seen:
            seen = now
            for line in problems():
                print(f"WARNING -  {line}", flush=True)
        time.sleep(1)


if __name__ == "__main__":
    watch()
