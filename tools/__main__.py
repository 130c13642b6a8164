"""The commands of the project: `python -m tools COMMAND`. The Makefile sets up what each needs, and calls it."""

import argparse
import io
import os
import sys


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    root = argparse.ArgumentParser(prog="python -m tools", description=__doc__)
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    add("check", "hold the Markdown to its rules")
    add("records", "write what follows from the records")
    cards = add("cards", "draw the cards that are stale; needs a browser")
    cards.add_argument("--check", action="store_true", help="draw none; exit 1 if any is stale")
    move = add("move", "rename or move a page, and all that names it")
    move.add_argument("old", nargs="?", default="", help="the page, as in glossary/ito.md")
    move.add_argument("new", nargs="?", default="", help="where it is to stand, as in glossary/it-outsourcing.md")
    add("confirm", "print what changed since the pages were held against their sources, and confirm it")
    add("address", "say what is wrong with SITE_URL, the address that the site will have")
    add("watch", "beside `serve`: say what is wrong whenever a page is saved")
    add("report", "print how hard each page is to read, in figures")
    add("search", "ask the search what people type, and print how good its answers are; needs a browser")
    add("html", "run the Nu HTML checker over every page; needs Java")
    add("bench", "time builds against the stock theme and the second engine")
    add("browser", "find a browser for the tests, or install one")
    return root


def main() -> int:
    """Run the command that is asked for. Each is imported alone: most need few packages."""
    # Texts hold signs that the code page of a Windows terminal may lack.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    asked = parser().parse_args()
    match asked.command:
        case "confirm":
            from tools.confirmed import confirm

            return confirm()
        case "check" | "records" | "cards":
            from tools import commands

            run = {"check": commands.check_all, "records": commands.records}
            return run.get(asked.command, lambda: commands.cards(asked.check))()
        case "move":
            from tools.move import move

            return move(asked.old, asked.new)
        case "address":
            from tools.address import check_address

            return check_address()
        case "watch":
            from tools.watch import watch

            return watch()
        case "report":
            from tools.report import report

            return report()
        case "search":
            from tools.search import search

            return search()
        case "html":
            from tools.html import check_html

            return check_html()
        case "bench":
            from tools.bench import bench

            return bench()
        case _:
            from tools.browser import ensure_browser

            return ensure_browser()


if __name__ == "__main__":
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads the output, such as `head`, has enough. What is left must not be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
