"""Breaks of tools/rules/workshop.py."""

from tests.breaks import defect

MAKE, PROJECT, README, CITATION = "Makefile", "pyproject.toml", "README.md", "CITATION.cff"
TOOLS, BOUNDS, LOCKS, INDEX = (
    "make_uses_portable_tools",
    "dependencies_have_bounds",
    "locks_are_whole",
    "no_index_is_named",
)
AGREE, CITED = "documents_agree", "citation_file_is_true"
WORKFLOW = ".github/workflows/site.yml"
END = "\n.PHONY"
BREAKS = [
    defect(
        TOOLS, MAKE, END, "\nx:\n\t@sed -i 's/a/b/' file\n.PHONY", "is not known on every system. Write: sed -i.bak"
    ),
    defect(TOOLS, MAKE, END, "\nx:\n\t@sed --in-place -e s/a/b/ file\n.PHONY", "Write: sed -E, and short options"),
    defect(TOOLS, MAKE, END, "\nx:\n\t@grep -oP 'a' file | xargs echo\n.PHONY", "Write: grep -E"),
    defect(TOOLS, MAKE, END, "\nx:\n\t@ls | xargs -r echo\n.PHONY", "Write: xargs without -r"),
    defect(TOOLS, MAKE, END, "\nx:\n\t@[[ -e site ]] && echo yes\n.PHONY", "Write: [ … ]"),
    defect(TOOLS, ".ci/run", "exec make", "readlink -f .\nexec make", "Write: cd and pwd -P"),
    defect(TOOLS, README, "```sh\n", "```sh\ndate -d yesterday\n", "Write: date +%s, or Python"),
    defect(
        BOUNDS, PROJECT, '"mkdocs-material>=9.8,<10"', '"mkdocs-material>=9.8"', "mkdocs-material has no upper bound"
    ),
    defect(BOUNDS, PROJECT, '"mkdocs-material>=9.8,<10"', '"mkdocs-material<10"', "mkdocs-material has no lower bound"),
    defect(
        BOUNDS, PROJECT, '  "pytest>=9,<10",', '  "pytest>=9,<10",\n  "hypothesis",', "hypothesis has no lower bound"
    ),
    defect(
        BOUNDS,
        PROJECT,
        '  "pytest>=9,<10",',
        '  "pytest>=9,<10",\n  "hypothesis>=6,<7",',
        "hypothesis is not in requirements-test.txt. Run: make lock",
    ),
    defect(BOUNDS, PROJECT, "dependencies = [", "dependencies = [[", "not TOML"),
    defect(
        LOCKS,
        "requirements.txt",
        " \\\n    --hash",
        "\n    --hash",
        "requirements.txt:1: not a version with its hashes",
    ),
    defect(LOCKS, "requirements.txt", "babel==2", "babel>=2", "requirements.txt:1: not a version with its hashes"),
    defect(LOCKS, "requirements.txt", "babel==", "-r other.txt\nbabel==", "-r other.txt"),
    defect(
        INDEX,
        MAKE,
        "pip install ",
        "pip install --index-url https://example.org/simple ",
        "names a package index (--index-url)",
    ),
    defect(
        INDEX,
        README,
        "```sh\n",
        "```sh\nexport PIP_INDEX_URL=https://example.org\n",
        "names a package index (PIP_INDEX_URL)",
    ),
    defect(
        AGREE, README, "Python 3.11 or newer", "Python 3.12 or newer", "while pyproject.toml has requires-python >=3.11"
    ),
    defect(AGREE, MAKE, "version_info < (3, 11)", "version_info < (3, 10)", "Python 3.10, while"),
    defect(
        AGREE, "mkdocs.yml", ">CC BY 4.0<", ">CC BY-SA 4.0<", "CC BY-SA 4.0 is not the licence of LICENSE (CC BY 4.0)"
    ),
    defect(AGREE, "mkdocs.yml", "licenses/by/4.0", "licenses/by/3.0", "by/3.0 is not the licence"),
    defect(
        CITED,
        CITATION,
        "title: KPO explained",
        "title: KPO explaned",
        "CITATION.cff:{line}: title is 'KPO explaned'; mkdocs.yml",
    ),
    defect(CITED, CITATION, "date-released: 2026-11-23", "date-released: 2026-11-32", "date-released is '2026-11-32'"),
    defect(CITED, CITATION, "license: CC-BY-4.0\n", "", "license is missing"),
    defect(
        "ci_runs_what_is_promised", WORKFLOW, 'python-version: "3.13"', 'python-version: "3.10"', "Python 3.10, while"
    ),
    defect(
        "ports_agree", MAKE, "PORT ?= 8000", "PORT ?= 8080", "Makefile:{line}: port 8080, while the others say 8000"
    ),
    defect("ports_agree", README, "127.0.0.1:8000", "127.0.0.1:8001", "port 8001, while the others say 8000"),
    defect(
        "ci_runs_what_is_promised",
        ".github/workflows/links.yml",
        "lycheeverse/lychee-action@e7477775783ea5526144ba13e8db5eec57747ce8 # v2.9.0",
        "lycheeverse/lychee-action@v2",
        "links.yml:{line}: lycheeverse/lychee-action follows v2, which may change overnight",
    ),
    defect(
        "one_job_waits_for_all",
        WORKFLOW,
        "needs: [quick, site, suite, systems]",
        "needs: [quick, site, suite]",
        "all-green is green though systems is red",
    ),
    defect(
        "stamps_follow_their_requirements",
        MAKE,
        "lint.ok: requirements-lint.txt",
        "lint.ok: requirements-check.txt",
        "Makefile:{line}: lint.ok would hold the packages of another environment",
    ),
]
