# Each target sets itself up: a virtual environment in .venv, pinned by constraints.txt.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: all test test-doccano doccano lint clean

all: $(VENV)/.ready
	$(BIN)/python -m spacy project run all

test: $(VENV)/.ready lint
	$(BIN)/python -m pytest

# With a real doccano server and Chromium (Debian: apt-get install chromium).
test-doccano: $(VENV)/.ready
	TEST_DOCCANO=1 $(BIN)/python -m pytest tests/doccano

# A server on loopback to try; asks for a user name and a password.
doccano: $(VENV)/.ready
	$(BIN)/python -m corpus.correct server --home corpus/output/doccano

lint: $(VENV)/.ready
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[project,test]"
	touch $@

clean:
	rm -rf $(VENV) .venv-doccano .venv-doccano-server corpus/output training/output evaluate/output
