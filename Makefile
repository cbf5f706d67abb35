# Everything a newcomer needs: `make demo`, `make test`. Nothing here asks a question.

SWIFT ?= swift
BIN := .build/release/tidemark
PACKAGES := libpcre2-dev zlib1g-dev libsqlite3-dev libcurl4 pkg-config
BUILD_FLAGS := --explicit-target-dependency-import-check error
# The program carries Swift's runtime: it can be copied to a machine that has none.
RELEASE_FLAGS := -c release --static-swift-stdlib $(BUILD_FLAGS) --product tidemark
# Swift's backtracer can hang a pipeline when a child crashes without a terminal.
export SWIFT_BACKTRACE = enable=no

.PHONY: help setup build release demo test integration soak planted-bugs lint format bench simulate samples clean

help:
	@echo 'make demo     set up, build in release mode, catch a bad release in the samples'
	@echo 'make test     set up, run all tests, lint, rule tests'
	@echo 'make release  build $(BIN)'
	@echo 'make bench    measure throughput beside wc, rg and the C yardsticks'
	@echo 'make simulate false alarms, delays and healthy calls of the judge on simulated services'
	@echo 'make integration  send alerts to a real Alertmanager, Prometheus, SMTP server and webhook'
	@echo 'make soak     follow files through logrotate and SIGKILL for half an hour'
	@echo 'make format   format the sources'
	@echo 'make samples  write samples/ anew'

# The system packages, if they are missing; with sudo when there is one and we are not root.
setup:
	@sh Tests/setup.sh $(PACKAGES)

build: setup
	$(SWIFT) build $(BUILD_FLAGS)

release: setup
	$(SWIFT) build $(RELEASE_FLAGS)

# The sample releases: the good one is left alone, the bad one is caught and explained.
demo: release
	sh samples/demo.sh $(BIN)

test: release lint
	TIDEMARK_BINARY=$(CURDIR)/$(BIN) sh Tests/run.sh $(SWIFT) test $(BUILD_FLAGS)

# Whether the random histories find the bugs of Tests/FollowingTests/PlantedBugs.
planted-bugs: setup
	sh Tests/planted-bugs.sh

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Benchmarks Package.swift

bench: release
	Benchmarks/run.sh

# Simulated services whose truth is known, through the real judge; what a stopped run has finished is
# in .build/simulation.tsv and not done again. SIMULATE='--part 0.1' is a quick look.
SIMULATE ?=
simulate: setup
	$(SWIFT) build -c release $(BUILD_FLAGS) --product Simulation
	.build/release/Simulation $(SIMULATE) --report Benchmarks/FALSE-ALARMS.md

# What takes too long for `make test`: ten times as many random histories of following, from another
# seed each day (a failure names its seed); the long form of the scenarios; logrotate with busy
# writers and SIGKILL; ten thousand idle files; a real journal.
SOAK_SECONDS := 60
soak: PACKAGES += logrotate systemd systemd-journal-remote
soak: release
	TIDEMARK_MODEL_STEPS=10000000 TIDEMARK_MODEL_SEED=$$(date +%Y%m%d)000000 \
	  $(SWIFT) test $(BUILD_FLAGS) --filter FollowHistoryTests
	TIDEMARK_SOAK=1 TIDEMARK_BINARY=$(CURDIR)/$(BIN) \
	  $(SWIFT) test $(BUILD_FLAGS) --filter CommandTests.Follow
	Benchmarks/torture.py --self-test
	Benchmarks/torture.py --tidemark $(BIN) --seconds $(SOAK_SECONDS)
	Benchmarks/torture.py --tidemark $(BIN) --seconds $(SOAK_SECONDS) --polling --seed 2
	Benchmarks/idle.py --tidemark $(BIN)
	Benchmarks/journal.py --tidemark $(BIN) --seconds $(SOAK_SECONDS)

# Alerts and metrics against real receivers: Alertmanager, Prometheus, SMTP, standardwebhooks.
integration: PACKAGES += prometheus prometheus-alertmanager python3-venv python3-pip libcurl4
integration: release
	sh Tests/integration.sh $(CURDIR)/$(BIN)

samples: release
	sh samples/write.sh $(BIN)

clean:
	rm -rf .build
