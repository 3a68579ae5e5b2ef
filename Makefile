# On a fresh machine with Python 3.11 or later: `make demo` and `make test` set everything up and run.
PYTHON ?= python3
BIN := .venv/bin
INPUTS ?= ../shared/inputs
INCIDENTS ?= ../shared/incidents/open.yaml
REPLIES ?= ../shared/replies

.PHONY: demo test lint extraction incidents holes contract policies search bench lock clean

demo: $(BIN)/.ready
	$(BIN)/opslead design examples/animal-clinic/service.md --charter examples/animal-clinic/charter.md --breach examples/animal-clinic/breach.md --out out/animal-clinic
	$(BIN)/opslead design examples/laundry/service.md --out out/laundry
	$(BIN)/opslead design examples/tool-library/service.md --out out/tool-library
	$(BIN)/opslead design examples/consignment/service.md --out out/consignment
	$(BIN)/opslead check out/animal-clinic/specification.md out/laundry/specification.md out/tool-library/specification.md out/consignment/specification.md

test: $(BIN)/.ready lint
	$(BIN)/python -m pytest -n auto --dist loadgroup

lint: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/opslead catalog lint

extraction: $(BIN)/.ready
	$(BIN)/python benchmarks/extraction.py $(INPUTS)

incidents: $(BIN)/.ready
	$(BIN)/python benchmarks/incidents.py $(INCIDENTS)

holes: $(BIN)/.ready
	$(BIN)/python benchmarks/holes.py $(INPUTS)

contract: $(BIN)/.ready
	$(BIN)/python benchmarks/contract.py $(REPLIES)

policies: $(BIN)/.ready
	$(BIN)/python benchmarks/policies.py examples/*/service.md $(wildcard ../shared/contexts/camping.ko.md ../shared/contexts/ev-charging.en.md ../shared/contexts/study-cafe.ko.md)
	$(BIN)/opslead catalog stats examples/*/service.md

search: $(BIN)/.ready
	$(BIN)/python benchmarks/search.py kernels
	$(BIN)/python benchmarks/search.py services examples/*/service.md
	$(BIN)/python benchmarks/search.py growth

bench: $(BIN)/.ready
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/catalog.py examples/guesthouse/service.md

# The lock is a hashed requirements file, so that it names packages and no address; see design/lock-file.md.
lock:
	uv lock --upgrade
	uv export --quiet --no-emit-project --no-header --format requirements-txt --output-file requirements.lock

$(BIN)/.ready: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "opslead needs Python 3.11 or later; set PYTHON=")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf .venv out dist
