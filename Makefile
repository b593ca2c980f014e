# Everything a fresh machine needs: Python 3.11 or newer, make, and (on Debian or Ubuntu) apt.
#
#   make demo     set up, then a forecast of a bundled case
#   make test     set up, then the tests
#   make lint     set up, then the linters
#   make docs     the site of the documents, in build/docs/html (LIGHT=1: without running the examples)
#   make atlas    the wars as a data package, in build/atlas
#   make test-pythons   the tests on every Python 3.11 or newer that is here
#   make page     build the page of a forecast from viewer/ (needs node 20.19 or newer)
#   make soak     kill, starve and damage the program for ten minutes (an hour: MINUTES=60)
#   make audit    look the pinned packages up among known faults (needs a network; says so without one)
#   make cases    build the bundled cases anew (needs their facts, which lie outside: make cases FACTS=../shared/facts)
#
# Another environment folder: make test VENV=/some/folder.   Another Python: make test PYTHON=python3.13.
# Some of the tests: make test TESTS=tests/house.

VENV ?= .venv
PYTHON ?=
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
WORKERS ?= auto
FACTS ?= ../shared/facts
TESTS ?=
LIGHT ?=
PYTHONS ?= python3.11 python3.12 python3.13 python3.14
MINUTES ?= 10

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs atlas test-pythons page cases pagecheck soak audit format setup clean

help:
	@sed -n '3,12p' Makefile | sed 's/^# *//'

demo: $(VENV)/.ready-run
	@$(VENV)/bin/headlong demo

test: $(VENV)/.ready-test
	@$(PY) -m pytest -q -n $(WORKERS) $(TESTS)

lint: $(VENV)/.ready-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache

docs: $(VENV)/.ready-docs
	@$(PY) scripts/build_docs.py $(if $(LIGHT),--light)

atlas: $(VENV)/.ready-run
	@$(PY) scripts/make_atlas.py

test-pythons:
	@set -e; for python in $(PYTHONS); do \
	  if command -v $$python >/dev/null 2>&1; then \
	    echo "== $$python"; $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$${python##*python}; \
	  else echo "== $$python is not here: skipped"; fi; \
	done

page:
	@./scripts/build_page

cases: $(VENV)/.ready-run
	@$(PY) scripts/build_case.py --all $(FACTS)

soak: $(VENV)/.ready-test
	@$(PY) scripts/soak.py --minutes $(MINUTES)

audit: $(VENV)/.ready-dev
	@$(PY) scripts/audit.py

pagecheck:
	@./scripts/build_page --check

format: $(VENV)/.ready-dev
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

setup: $(VENV)/.ready-dev

$(VENV)/bin/pip:
	@./scripts/make_venv $(VENV) $(PYTHON)

$(VENV)/.ready-run: $(VENV)/bin/pip pyproject.toml constraints.txt
	@echo "Installing Headlong into $(VENV) ..."
	@$(PIP) install -q -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-test: $(VENV)/bin/pip pyproject.toml constraints.txt
	@echo "Installing Headlong and its tests into $(VENV) ..."
	@$(PIP) install -q -c constraints.txt -e '.[test]'
	@./scripts/get_chromium
	@touch $@ $(VENV)/.ready-run

$(VENV)/.ready-dev: $(VENV)/bin/pip pyproject.toml constraints.txt
	@echo "Installing Headlong, its tests and linters into $(VENV) ..."
	@$(PIP) install -q -c constraints.txt -e '.[test,dev]'
	@./scripts/get_chromium
	@touch $@ $(VENV)/.ready-test $(VENV)/.ready-run

$(VENV)/.ready-docs: $(VENV)/bin/pip pyproject.toml constraints.txt
	@echo "Installing Headlong and what builds its documents into $(VENV) ..."
	@$(PIP) install -q -c constraints.txt -e '.[docs,plots]'
	@touch $@ $(VENV)/.ready-run

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
