# Everything sets itself up in .venv; nothing else has to be installed for `make demo` than Python 3.11 or newer.
#
#   make demo                 the demo course on http://127.0.0.1:8000 (PORT=..., HOST=0.0.0.0 for phones in the room)
#   make test                 all checks and tests that this machine can run
#   make bench                what docs/development.md explains, on MariaDB; BENCH_ARGS="--only latency"
#   make build                the browser part, after a change in frontend/
#   make extract_translations compile_translations
#   make wheel | clip | picture | clean

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := demo
.PHONY: demo setup test lint frontend-test bench build extract_translations compile_translations wheel clip picture clean

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

# --- Checks and tests -----------------------------------------------------------------------------------------

# The browser's tests mostly wait for pages, so the others run beside them. 5: none was chosen by PYTEST_ARGS.
test: setup lint frontend-test
	@status=0; \
	$(BIN)/python -m pytest tests/browser $(PYTEST_ARGS) >$(VENV)/browser.log 2>&1 & browser=$$!; \
	$(BIN)/python -m pytest --ignore tests/browser $(PYTEST_ARGS) || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	wait $$browser || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	echo "In the browser:"; cat $(VENV)/browser.log; exit $$status

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

bench: setup
	$(BIN)/python -m tests.bench $(BENCH_ARGS)

# --- What is built and committed ------------------------------------------------------------------------------

build: node_modules/.package-lock.json
	npm run --silent build

# English is the source; the other languages are the folders that exist.
LANGUAGES := $(sort en $(notdir $(wildcard psychsafety_xblock/translations/*)))
MESSAGES := $(BIN)/python -m django makemessages $(LANGUAGES:%=--locale %) --no-obsolete --add-location file \
  --ignore 'node_modules/*' --ignore '$(VENV)/*' --ignore 'tests/*' --ignore 'build/*' --ignore 'var/*'

extract_translations: $(VENV)/.demo
	$(MESSAGES) --ignore 'frontend/*' --ignore 'psychsafety_xblock/demo/*'
	$(MESSAGES) --domain djangojs --ignore 'frontend/test/*' --ignore 'psychsafety_xblock/*'

compile_translations: $(VENV)/.demo
	$(BIN)/python -m django compilemessages --verbosity 0 --ignore '$(VENV)/*' --ignore 'node_modules/*'

# An earlier build would slip its deleted files in.
wheel: $(BIN)/python
	rm -rf build
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clip: $(BIN)/python
	$(BIN)/python -m pip install --quiet pillow
	$(BIN)/python -m psychsafety_xblock.demo.make_clip

picture: $(VENV)/.test
	$(BIN)/python -m psychsafety_xblock.demo.make_picture docs/wall.png
	$(BIN)/python -m psychsafety_xblock.demo.make_leader_pictures docs/leader

clean:
	rm -rf build dist *.egg-info var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
