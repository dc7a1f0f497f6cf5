# 青问 Qingwen. The targets that have a comment after ## are listed by `make help`.

PYTHON ?= python3
BIN = .venv/bin
UV = 0.13.9
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
COMPILE = .venv-lock/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --no-emit-index-url --no-emit-find-links

export PREPARE = from qa.config import Settings; from qa.encoder import CompactEncoder, load_encoder; s = Settings(); \
	load_encoder(s.encoder, cache=s.cache, threads=s.threads, runtime=s.runtime); CompactEncoder(cache=s.cache)

.DEFAULT_GOAL := help
.PHONY: help install serve test chromium lock clean

help: ## List the targets
	@sed -n 's/^\([a-z][a-z]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 10

install: .venv/installed .venv/encoder ## Make .venv, install the locked packages, prepare the bundled encoder

serve: install ## Index seeds/ when it changed, then open page and API on http://127.0.0.1:8000
	$(BIN)/qa serve seeds

# The checks of one run, cheapest first; the browser tests use Debian's chromium.
test: export HF_HUB_OFFLINE = 1
test: install .venv/tested chromium ## Format, lint, types, import floors, then every test with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=90

lock: .venv-lock/bin/uv ## Write both locks from pyproject.toml; newest versions with: make lock UPGRADE=--upgrade
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) $(UPGRADE) -o requirements.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) $(UPGRADE) --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove .venv, caches and the built index; what people said of answers, in vectors/kept/, stays
	rm -rf .venv .venv-lock build dist *.egg-info .coverage .coverage.* htmlcov
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find qa ui tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find vectors -mindepth 1 ! -name README.md ! -path vectors/kept ! -path 'vectors/kept/*' -delete

# The files below .venv are stamps: what they stand for is done again only when a lock or pyproject.toml is newer.
.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version)'
	$(PYTHON) -m venv .venv
	touch $@

.venv/installed: .venv/made requirements.lock pyproject.toml
	$(PIP) install --use-pep517 -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

.venv/tested: .venv/installed requirements-dev.lock
	$(PIP) install --use-pep517 -r requirements-dev.lock
	touch $@

.venv/encoder: .venv/installed
	$(BIN)/python -c "$$PREPARE"
	touch $@

.venv-lock/bin/uv:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --disable-pip-version-check --quiet uv==$(UV)

# Playwright's driver is a Node that wants libatomic, which a small Debian does not have.
chromium: .venv/tested
	@if command -v chromium >/dev/null 2>&1 && $(BIN)/playwright --version >/dev/null 2>&1; then exit 0; fi; \
	sudo=""; \
	if [ "$$(id -u)" != 0 ]; then sudo="sudo -n"; fi; \
	if command -v apt-get >/dev/null 2>&1 && $$sudo true 2>/dev/null; then \
		$$sudo apt-get update -q && \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
			chromium fonts-noto-cjk libatomic1 && exit 0; \
	fi; \
	echo "chromium is missing and cannot be installed here: the browser tests will fail." >&2; \
	echo "Install it with: apt-get install chromium fonts-noto-cjk libatomic1" >&2
