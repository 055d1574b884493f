# Everything sets itself up in .venv; nothing else has to be installed for `make demo` than Python 3.11 or newer.
#
#   make demo                 the demo course on http://127.0.0.1:8000 (PORT=..., HOST=0.0.0.0 for phones in the room)
#   make demo-world           the same with 120 teams that have met over ten months, in a folder of its own (WORLD_DIR)
#   make test                 all checks and tests that this machine can run
#   make test-languages       the walk through every view once more in other languages
#   make attack               who could learn what: the table of attackers, measured, and a list of breakages, each caught
#   make audit                known weaknesses of our code and of what it needs
#   make test-matrix          the oldest and newest versions of Python, Django and XBlock, installed from the wheel
#   make soak                 load with faults: killed processes, a restarted database, a lost cache
#   make bench                what docs/development.md explains, on MariaDB; BENCH_ARGS="--only latency"
#   make build                the browser part, after a change in frontend/
#   make extract_translations | compile_translations | validate_translations | dummy_translations
#   make sample-course        the course of the demo as an archive for Studio, after a change in demo/sample_course/
#   make exercises-doc        docs/exercises.md, after a change in the library
#   make wheel | clip | picture | clean

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := demo
.PHONY: demo demo-world setup test test-languages attack audit test-matrix soak lint frontend-test bench build wheel sample-course exercises-doc clip picture clean \
  extract_translations compile_translations dummy_translations validate_translations

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
THREADS ?= 8
VENV ?= .venv
BIN := $(VENV)/bin

export DJANGO_SETTINGS_MODULE := psychsafety_xblock.demo.settings
# A dependency of the workbench says this at each start.
export PYTHONWARNINGS := ignore:pkg_resources

# The first that runs and is new enough; a name on the PATH may be a shim with nothing behind it.
PYTHONS := $(PYTHON) $(foreach v,3.12 3.13 3.11,$(wildcard $(or $(PYENV_ROOT),$(HOME)/.pyenv)/versions/$(v)*/bin/python) python$(v)) python3

# --- Setting up -----------------------------------------------------------------------------------------------

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    echo "Setting up $(VENV) with $$($$python --version)"; exec $$python -m venv $(VENV); \
	  fi; \
	done; echo "Python 3.11, 3.12 or 3.13 is needed; make PYTHON=/path/to/python" >&2; exit 1

# The workbench needs pkg_resources, which setuptools 82 dropped.
$(VENV)/.demo: setup.py pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet 'setuptools<82' --editable '.[demo]'
	@touch $@

$(VENV)/.test: setup.py pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet 'setuptools<82' --editable '.[test]'
	@touch $@ $(VENV)/.demo

# The driver has no wheel: it builds where MariaDB's or MySQL's headers are installed, and its tests are left out elsewhere.
$(VENV)/.mysql: $(VENV)/.test
	@if $(BIN)/python -m pip install --quiet --editable '.[mysql]' 2>$(VENV)/mysql.log; then \
	  touch $@; \
	elif [ -n "$${PSYCHSAFETY_REQUIRE_ALL:-}" ]; then \
	  cat $(VENV)/mysql.log >&2; exit 1; \
	else \
	  echo "Without MySQL's headers the tests on MariaDB are left out ($(VENV)/mysql.log)"; \
	fi

node_modules/.package-lock.json: package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

setup: $(VENV)/.test $(VENV)/.mysql

# --- The demo -------------------------------------------------------------------------------------------------

# --run-syncdb: the workbench of Python 3.11 comes without its migrations.
demo: $(VENV)/.demo
	@$(BIN)/python -m django migrate --noinput --run-syncdb --verbosity 0
	@echo "The demo: http://$(if $(filter 0.0.0.0,$(HOST)),$$(hostname -I | cut -d' ' -f1),$(HOST)):$(PORT)/  (Ctrl-C stops it, sessions stay)"
	@exec $(BIN)/gunicorn psychsafety_xblock.demo.wsgi:application --bind $(HOST):$(PORT) \
	  --worker-class gthread --workers $(WORKERS) --threads $(THREADS) --timeout 60 --log-level warning

