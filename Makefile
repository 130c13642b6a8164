# Each command sets up all that it needs, and does nothing twice. `make help` lists them: the words behind ## are its text.

PYTHON ?= python3
PORT ?= 8000
ADDRESS ?= 127.0.0.1
ENGINE := mkdocs
ENV := .venv
BIN := $(ENV)/bin
# Both engines print a notice about their own future on every build.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: help serve check records move confirm test lint build html report search bench lock
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

serve: $(ENV)/site.ok ## show the site on http://127.0.0.1:8000/, with live reload; PORT=8001 for another port, ADDRESS=0.0.0.0 for other machines
	@$(BIN)/python -m tools address
	@$(BIN)/python -c 'import socket as s; a = s.getaddrinfo("$(ADDRESS)".strip("[]"), $(PORT), type=s.SOCK_STREAM)[0]; t = s.socket(a[0]); t.setsockopt(s.SOL_SOCKET, s.SO_REUSEADDR, 1); t.bind(a[4])' 2>/dev/null \
	  || { echo "Port $(PORT) of $(ADDRESS) is taken, or no address of this machine: stop what uses it, or run: make serve PORT=8001" >&2; exit 1; }
	@if [ -e $(ENV)/check.ok ]; then $(BIN)/python -m tools watch & else echo "Pages are not checked while you edit: for that, run make check once."; fi; \
	  KPO_SERVE=1 $(BIN)/$(ENGINE) serve --dev-addr $(ADDRESS):$(PORT)

check: $(ENV)/check.ok ## hold the Markdown to its rules, in seconds: enough while you write
	@$(BIN)/python -m tools check

records: $(ENV)/check.ok ## write what follows from the records: indexes, stubs, drawings, counts, terms.json, feed, cards
	@$(BIN)/python -m tools records
	@$(BIN)/python -m tools cards --check || $(MAKE) --no-print-directory $(ENV)/cards.done

move: $(ENV)/check.ok ## rename or move a page and all that names it: FROM=glossary/ito.md TO=glossary/it.md
	@$(BIN)/python -m tools move $(FROM) $(TO)

confirm: $(ENV)/check.ok ## print the figures, names and links that changed, and confirm them: do so once each was held against its source
	@$(BIN)/python -m tools confirm

test: $(ENV)/test.ok ## run the whole suite, in a real browser too; ARGS=tests/test_rules.py for a part of it
	@$(BIN)/python -m tools browser
	@$(BIN)/python -m pytest $(ARGS)

lint: $(ENV)/check.ok $(ENV)/lint.ok ## check the Python code: format, faults, types
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/mypy

# The day of the commit, so that two builds of one commit are equal byte by byte.
build: export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
build: $(ENV)/site.ok ## write the site to site/; SITE_URL=https://host/path/ for the address that it will have
	@$(BIN)/python -m tools address
	@KPO_SERVE= $(BIN)/$(ENGINE) build --strict
	@echo "Built: site/index.html. For another address than the default: SITE_URL=https://host/path/ make build"

html: $(ENV)/site.ok $(ENV)/lint.ok ## run the Nu HTML checker over every page; needs Java
	@$(BIN)/python -m tools html

report: $(ENV)/check.ok ## print how hard each page is to read, in figures
	@$(BIN)/python -m tools report

search: $(ENV)/test.ok ## ask the search what people type, and print how good its answers are
	@$(BIN)/python -m tools browser
	@$(BIN)/python -m tools search

bench: $(ENV)/test.ok ## time builds against the stock theme and the second engine
	@$(BIN)/python -m tools bench

# --universal: one lock for every system and every Python from requires-python on. uv writes no index address into it.
lock: $(ENV)/lock.ok ## renew the lock files, requirements*.txt, from the ranges in pyproject.toml
	@set -e; compile() { $(ENV)/lock/bin/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header "$$@"; }; \
	  compile --output-file requirements.txt pyproject.toml; \
	  compile --group test --output-file requirements-test.txt pyproject.toml; \
	  for group in check lint; do compile --group $$group --constraint requirements-test.txt --output-file requirements-$$group.txt; done
	@echo "Renewed: requirements*.txt. Now run: make test"

$(ENV)/cards.done: $(ENV)/test.ok
	@$(BIN)/python -m tools browser
	@$(BIN)/python -m tools cards

$(ENV)/site.ok: requirements.txt
$(ENV)/check.ok: requirements-check.txt
$(ENV)/test.ok: requirements-test.txt
$(ENV)/lint.ok: requirements-lint.txt

# Every other package in one pip, the rest in another at the same time: that takes half as long. Neither half is all that
# is needed, so whether anything lacks is asked at the end.
$(ENV)/%.ok: | $(ENV)/bin/python
	@echo "Installing the packages of $< into $(ENV) (log: $(ENV)/$*.log) ..."
	@awk '/^[A-Za-z]/ { n++ } { print > ("$(ENV)/$*." n % 2) }' $<
	@half() { $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(ENV)/$*.$$1; }; \
	  { half 0 & half 1; ended=$$?; wait $$! && [ $$ended = 0 ] && $(BIN)/python -m pip check; } >$(ENV)/$*.log 2>&1 \
	  || { grep -e '^ERROR' -e ' requires ' -e ' has requirement ' $(ENV)/$*.log >&2; echo "Packages could not be installed: is the network, or your package index, reachable? Then run the same command again." >&2; exit 1; }
	@touch $@

$(ENV)/lock.ok: Makefile | $(ENV)/bin/python
	@$(PYTHON) -m venv $(ENV)/lock
	@$(ENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1' >$(ENV)/lock.log 2>&1 \
	  || { tail -n 3 $(ENV)/lock.log >&2; echo "uv could not be installed: is the network, or your package index, reachable?" >&2; exit 1; }
	@touch $@

$(ENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or newer is needed; '$(PYTHON)' is not. Install it, or name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(ENV) 2>$(ENV).log || { cat $(ENV).log >&2; rm -rf $(ENV); echo "The virtual environment could not be made: install Python's venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@rm -f $(ENV).log
