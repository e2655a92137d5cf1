# Each target does its own set-up: a virtual environment in .venv, the locked versions, the work.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test faults lab lint gallery docs lock release clean

demo: .venv/demo.done
	$(BIN)/framing demo --output reports

test: .venv/test.done
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# Kills, full disks and failing writes for hours; the short form is among the tests.
faults: .venv/test.done
	$(BIN)/python -m tests.faults.harness

lint: .venv/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: .venv/lab.done
	$(BIN)/jupyter lab notebooks

# First pages of all kinds of reports, to be looked at, in reports/gallery; takes some minutes.
gallery: .venv/test.done
	$(BIN)/python -m tests.gallery

# The site, in docs/_build/html: warnings are errors, pages are executed, links between them checked.
docs: .venv/docs.done docs/generated/reports/overview.png
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

docs/generated/reports/overview.png: .venv/docs.done $(shell find framing notebooks corpora tests/gallery.py -type f -not -name "*.pyc")
	$(BIN)/python -m tests.gallery docs/generated/reports

# The versions that everything is installed with: newest ones that satisfy pyproject.toml.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet ".[lab,test,docs]"
	.venv-lock/bin/python -m pip freeze --exclude news-framing > constraints.txt
	rm -rf .venv-lock

# Source and wheel; then the wheel alone, in a new environment and outside this folder.
release:
	rm -rf .venv-release dist && $(PYTHON) -m venv .venv-release
	.venv-release/bin/python -m pip install --quiet build twine
	.venv-release/bin/python -m build --outdir dist
	.venv-release/bin/twine check --strict dist/*
	rm -rf .venv-release && $(PYTHON) -m venv .venv-release
	.venv-release/bin/python -m pip install --quiet -c constraints.txt dist/*.whl
	cd .venv-release && bin/framing --version && bin/framing demo --output demo && ls -l demo
	rm -rf .venv-release

clean:
	rm -rf .venv .venv-lock .venv-release build dist docs/_build docs/generated

.venv/bin/python:
	$(PYTHON) -m venv .venv || ($(PYTHON) -m pip install virtualenv && $(PYTHON) -m virtualenv .venv)

.venv/demo.done: EXTRAS =
.venv/test.done: EXTRAS = [test]
.venv/lab.done: EXTRAS = [lab]
.venv/docs.done: EXTRAS = [docs]
.venv/%.done: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".$(EXTRAS)"
	touch $@