WORLD_DIR ?= var/world

demo-world: export PSYCHSAFETY_DEMO_DIR := $(WORLD_DIR)
demo-world: $(VENV)/.demo
	@$(BIN)/python -m django migrate --noinput --run-syncdb --verbosity 0
	@$(BIN)/python -m psychsafety_xblock.demo.world --if-empty
	@echo "Lead a session as Mette up to the reveal, and open the echo; as Frida, look at the figures over all teams."
	@$(MAKE) --no-print-directory demo

# --- Checks and tests -----------------------------------------------------------------------------------------

# The browser's tests mostly wait for pages: two of their files at a time, and the others beside them. Attackers and
# fuzzing have a target of their own.
# 5: none was chosen by PYTEST_ARGS.
test: setup lint frontend-test
	@status=0; \
	$(BIN)/python -m pytest tests/browser --numprocesses 2 --dist loadfile -m 'not languages' $(PYTEST_ARGS) \
	  >$(VENV)/browser.log 2>&1 & browser=$$!; \
	$(BIN)/python -m pytest --ignore tests/browser -m 'not attack' $(PYTEST_ARGS) || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	wait $$browser || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	echo "In the browser:"; cat $(VENV)/browser.log; exit $$status

# Every view in Danish, in Arabic, and in a language that shows what is not translated: too long for each change.
test-languages: setup
	$(BIN)/python -m pytest tests/browser --numprocesses 2 -m languages $(PYTEST_ARGS)

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m django check --fail-level ERROR
	$(BIN)/python -m django makemigrations --check --dry-run

frontend-test:
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory node_modules/.package-lock.json; npm run --silent check; npm test --silent; \
	elif [ -n "$${PSYCHSAFETY_REQUIRE_ALL:-}" ]; then \
	  echo "npm is missing" >&2; exit 1; \
	else \
	  echo "Without npm the tests of the browser part are left out"; \
	fi

# How many histories each attack is measured over.
ATTACK_RUNS ?= 200

attack: setup
	$(BIN)/python -m tests.privacy --runs $(ATTACK_RUNS) $(ATTACK_ARGS)

audit: setup
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml psychsafety_xblock
	$(BIN)/python -m tools.audit

test-matrix: setup
	$(BIN)/python -m tests.matrix $(MATRIX_ARGS)

soak: setup
	$(BIN)/python -m tests.bench.soak $(SOAK_ARGS)

bench: setup
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

# --- What is built and committed ------------------------------------------------------------------------------

build: node_modules/.package-lock.json
	npm run --silent build

# Texts of Python, templates and scripts in one catalogue a locale; tools/translations.py says how.
TRANSLATIONS := $(BIN)/python -m tools.translations

extract_translations: $(VENV)/.test
	$(TRANSLATIONS) extract

compile_translations: $(VENV)/.test
	$(TRANSLATIONS) compile

dummy_translations: $(VENV)/.test
	$(TRANSLATIONS) dummy

# msgfmt knows mistakes of the format that we do not look for.
validate_translations: $(VENV)/.test
	$(TRANSLATIONS) validate
	@for catalogue in psychsafety_xblock/translations/*/LC_MESSAGES/text.po; do \
	  msgfmt --check-format --output-file=/dev/null "$$catalogue"; done

exercises-doc: $(VENV)/.demo
	$(BIN)/python -m psychsafety_xblock.exercises.listing docs/exercises.md

# An earlier build would slip its deleted files in.
wheel: $(BIN)/python
	rm -rf build
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

sample-course: $(BIN)/python
	$(BIN)/python -m psychsafety_xblock.demo.make_sample_course

clip: $(BIN)/python
	$(BIN)/python -m pip install --quiet pillow
	$(BIN)/python -m psychsafety_xblock.demo.make_clip

picture: $(VENV)/.test
	$(BIN)/python -m psychsafety_xblock.demo.make_picture docs/wall.png
	$(BIN)/python -m psychsafety_xblock.demo.make_leader_pictures docs/leader

clean:
	rm -rf build dist *.egg-info var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
