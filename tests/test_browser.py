"""Rules on the pages as a real Chromium shows them.

`look` opens one page in one of the grid's settings and returns its problems; `silent_text` compares a page without
scripts with its HTML. test_suite.py breaks each of them on purpose.
"""

import gzip
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from browser import flags
from model import article, expect_none
from playwright.sync_api import TimeoutError, sync_playwright
from records import CRITERIA, decision_table, verdicts

#: All settings: widths in CSS pixels, colour schemes.
ALL = list(product((320, 768, 1280), ("light", "dark")))
#: The settings in which every page is looked at.
GRID = [(320, "dark"), (1280, "light")]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Browsers at work at once: the suite is planned for two cores.
WORKERS = 2


def sweep(chromium: str, jobs: list, work) -> list[str]:
    """Run work(browser, *job) for each job on a few browsers at once, and return all problems, in the jobs' order.

    Playwright's objects belong to the thread that made them, so each worker has a browser of its own. Jobs that follow
    each other on one worker may share its contexts, and so its cache: see `look`.
    """
    assert jobs, "nothing to look at"

    def worker(start: int) -> list[tuple[int, list[str]]]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=flags())
            done = [(n, work(browser, *jobs[n])) for n in range(start, len(jobs), workers)]
            browser.close()
            return done

    workers = min(WORKERS, len(jobs))
    with ThreadPoolExecutor(workers) as pool:
        results = sorted(result for part in pool.map(worker, range(workers)) for result in part)
    return [problem for _, problems in results for problem in problems]


