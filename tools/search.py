"""Ask the site's own search, in a browser, and say how good its answers are: `make search`."""

import statistics
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from tools.site import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = ROOT / "tests/search"
#: The half of the questions on which the search was built, and the half by which it is measured.
BUILT_ON, MEASURE = FOLDER / "first.txt", FOLDER / "second.txt"
#: At least these shares of the questions must have a right page first, and among the first three.
FIRST, THREE = 0.90, 0.97
#: Ask for the results of each query: the address of the part that each page shows first.
ASK = """async ([base, queries]) => {
  const read = async (file) => (await fetch(base + file)).json();
  const { searcher } = await import(`${base}assets/search/rank.js`);
  const index = await read("search/search_index.json");
  const answer = searcher(index.docs, await read("assets/search/words.json"));
  return queries.map((query) => answer(query).map(([part]) => part.location));
}"""
#: Type each query, a key at a time, into the open search; the milliseconds from each key to its results.
TYPE = """async (queries) => {
  const box = document.querySelector("input[name=query]");
  const list = document.querySelector(".md-search-result__list");
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const times = [];
  for (const query of queries) {
    for (let end = 0; end <= query.length; end++) {
      const changed = new Promise((resolve) => new MutationObserver((_, observer) => {
        if (list.children.length) { observer.disconnect(); resolve(); }
      }).observe(list, { childList: true }));
      const start = performance.now();
      box.value = query.slice(0, end);
      box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
      await Promise.race([changed, pause(end ? 2000 : 50)]);
      if (end) times.push(performance.now() - start);
    }
  }
  return times;
}"""


class Question(NamedTuple):
    """What somebody types, and the places that answer it: 'page/' or 'page/#heading'."""

    text: str
    places: list[str]

    def answered(self, found: list[str], within: int, whole: bool = False) -> bool:
        """Whether a right page is among the first results; with `whole`, also its heading, where one is named."""
        parts = [place if whole else place.partition("#")[0] for place in self.places]
        return any(one == place or one.partition("#")[0] == place for one in found[:within] for place in parts)


def questions(file: Path) -> list[Question]:
    """The questions of a file."""
    lines = (line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    pairs = (line.split(" | ") for line in lines)
    return [Question(text, ["" if place == "." else place for place in places.split()]) for text, places in pairs]


def ask(page: "Page", base: str, queries: Iterable[str]) -> list[list[str]]:
    """The results of each query as the search ranks them: of each page the part that fits best, as page/#heading.

    The search's own functions are called, in one page of the site at the address `base`.
    """
    page.goto(f"{base}about/")
    return page.evaluate(ASK, [base, list(queries)])


def score(asked: list[Question], found: list[list[str]]) -> dict[str, float]:
    """The shares of questions with a right page first, a right heading first, a right page among three, no result."""
    pairs = list(zip(asked, found, strict=True))
    return {
        "first": sum(one.answered(results, 1) for one, results in pairs) / len(pairs),
        "heading": sum(one.answered(results, 1, whole=True) for one, results in pairs) / len(pairs),
        "three": sum(one.answered(results, 3) for one, results in pairs) / len(pairs),
        "empty": sum(not results for _, results in pairs) / len(pairs),
    }


def misses(asked: list[Question], found: list[list[str]]) -> list[str]:
    """A line for each question whose first result is no right page."""
    pairs = zip(asked, found, strict=True)
    return [
        f"{one.text!r} finds {', '.join(repr(result) for result in results[:3])}; right: {', '.join(one.places)}"
        for one, results in pairs
        if not one.answered(results, 1)
    ]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of the requests."""


@contextmanager
def _served() -> Iterator[str]:
    """The address of the site, built into a folder of its own for as long as it is asked."""
    from tools.engine import build, copy_site

    with TemporaryDirectory(prefix="kpo-") as folder:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=f"{folder}/copy/site"))
        base = f"http://localhost:{server.server_port}/"
        code, log = build(copy_site(Path(folder) / "copy"), "mkdocs", base)
        if code:
            sys.exit(log)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield base
        server.shutdown()


def search() -> int:
    """Print the shares of both halves, the misses of the first alone, and the time from a key to its results."""
    from playwright.sync_api import sync_playwright

    from tools.browser import MEND, find_browser, flags

    if not (chromium := find_browser()):
        sys.exit(MEND)
    with _served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for file in (BUILT_ON, MEASURE):
            asked = questions(file)
            found = ask(page, base, [one.text for one in asked])
            shares = score(asked, found)
            print(
                f"{file.relative_to(ROOT)}, {len(asked)} questions: right page first {shares['first']:.1%} "
                f"(right heading too {shares['heading']:.1%}), among three {shares['three']:.1%}, "
                f"empty {shares['empty']:.1%}. Bars: {FIRST:.0%}, {THREE:.0%}, none."
            )
            if file == BUILT_ON:
                print("\n".join(f"  {line}" for line in misses(asked, found)))
        page.locator("input[name=query]").focus()
        page.get_by_text("Type to start searching").wait_for()
        times = page.evaluate(TYPE, [one.text for one in questions(BUILT_ON)[:15]])
        print(f"From a key to its results: {statistics.median(times):.0f} ms at the median of {len(times)} keys.")
        browser.close()
    return 0
