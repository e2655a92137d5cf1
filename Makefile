# Each target does its own set-up: a virtual environment in .venv, the locked versions, the work.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test faults lab lint lock clean

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

# The versions that everything is installed with: newest ones that satisfy pyproject.toml.
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet ".[lab,test]"
	.venv-lock/bin/python -m pip freeze --exclude news-framing > constraints.txt
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock build dist

.venv/bin/python:
	$(PYTHON) -m venv .venv || ($(PYTHON) -m pip install virtualenv && $(PYTHON) -m virtualenv .venv)

.venv/demo.done: EXTRAS =
.venv/test.done: EXTRAS = [test]
.venv/lab.done: EXTRAS = [lab]
.venv/%.done: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".$(EXTRAS)"
	touch $@
