"""The parser stands beside its tests; the browser is started once, before a test closes the network."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
CHROMIUM = "/usr/bin/chromium"
"""Debian's; `.ci/run` installs it. Playwright brings the driver, not the browser."""


@pytest.fixture(scope="session")
def browser():
    quiet = ("background-networking", "component-update", "sync", "gpu", "quic")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
        )
        yield started
        started.close()
