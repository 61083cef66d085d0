# Needs Python 3.11 or newer, pip and make. Everything else goes into .venv, which is brought up to date
# whenever pyproject.toml or constraints.txt changes.
# CI's own steps, and what the full set of tests wants from apt, are in .ci/run.

SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.up-to-date
# The first interpreter that is new enough and can fill a virtual environment. Another one: make PYTHON=/path/to/python demo
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && $$python -m pip --version >/dev/null 2>&1 \
	&& { command -v $$python; break; }; done)
# Of batches, of workers with a dossier in hand, and how many dossiers each batch in these loops has.
KILLS ?= 100
WORKERS ?= 500
DOSSIERS ?= 100
# What pip does as it installs, for a working copy: readers are sealed before they load what they read with, and may
# write nowhere. A machine that forbids it (PYTHONDONTWRITEBYTECODE) has each of them compile it again.
unexport PYTHONDONTWRITEBYTECODE
COMPILE := $(BIN)/python -m compileall -q cli.py pipeline extractors validators
QUIET_PIP := --disable-pip-version-check --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo test test-faults lint format docs catalogues screenshots bench bench-accuracy calibrate train-letters clean

help: ## Show what can be made.
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

demo: $(STAMP) ## Set everything up and verify the sample dossiers in one batch.
	@$(COMPILE)
	@$(BIN)/dossier batch samples/dossiers --output demo-output --html --as-of 2026-11-24 >/dev/null || test $$? -eq 1
	@$(BIN)/python -m samples.demo demo-output

test: $(STAMP) ## Set everything up and run the tests.
	@$(COMPILE)
	@$(BIN)/python -m pytest -q --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-faults: $(STAMP) ## Attack it in every way that is known, with one summary; hours. Fewer: make test-faults KILLS=5 WORKERS=20
	@$(COMPILE)
	@$(BIN)/python -m tests.hostile --kills $(KILLS) --workers $(WORKERS) --dossiers $(DOSSIERS)

lint: $(STAMP) ## Check style, types and the direction of imports.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## Put the source into the house's form.
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: $(STAMP) ## Render the catalogue of rules, the rulebooks and the commands into docs.
	@$(BIN)/python -m validators.rendering docs
	@$(BIN)/python -c 'import pathlib, cli, pipeline.manual as m; m.write(cli.dossier, "dossier", pathlib.Path("docs/commands.md"))'

catalogues: $(STAMP) ## Compile what reports say, in both languages, after a change to pipeline/locale.
	@$(BIN)/python -m pipeline.catalogues

screenshots: demo ## Take the README's pictures anew, in Debian's Chromium.
	@$(BIN)/python -m samples.screenshots demo-output

bench: $(STAMP) ## Measure speed and accuracy against other engines.
	@$(COMPILE)
	@$(BIN)/python -m bench

bench-accuracy: $(STAMP) ## Measure accuracy on drawn, sample and real documents against what was to be reached.
	@$(BIN)/python -m bench.accuracy

calibrate: $(STAMP) ## Fit confidence to what is right, on labelled sets; writes extractors/calibration.json.
	@$(BIN)/python -m bench.calibrate

train-letters: $(STAMP) ## Train a model on invented letters, and score it against the rules.
	@$(BIN)/python -m bench.letters

clean: ## Remove what was made: the environment, caches, the demo's output.
	rm -rf $(VENV) demo-output build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov

# Without ensurepip (Debian packs it apart) the interpreter's own pip fills the environment from outside.
$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer with pip was found; install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON) …" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip $(VENV)
	@if test -x $(BIN)/pip; then $(BIN)/python -m pip install $(QUIET_PIP) --editable '.[dev]'; \
	else $(PYTHON) -m pip --python $(BIN)/python install $(QUIET_PIP) --editable '.[dev]'; fi
	@touch $@
