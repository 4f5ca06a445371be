# Everything by one word. Run `make` for the list.
export PYTHONUTF8 := 1
PYTHON ?= python3
BIN := .venv/bin
N ?= 10000

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests build test lint format bench papers shots schema locale lock serve doctor clean

help: ## 列出可用的命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup:
	@$(PYTHON) tools/setup/setup.py

setup-tests:
	@$(PYTHON) tools/setup/setup.py --tests

build: setup ## 装好所需的一切,对样例登记册做检查、文书、台账、网站、办事指南
	@$(BIN)/xinfang build

test: setup-tests lint ## 装好测试所需的一切,运行全部测试
	@$(BIN)/python -m pytest -n 2 --durations=10

lint: setup-tests ## 检查代码和自己的 YAML
	@$(BIN)/ruff check --quiet tools tests
	@$(BIN)/ruff format --check --quiet tools tests
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .

format: setup-tests ## 整理代码格式
	@$(BIN)/ruff check --fix --quiet tools tests
	@$(BIN)/ruff format --quiet tools tests

bench: setup-tests ## 测速,与同类工具并列;件数用 N=1000 指定
	@$(BIN)/python tools/bench/bench.py --cases $(N)

papers: setup ## 印全部文书的样张和空白表格,并合成一张图 docs/images/papers.png
	@$(BIN)/python tools/sample/contact_sheet.py docs/images/papers.png

shots: setup-tests ## 给每一种网页拍照(电脑、手机、深色、打印),并更新手册和 README 中的图
	@$(BIN)/python tools/sample/shots.py

schema: setup ## 重新导出 JSON Schema
	@$(BIN)/xinfang schema

locale: setup-tests ## 重新编译命令行的中文词条
	@$(BIN)/pybabel -q compile -d tools/xinfang/locale -D messages

lock: setup-tests ## 按 pyproject.toml 重新钉住全部 Python 组件的版本
	@$(BIN)/python tools/setup/lock.py

serve: setup ## 在本机浏览网站,改动后自动重做
	@$(BIN)/xinfang serve

doctor: setup ## 检查装了什么、缺什么、怎样补
	@$(BIN)/xinfang doctor

clean: ## 删去全部输出
	@rm -rf build