def look(browser, base: str, url: str, width: int, scheme: str, toggle: str = "", folder=None) -> list[str]:
    """Open base + url at a width (CSS px) and scheme; return problems: console, requests, sideways scroll, axe.

    `toggle` is the id of the theme's switch that is put on first: __search or __drawer. With the built site's `folder`,
    what the page asked for is weighed too.
    """
    where, problems, asked = f"{url or 'home'} at {width} px, {scheme}{toggle and f', {toggle} open'}", [], set()
    # Without motion: what is fading in has too little contrast, and is no finding.
    page = _page(browser, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    watch = {
        "console": lambda m: problems.append(f"{where}: console: {m.text}") if m.type == "error" else None,
        "pageerror": lambda error: problems.append(f"{where}: script error: {error}"),
        "request": lambda request: asked.add(request.url.partition("#")[0]),
    }
    for event, handler in watch.items():
        page.on(event, handler)
    page.goto(base + url, wait_until="load")
    if toggle:
        page.evaluate("(id) => document.getElementById(id).click()", toggle)
        page.wait_for_timeout(400)
    shown = page.evaluate("document.body.dataset.mdColorScheme")
    if shown != {"light": "default", "dark": "slate"}[scheme]:
        problems.append(f"{where}: shows the scheme {shown!r}.")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        problems.append(f"{where}: scrolls sideways by {over} px.")
    whole = toggle or url in SAMPLE or os.environ.get("KPO_GRID") == "full"
    for found in violations(page, "document" if whole else "{exclude: ['.md-sidebar--primary', '.md-footer']}"):
        node = found["nodes"][0]
        html = " ".join(node["html"].split())[:160]
        problems.append(f"{where}: axe {found['id']} ({found['impact']}) × {len(found['nodes'])}: {html}")
    for event, handler in watch.items():
        page.remove_listener(event, handler)
    problems += [f"{where}: asks for {address}" for address in sorted(asked) if _elsewhere(address, base)]
    return problems + (overweight(url, asked, base, folder) if folder and not problems else [])


#: Most requests, and most bytes compressed, that the first view of a page may cost.
REQUESTS, BYTES = 10, 100_000
#: The one page over it: the list of all sources is one page, so that every citation has one address for good.
HEAVY = {"sources/"}


def overweight(url: str, asked: set[str], base: str, folder) -> list[str]:
    """Problems of a first view that asked for these addresses: too many, too many bytes (each file compressed by gzip), the search's index."""
    files = [folder / unquote(urlsplit(address).path.removeprefix(urlsplit(base).path)) for address in asked]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    size = sum(compressed(file, file.stat().st_mtime_ns) for file in files)
    name = url or "home"
    problems = [f"{name}: asks for the index of the search before it is opened."] if any("search_index" in a for a in asked) else []
    if len(asked) > REQUESTS:
        problems.append(f"{name}: {len(asked)} requests, {REQUESTS} are allowed: {sorted(asked)}")
    if size > BYTES and url not in HEAVY:
        problems.append(f"{name}: {size:,} bytes compressed, {BYTES:,} are allowed.")
    return problems


@cache
def compressed(file, changed: int) -> int:
    """Bytes of a file after gzip; `changed`, its time of change, keeps what is remembered true."""
    return len(gzip.compress(file.read_bytes(), 9))


def violations(page, context: str = "document") -> list[dict]:
    """Axe's findings on an open page, or on the part that `context` (JavaScript, as axe.run takes it) names, as it reports them.

    Its own wrapper sends axe anew, and all that passed back: a fifth of the suite.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": AXE_TAGS}, "resultTypes": ["violations"]}
    return page.evaluate("async (options) => (await axe.run(" + context + ", options)).violations", options)


def _page(browser, **settings):
    """The browser's one page with these settings. A new page, or a new cache, for each visit would double the time."""
    for context in browser.contexts:
        if getattr(context, "kpo_settings", None) == settings:
            return context.pages[0]
    context = browser.new_context(**settings)
    context.kpo_settings = settings
    if settings.get("java_script_enabled", True):
        context.add_init_script(AXE_SCRIPT)
    return context.new_page()


def _elsewhere(url: str, base: str) -> bool:
    return url.startswith("http") and urlsplit(url).netloc != urlsplit(base).netloc


def silent_text(browser, base: str, url: str, expected: str) -> list[str]:
    """Open base + url with scripts off; return a problem if the article's visible text is not `expected`.

    White space is left out of the comparison: it depends on the layout.
    """
    page = _page(browser, java_script_enabled=False)
    page.goto(base + url, wait_until="load")
    # Drawings say their text to a reader's eye and ear in other ways; rules on the sources hold them.
    page.evaluate("document.querySelectorAll('article svg').forEach((drawing) => drawing.remove())")
    shown = "".join(page.locator("article").inner_text().replace("¶", "").split())
    want = "".join(expected.replace("¶", "").split())
    if shown == want:
        return []
    first = next((n for n, (a, b) in enumerate(zip(shown, want)) if a != b), min(len(shown), len(want)))
    return [f"{url or 'home'} without scripts: not the page's text at …{want[max(0, first - 30) : first + 30]}…"]


QUESTIONS = "gect"
ANSWERS = {"yes": "yes", "no": "no", "unsure": "disputed"}


def expected_verdict(table, answers: tuple[str, ...]) -> str:
    """What the form must say for four answers (yes, no, unsure), by the table as Python reads it from the Markdown."""
    found = verdicts(table, tuple(ANSWERS[answer] for answer in answers))
    return f"Verdict: {found[0]}." if len(found) == 1 else f"Still possible: {'; or '.join(found)}."


def classified(browser, base: str, jobs: list[tuple[tuple[str, ...], str]]) -> list[str]:
    """Open the form with each set of four answers in the address; return a problem where it says otherwise."""
    problems, page = [], browser.new_page()
    page.goto(f"{base}classify/")
    for answers, want in jobs:
        query = "&".join(f"{key}={answer}" for key, answer in zip(QUESTIONS, answers))
        # As the browser's own "back" does; whether a fresh page reads its address, the journey below shows.
        page.evaluate("(query) => { history.replaceState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }", f"?{query}")
        said = page.locator("#classifier .verdict strong").inner_text()
        ticked = tuple(page.locator(f"#classifier input[name={key}]:checked").get_attribute("value") for key in QUESTIONS)
        if said != want or ticked != answers:
            problems.append(f"classify/?{query}: says {said!r} for {ticked}, the table says {want!r}.")
    page.close()
    return problems


def form_state(page) -> tuple[int, str, str]:
    """(ticked answers, message, verdict) of the form on an open page."""
    return (
        page.locator("#classifier input:checked").count(),
        page.locator("#classifier > .message").first.inner_text(),
        page.locator("#classifier .verdict").inner_text().strip(),
    )


#: One page of each kind, which is looked at in every setting, with the search and the drawer open too.
SAMPLE = (
    "", "404.html", "definitions/", "definitions/core-kpo/", "definitions/published/", "compare/", "classify/?g=yes&e=yes&c=yes&t=no#form",
    "examples/", "examples/xo1/", "glossary/", "glossary/rpo/", "market/", "brief/", "sources/",
)


def test_every_page_in_the_grid(chromium, server, built):
    """No error, no foreign request, no sideways scroll, no axe finding, no page overweight: each page at 320 px dark and 1280 px light.

    Menu and footer are the same on all: axe reads them on the pages of SAMPLE, here and in all settings below. With KPO_GRID=full
    it reads every page as a whole in all six settings, which takes some minutes more.
    """
    settings = ALL if os.environ.get("KPO_GRID") == "full" else GRID
    jobs = [(server[1], url, *setting, "", built.folder) for url, setting in product(built.pages, settings)]
    problems = sweep(chromium, jobs, look)
    expect_none(problems)


def test_one_page_of_each_kind_in_all_settings(chromium, server, built):
    """A page of each kind passes at every other width and scheme too, and with the search or the drawer open."""
    missing = [url for url in SAMPLE if url.partition("?")[0] not in built.pages]
    assert not missing, f"SAMPLE names pages that are gone: {missing}"
    jobs = [(server[1], url, *setting) for url, setting in product(SAMPLE, ALL) if "?" in url or setting not in GRID]
    jobs += [(server[1], "about/", *setting, opened) for opened, setting in product(("__search", "__drawer"), ALL)]
    problems = sweep(chromium, jobs, look)
    expect_none(problems)


def test_every_page_without_scripts(chromium, server, built):
    """With scripts off, every page shows all of its text."""
    jobs = [(server[1], url, article(soup, "svg")) for url, soup in built.pages.items()]
    problems = sweep(chromium, jobs, silent_text)
    expect_none(problems)


def test_form_gives_the_tables_verdict(chromium, server, built, source):
    """All 81 sets of yes, no and not sure lead to the verdict that the table gives; so do the answers of every case."""
    table = decision_table(source)
    combinations = [(answers, expected_verdict(table, answers)) for answers in product(ANSWERS, repeat=4)]
    assert len(combinations) == 81
    names = {said: answer for answer, said in ANSWERS.items()}
    for page in source.of("case"):
        answers = tuple(names[page.meta["criteria"][name]["answer"]] for name in CRITERIA)
        found = page.meta["verdict"]
        combinations.append((answers, f"Verdict: {found[0]}." if len(found) == 1 else f"Still possible: {'; or '.join(found)}."))
    halves = [(server[1], combinations[n::WORKERS]) for n in range(WORKERS)]
    problems = sweep(chromium, halves, classified)
    expect_none(problems)


def test_form_survives_reload_back_and_bad_addresses(chromium, server, built):
    """Answers live in the address: reload and back keep them; a broken address gives an empty form and says so."""

    def journey(browser, base):
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{base}classify/?utm_source=chat")
        assert form_state(page) == (0, "", "")
        for key, answer in zip(QUESTIONS, ("yes", "yes", "yes", "no")):
            page.locator(f"#classifier input[name={key}][value={answer}]").focus()
            page.keyboard.press("Space")
            page.wait_for_url(f"**{key}={answer}#form")
        assert page.url.endswith("classify/?g=yes&e=yes&c=yes&t=no#form")
        full = form_state(page)
        assert full[:2] == (4, "") and full[2].startswith("Verdict: core KPO (A).")
        page.reload()
        assert form_state(page) == full
        page.locator("#classifier .verdict-more a").first.wait_for()
        assert 1 <= page.locator("#classifier .verdict-more p a").count() <= 3
        page.get_by_role("button", name="Copy link").click()
        page.get_by_text("Link copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.url
        page.get_by_role("button", name="Copy as text").click()
        page.get_by_text("Text copied.").wait_for()
        memo = page.evaluate("navigator.clipboard.readText()")
        assert memo.startswith("Verdict: core KPO (A). Say: KPO.") and memo.endswith(page.url)
        page.go_back()
        assert form_state(page)[0] == 3
        page.go_forward()
        page.get_by_role("button", name="Start again").click()
        assert form_state(page) == (0, "", "") and page.url.endswith("classify/")
        for query in ("g=maybe", "g=yes&g=no", "g=yes&e=", "G=yes", "g=YES", "g=yes&t=no%20"):
            page.goto(f"{base}classify/?{query}")
            ticked, message, verdict = form_state(page)
            assert (ticked, verdict) == (0, "") and "not valid" in message, query
        context.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


def test_columns_can_be_chosen(chromium, server, built):
    """The comparison shows the columns in the address, two at least; a broken address shows all and says so."""

    def journey(browser, base):
        page = browser.new_page()
        shown = "#three ~ figure table"

        def columns():
            return page.locator(f"{shown} >> nth=0").locator("thead th:visible").count()

        page.goto(f"{base}compare/")
        assert columns() == 4
        box = page.locator("#chooser input").first
        box.uncheck()
        assert columns() == 3 and "?show=" in page.url
        assert page.locator("#chooser input:checked:disabled").count() == 2
        address = page.url
        page.goto(address)
        assert columns() == 3
        page.goto(f"{base}compare/?show=bpo,nonsense")
        assert columns() == 4 and "not valid" in page.locator("#chooser .message").inner_text()
        page.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


# -- Search ------------------------------------------------------------------------------------------------------------

#: What else people type, and where it leads.
QUERIES = {
    "what is kpo": "glossary/kpo/",
    "kpo vs bpo": "compare/",
    "transformational outsourcing": "definitions/transformational-bpo/",
    "core process": "glossary/core-process/",
}


def queries(source) -> dict[str, str]:
    """Every name, alias and abbreviation of a record -> the address that must be found first."""
    found = dict(QUERIES)
    for page in source.of("term", "definition"):
        short = page.meta["abbreviation"]
        leads = source.records.get(short.lower())
        names = [page.meta["term"], *page.meta["aliases"]]
        # An abbreviation with several meanings leads to the page that tells them apart.
        names += [short] if short and (leads is None or leads is page or leads.meta["abbreviation"] != short) else []
        found |= dict.fromkeys(names, page.url)
    return found


def first_results(browser, base: str, wanted: list[tuple[str, str]]) -> list[str]:
    """Type each text into the search box; return a problem for each whose first result is not the address wanted."""
    problems = []
    page = _page(browser, bypass_csp=True, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}about/")
    box = page.locator("input[name=query]")
    box.focus()
    count = "document.querySelectorAll('.md-search-result__item').length"
    for text, url in wanted:
        box.fill("")
        box.press("End")
        page.wait_for_function(f"{count} === 0")
        box.fill(text)
        box.press("End")
        try:
            page.wait_for_function(f"{count} > 0", timeout=10_000)
        except TimeoutError:
            problems.append(f"search: {text!r} finds nothing.")
            continue
        first = page.locator(".md-search-result__item a").first.get_attribute("href")
        if urlsplit(first).path != urlsplit(base + url).path:
            problems.append(f"search: {text!r} finds {first} first, not {url}. Give docs/{url.rstrip('/')}.md a boost.")
    return problems


def test_search_finds_it_first(chromium, server, built, source):
    """Every name, alias and abbreviation leads to its page as the first result; an unknown word leads to the A to Z."""
    wanted = list(queries(source).items())
    assert len(wanted) > 100
    problems = sweep(chromium, [(server[1], wanted[n::WORKERS]) for n in range(WORKERS)], first_results)
    expect_none(problems)

    def lost(browser, base):
        page = browser.new_page()
        page.goto(f"{base}about/")
        page.locator("input[name=query]").press_sequentially("xyzzyq")
        page.get_by_text("No matching documents").wait_for()
        page.get_by_role("link", name="All terms from A to Z").first.click()
        page.wait_for_url("**/glossary/")
        return []

    assert sweep(chromium, [(server[1],)], lost) == []


# -- Short addresses, ways to cite, rows -------------------------------------------------------------------------------


def test_short_addresses_carry_the_anchor(chromium, server, built):
    """A short address leads to its page, with the question and the anchor; without script to the page alone."""

    def journey(browser, base):
        page = browser.new_page()
        page.goto(f"{base}kpo/#examples")
        page.wait_for_url(f"{base}definitions/core-kpo/#examples")
        page.goto(f"{base}is-it-kpo/?g=no#form")
        page.wait_for_url(f"{base}classify/?g=no#form")
        silent = browser.new_context(java_script_enabled=False).new_page()
        silent.goto(f"{base}tbpo/")
        silent.wait_for_url(f"{base}definitions/transformational-bpo/")
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


def test_definitions_show_on_hover_and_focus(chromium, server, built, source):
    """A link to a term shows its definition in a card, for the mouse and for the keyboard."""
    said = source.pages["definitions/core-kpo.md"].snippet("def")

    def journey(browser, base):
        for reach in ("hover", "focus"):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{base}glossary/knowledge-transfer/")
            getattr(page.locator("article p a[data-preview]", has_text="core KPO").first, reach)()
            page.locator(".md-tooltip2--active", has_text=said).wait_for()
            page.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


def test_citations_are_copied(chromium, server, built):
    """Each way to cite has a button that copies exactly its text, and says so; also with the keyboard alone."""

    def journey(browser, base):
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        for url in ("definitions/core-kpo/", "glossary/tacit-knowledge/", "examples/xo1/"):
            page.goto(base + url)
            buttons = page.locator("dl.cite button")
            assert buttons.count() == 5
            for n in range(5):
                buttons.nth(n).focus()
                page.keyboard.press("Enter")
                page.locator(".message", has_text="copied.").wait_for()
                said = page.locator("dl.cite dd").nth(n).inner_text()
                assert page.evaluate("navigator.clipboard.readText()") == said and base + url in said
        context.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


def test_rows_can_be_chosen(chromium, server, built, source):
    """The table of published definitions shows the rows that fit, for each answer of each question, and says how many."""
    (_, (_, *rows), _), *_ = source.pages["definitions/published.md"].tables()

    def journey(browser, base):
        page = browser.new_page()
        page.goto(f"{base}definitions/published/")
        visible = page.locator("#table ~ figure >> nth=0").locator("tbody tr:visible")
        for column in range(1, 5):
            choice = page.locator("#rows select").nth(column - 1)
            answers = {row[column].split(", ")[0] for row in rows}
            assert set(choice.locator("option").all_inner_texts()) == answers | {"any"}
            for answer in sorted(answers):
                choice.select_option(answer)
                number = sum(row[column].split(", ")[0] == answer for row in rows)
                assert visible.count() == number
                assert page.locator("#rows [role=status]").inner_text() == f"{number} of {len(rows)} rows."
            choice.select_option("any")
        page.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []


# -- Paper ---------------------------------------------------------------------------------------------------------------


def test_the_brief_is_one_sheet(chromium, server, built):
    """The page to hand to a colleague prints on one sheet of A4 and of US Letter, and carries its address and date."""

    def journey(browser, base):
        page = browser.new_page()
        page.goto(f"{base}brief/")
        for paper in ("A4", "Letter"):
            sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=paper, print_background=True)))
            assert sheets == 1, f"brief/ takes {sheets} sheets of {paper}"
        foot = page.locator(".reviewed").inner_text()
        assert f"{base}brief/" in foot and re.search(r"\d{4}-\d\d-\d\d", foot)
        page.close()
        return []

    assert sweep(chromium, [(server[1],)], journey) == []
