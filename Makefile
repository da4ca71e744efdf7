# make setup | run | test | check | words | bench | lighthouse | accessibility | screens | mutants | assets | format | lock
.DEFAULT_GOAL := setup
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/sh

HOST ?= 127.0.0.1
PORT ?= 8000
# Passed on to pytest by `make test` and to the benchmarks by `make bench`.
ARGS ?=
# Processes that pytest spreads the tests over.
TEST_PROCESSES ?= 2

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
TOOLS := $(VENV)/.tools-installed
ASSETS := instance/assets/manifest.json
NODE_TOOLS := node_modules/.tools-installed
MUTMUT := $(VENV)/.mutmut-installed
LIGHTHOUSE := tests/lighthouse/node_modules/.lighthouse-installed
PIP_INSTALL := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes
LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"
NPM_OPTIONS := --ignore-scripts --no-audit --no-fund --loglevel=error
NPM_CI := npm ci $(NPM_OPTIONS)
NPM_LOCK := npm install --package-lock-only $(NPM_OPTIONS)

BIOME := node_modules/.bin/biome
BIOME_FORMAT := --indent-style=space --indent-width=2 --line-width=120
# A style that must win over every other, for people who asked for less motion or for print, says so.
BIOME_RULES := --skip=complexity/noImportantStyles
SCRIPTS_AND_STYLES = $(shell find static -name '*.js' -o -name '*.css' 2>/dev/null)

.PHONY: setup run test check words bench lighthouse accessibility screens mutants lock assets format browser tools

setup: $(RUNTIME) $(ASSETS)

run: setup
	$(BIN)/python run.py --host $(HOST) --port $(PORT)

test: setup $(TOOLS) browser
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) $(ARGS)

check: $(RUNTIME) $(TOOLS) $(NODE_TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy diary tests $(wildcard run.py)
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.docs.judgement_tables --check
	$(BIN)/python -m diary.words.catalogues --check
	@if [ -d templates ]; then \
		echo "djlint templates"; \
		$(BIN)/djlint templates --check && $(BIN)/djlint templates --lint; \
	fi
	@if [ -n "$(SCRIPTS_AND_STYLES)" ]; then \
		echo "biome static"; \
		$(BIOME) ci --error-on-warnings $(BIOME_RULES) $(BIOME_FORMAT) $(SCRIPTS_AND_STYLES); \
	fi

# Brings the catalogues up to date with the words in code and templates, and lists what waits for a translation.
words: $(RUNTIME)
	$(BIN)/python -m diary.words.catalogues

bench: setup $(TOOLS)
	$(BIN)/python -m tests.bench $(ARGS)

# Every page for everybody in every combination of screen, text, colours, language, keyboard and scripts: takes hours.
# `make accessibility ARGS="-k phone"` looks at the patients' pages alone.
accessibility: setup $(TOOLS) browser
	$(BIN)/python -m pytest -n $(TEST_PROCESSES) tests/browser/test_matrix.py --all-with-all $(ARGS)

# Pictures of every page, to be looked at: `make screens ARGS=/tmp/screens`.
screens: setup $(TOOLS) browser
	$(BIN)/python -m tests.browser.screens $(ARGS)

lighthouse: setup $(TOOLS) $(LIGHTHOUSE)
	$(BIN)/python -m tests.lighthouse

# Takes a quarter of an hour and more. `make mutants ARGS="diary.domain.relief.*"` runs those of one module again.
mutants: $(MUTMUT)
	nice -n 19 $(BIN)/python -m tests.mutants --max-children $(TEST_PROCESSES) $(ARGS)

# `make lock ARGS=--upgrade` moves on to newer versions; `make lock` alone keeps the locked ones.
lock: $(RUNTIME) $(TOOLS)
	$(BIN)/uv pip compile $(ARGS) $(LOCK_OPTIONS) requirements.in --output-file requirements.txt
	$(BIN)/uv pip compile $(ARGS) $(LOCK_OPTIONS) requirements-dev.in --output-file requirements-dev.txt
	$(BIN)/uv pip compile $(ARGS) $(LOCK_OPTIONS) requirements-mutants.in --output-file requirements-mutants.txt
	$(NPM_LOCK)
	$(NPM_LOCK) --prefix tests/lighthouse

assets: $(RUNTIME)
	@rm -f $(ASSETS)
	@$(MAKE) $(ASSETS)

format: $(RUNTIME) $(TOOLS) $(NODE_TOOLS)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	@if [ -d templates ]; then $(BIN)/djlint templates --reformat --quiet || true; fi
	@if [ -n "$(SCRIPTS_AND_STYLES)" ]; then \
		$(BIOME) check --write $(BIOME_RULES) $(BIOME_FORMAT) $(SCRIPTS_AND_STYLES); \
	fi

tools: $(RUNTIME) $(TOOLS)

$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
			echo "$$python cannot make a virtual environment. Install the package python$$version-venv (Debian, Ubuntu: apt-get install python$$version-venv), then try again." >&2; \
			exit 1; \
		fi; \
		echo "Making $(VENV) with $$($$python --version)"; \
		exec $$python -m venv --clear $(VENV); \
	done; \
	echo "The injection diary needs Python 3.11 or newer, and found none on PATH. Install it, or say where it is: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing what the diary runs on"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(TOOLS): requirements-dev.txt $(RUNTIME)
	@echo "Installing what tests and checks need"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# Apart from the other tools: a terminal interface and a parser in Rust, 26 MB, are not to be installed for `make test`.
$(MUTMUT): requirements-mutants.txt $(TOOLS)
	@echo "Installing what makes mutants"
	@$(PIP_INSTALL) -r requirements-mutants.txt
	@touch $@

# npm brings a chart bundle a third of the size; without it the one inside the plotly package serves.
$(ASSETS): $(RUNTIME) package-lock.json diary/web/assets_build.py
	@if command -v npm >/dev/null 2>&1; then \
		$(NPM_CI) --omit=dev || echo "npm could not install the smaller chart bundle; taking the full one" >&2; \
	fi
	@$(BIN)/python -m diary.web.assets_build

$(NODE_TOOLS): package-lock.json
	@command -v npm >/dev/null 2>&1 || { \
		echo "make check needs npm for the JavaScript checker. Install Node.js with npm (Debian, Ubuntu: apt-get install npm), then try again." >&2; \
		exit 1; \
	}
	@echo "Installing the JavaScript checker"
	@$(NPM_CI)
	@touch $@

# Apart from the other tools: 185 MB are not to be fetched for `make check`.
$(LIGHTHOUSE): tests/lighthouse/package-lock.json
	@command -v npm >/dev/null 2>&1 || { \
		echo "make lighthouse needs npm. Install Node.js with npm (Debian, Ubuntu: apt-get install npm), then try again." >&2; \
		exit 1; \
	}
	@echo "Installing Lighthouse"
	@$(NPM_CI) --prefix tests/lighthouse
	@touch $@

browser: $(TOOLS)
	@$(BIN)/python -m tests.plugins.browser
