# 两条命令就够:make demo(演示)、make test(测试)。 Two commands are enough: make demo, make test.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve test coverage browser check bench screenshots reference
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
ARGS ?=

help:  ## 这份说明 · this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 14

setup: .venv/.ready  ## 只做安装 · install everything, once

demo: setup  ## 演示：新生儿出生一件事 · play a newborn's one thing, then stay up
	@$(PY) -m yijianshi demo $(ARGS)

serve: setup  ## 启动网站 · serve the site with a worker beside it
	@$(PY) -m yijianshi setup && $(PY) -m yijianshi serve --with-worker $(ARGS)

test: .venv/.dev  ## 全部测试 · all tests but those in a browser
	$(PY) -m pytest -m "not browser" $(ARGS)

coverage: .venv/.dev  ## 测试覆盖 · what the tests reach
	$(PY) -m coverage run -m pytest -m "not browser" $(ARGS); status=$$?; $(PY) -m coverage report --skip-covered --sort=cover; exit $$status

browser: .venv/.dev  ## 浏览器测试 · the tests in headless Chromium
	$(PY) -m pytest -m browser $(ARGS)

check: .venv/.dev  ## 风格、类型、结构 · style, types, import contracts, dependencies, house rules, migrations
	$(PY) -m ruff check . && $(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	.venv/bin/deptry yijianshi neighbours
	YIJIANSHI_MODE=test $(PY) manage.py makemigrations --check --dry-run
	$(PY) -m yijianshi content check
	$(PY) -m pytest tests/house $(ARGS)

bench: .venv/.dev  ## 性能对比 · measure against peers, one table each
	@for name in $$($(PY) -c "from benchmarks import registry; print(*registry.names())"); do $(PY) -m yijianshi bench $$name $(ARGS) || exit 1; done

screenshots: .venv/.dev  ## 页面截图 · pictures of the pages
	$(PY) -m tests.browser.screenshots $(ARGS)

reference: setup  ## 生成参考文档 · write docs/reference
	$(PY) -m yijianshi reference $(ARGS)

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed."; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "需要 Python 3.11 或更新版本，现在是 $$($(PYTHON) -V)。可以用 make PYTHON=python3.12 指定。 Python 3.11 or newer is needed."; exit 2; }
	@echo "· 正在建立 Python 环境…  making the Python environment …"
	@$(PYTHON) -m venv .venv || { echo "没有建成。缺 venv 模块时先装上（Debian：apt-get install python3-venv）。 If the venv module is missing, install it first."; exit 2; }

.venv/.ready: .venv/bin/python requirements/base.txt requirements/neighbours.txt pyproject.toml
	@echo "· 正在安装依赖（首次约一分钟）…  installing (about a minute the first time) …"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null || \
	{ echo "环境不完整：请删掉 .venv 再试。 The environment is incomplete: remove .venv and try again."; exit 2; }
	@$(PIP) -r requirements/base.txt -r requirements/neighbours.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.ready requirements/dev.txt
	@echo "· 正在安装测试工具…  installing the tools for tests …"
	@$(PIP) -r requirements/dev.txt
	@touch $@
