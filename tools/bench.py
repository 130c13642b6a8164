"""Measure builds, and print a table of medians: `make bench`. Not a test: times differ from machine to machine.

This site against the stock theme with the same Markdown, against the second engine, and with its glossary at 4 and 16
times its size.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tools.engine import QUIET, copy_site
from tools.make.references import references
from tools.make.terms import terms
from tools.site import Site

RUNS = 5
ENV = os.environ | QUIET


def stock(root: Path) -> Path:
    """The same Markdown with the theme as it comes: no overrides, no style or script of ours."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    config = re.sub(
        r"^  custom_dir: .*\n|^extra_css:\n(?:  .*\n)+|^  favicon: .*\n|^    logo: kpo\n|^  icon:\n(?=    logo)",
        "",
        config,
        flags=re.M,
    )
    (root / "mkdocs.yml").write_text(config.replace("watch:\n  - overrides\n", ""), "utf-8")
    # Short addresses, too, are ours: their template is.
    for file in root.glob("docs/**/index.md"):
        file.write_text(file.read_text("utf-8").replace("template: stub.html\n", ""), "utf-8")
    return root


def grown(root: Path, times: int) -> Path:
    """The site with each term `times` times over, under other names."""
    for file in sorted((root / "docs/glossary").glob("*.md")):
        if file.stem != "index":
            for n in range(1, times):
                shutil.copy(file, file.with_stem(f"{file.stem}-{n}"))
    # The copies, too, show their sources, and have a place in the alphabet.
    site = Site(root)
    for path, text in (references(site) | terms(site)).items():
        (root / path).write_text(text, "utf-8")
    return root


def build_once(root: Path, engine: str) -> tuple[float, float]:
    """(seconds, peak memory in MiB) of one cold build, in a process of its own."""
    import resource

    shutil.rmtree(root / "site", ignore_errors=True)
    shutil.rmtree(root / ".cache", ignore_errors=True)
    start, child = time.perf_counter(), os.fork()
    if child == 0:
        with Path(os.devnull).open("w", encoding="utf-8") as null:
            code = subprocess.call([sys.executable, "-m", engine, "build"], cwd=root, env=ENV, stdout=null, stderr=null)
        # Linux counts kibibytes, macOS bytes.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "linux" else 1024)
        (root / "peak").write_text(f"{peak / 1024}")
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == 0, f"{engine} does not build {root}"
    return time.perf_counter() - start, float((root / "peak").read_text())


def rebuild(root: Path, engine: str, port: int) -> float:
    """Median seconds from saving an edit under serve until the page has it."""
    page, seconds = root / "docs/about.md", []
    command = [sys.executable, "-m", engine, "serve", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=root, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def shows(text: str) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/about/", timeout=30) as answer:
                return text in answer.read().decode()
        except OSError:
            return False

    try:
        while not shows("About"):
            time.sleep(0.1)
        for n in range(RUNS):
            start = time.perf_counter()
            page.write_text(page.read_text("utf-8") + f"\nEdit {n} of the benchmark.\n", "utf-8")
            while not shows(f"Edit {n} of the benchmark"):
                time.sleep(0.02)
                assert time.perf_counter() - start < 60, f"{engine} serve does not rebuild"
            seconds.append(time.perf_counter() - start)
    finally:
        server.terminate()
        server.wait()
    return statistics.median(seconds)


def bench() -> int:
    """Build each kind of site RUNS times, in turn, and print medians and ratios to the stock theme."""
    if not hasattr(os, "fork"):
        print("Memory is measured with means that Windows lacks: run this on Linux or macOS.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        roots = {
            name: copy_site(Path(folder) / name.replace(" ", "-"))
            for name in ("stock theme", "this site", "second engine", "glossary x 4", "glossary x 16")
        }
        stock(roots["stock theme"])
        grown(roots["glossary x 4"], 4)
        grown(roots["glossary x 16"], 16)
        engine = dict.fromkeys(roots, "mkdocs") | {"second engine": "zensical"}
        results: dict[str, list[tuple[float, float]]] = {name: [] for name in roots}
        for _ in range(RUNS):
            for name, root in roots.items():
                results[name].append(build_once(root, engine[name]))
        edits = {
            name: rebuild(roots[name], engine[name], 8750 + n)
            for n, name in enumerate(("stock theme", "this site", "second engine"))
        }
        base = statistics.median(seconds for seconds, _ in results["stock theme"])
        pages = {name: len(list((root / "docs").rglob("*.md"))) for name, root in roots.items()}
        print(f"Medians of {RUNS}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n")
        print(
            "| what | pages | cold build, s | against stock | peak memory, MiB | rebuild after an edit, s |\n"
            "|---|---|---|---|---|---|"
        )
        for name, runs in results.items():
            seconds, peak = (statistics.median(column) for column in zip(*runs, strict=True))
            edit = f"{edits[name]:.2f}" if name in edits else "not measured"
            print(f"| {name} | {pages[name]} | {seconds:.2f} | {seconds / base:.2f} | {peak:.0f} | {edit} |")
    return 0
