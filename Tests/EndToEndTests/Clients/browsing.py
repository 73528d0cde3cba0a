"""A real browser for the checks: Chromium without a window."""

import contextlib
import shutil

from checking import TIMEOUT_SECONDS, expect
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

BLOCKED = 2  # Chromium's number for a content setting


@contextlib.contextmanager
def browser(scripts=False):
    # Pages of this machine only are opened, so that no sandbox is needed; for root there is none.
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": BLOCKED})
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program:
        options.binary_location = program
    # Without a path Selenium would look for a driver on the network.
    driver_path = shutil.which("chromedriver")
    expect(driver_path, "chromedriver is missing; scripts/bootstrap --test installs it")
    driver = webdriver.Chrome(options=options, service=Service(driver_path))
    driver.set_page_load_timeout(TIMEOUT_SECONDS)
    driver.set_script_timeout(TIMEOUT_SECONDS)
    try:
        yield driver
    finally:
        driver.quit()
