# Start here: `make serve` runs a fake OpenRouter, `make test` runs what CI runs.

CONFIGURATION ?= debug
ARGS ?=
ROUNDS ?= 20000
SEED ?= $(shell date +%Y%m%d)

PRODUCT := openrouter-sim
SOURCES := $(wildcard Sources Tests Benchmarks Examples Package.swift)
SHELL_SCRIPTS := $(shell grep -lE '^.!.*[/ ](ba)?sh$$' scripts/* .ci/* Clients/github-action/*)
# A linked-in Swift runtime makes a binary that runs on a machine without Swift; Apple's systems have their own.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)

SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
SWIFT_TEST := swift test --skip-build --parallel --disable-xctest

.DEFAULT_GOAL := help
.PHONY: help serve test release conformance fuzz-self lint format clean

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "make serve ARGS='--port 0 --seed 7' passes options on; CONFIGURATION=release builds the fast one."

# Stdout is the server's: a script may read the ready line from it. `exec` puts the server in the place of the
# shell, so that it gets the signals that make forwards.
serve: ## build, and run a fake OpenRouter on http://127.0.0.1:6464/api/v1
	@scripts/bootstrap
	@swift build --configuration $(CONFIGURATION) --product $(PRODUCT) >&2
	@exec .build/$(CONFIGURATION)/$(PRODUCT) serve $(ARGS)

# One debug build for the sources, the binary that the end-to-end tests run, and all tests. Those of time limits run by
# themselves, and so do those that wait for other programs: either needs threads that the others would hold.
test: ## install what is missing, lint, build, and run all tests
	@scripts/bootstrap --test
	@$(MAKE) --no-print-directory lint
	$(SWIFT_BUILD) --build-tests
	$(SWIFT_TEST) --filter '^(PlaybackTests|FuzzingTests)\.'
	$(SWIFT_TEST) --skip '^(PlaybackTests|FuzzingTests|EndToEndTests)\.'
	$(SWIFT_TEST) --filter '^EndToEndTests\.'

release: ## build the binary to ship, and print its path
	@scripts/bootstrap
	@$(SWIFT_BUILD) --configuration release --product $(PRODUCT) $(STATIC) >&2
	@swift build --configuration release $(STATIC) --show-bin-path | sed 's,$$,/$(PRODUCT),'

# OpenRouter's document is not ours to ship: make conformance SPEC=openapi.yaml
conformance: ## hold the fake against OpenRouter's document, SPEC=FILE, and let schemathesis look for failures
	@scripts/bootstrap
	@swift build --product $(PRODUCT) >&2
	scripts/make-conformance "$(SPEC)"
	scripts/run-schemathesis "$(SPEC)"

# .build folders of the packages in Benchmarks and Examples hold other people's sources.
swift_files = find $(SOURCES) -name .build -prune -o -name '*.swift' -print0

# The seed is the day's unless it is given, and every failure names it with its round. An input that takes the process with
# it, or that never ends, is the last one in the folder. Memory: a parser that asks for more than its limit is one that
# makes much of little.
fuzz-self: ## put hostile inputs to our own parsers: ROUNDS=20000 SEED=1
	@scripts/bootstrap
	@$(SWIFT_BUILD) --build-tests >&2
	@mkdir -p .build/self-fuzz
	@echo "seed $(SEED), $(ROUNDS) rounds for each parser; inputs under way in .build/self-fuzz"
	@ulimit -v 16000000; FUZZ_FOLDER=.build/self-fuzz FUZZ_ROUNDS=$(ROUNDS) FUZZ_SEED=$(SEED) \
		$(SWIFT_TEST) --filter '^SelfFuzzTests\.'

lint: ## check formatting and shell syntax
	@for script in $(SHELL_SCRIPTS); do bash -n "$$script" || exit 1; done
	@$(swift_files) | xargs -0 swift format lint --strict --parallel

format: ## format all Swift sources in place
	@$(swift_files) | xargs -0 swift format format --in-place --parallel

clean: ## remove what was built, and the Python environments
	rm -rf .build .venv .venv-older .venv-recorders .venv-schemathesis
