"""Looks at the page /_sim/ with a real browser. Usage: page_browser.py [CHECK…]; see CHECKS at the end.

All checks share one browser. `empty` wants a server that nobody has asked anything and that plays no cassette, `misses`
one that replays PageTests' cassettes, the others one that serves them. With PAGE_SCREENSHOTS set to a folder the views
are also left there as pictures; scripts/make-screenshots makes those of docs/screenshots.
"""

import json
import os
import pathlib
import urllib.parse

import httpx
from browsing import browser
from checking import MODEL, TIMEOUT_SECONDS, api_key, base_url, expect, main
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

ORIGIN = base_url().removesuffix("/api/v1")
PATIENCE_SECONDS = 60
# The page draws anew what has changed: an element may be gone, or not yet in its place, between two questions about it.
PASSING = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
)
NARROW, WIDE = (400, 800), (1600, 900)
# What would run, were it ever taken for markup; PageTests has it in its cassette as well.
HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
EMPTY_VIEWS = {
    "journal": "Nothing has been asked in this world yet",
    "misses": "No misses",
    "ledger": "No account has been used",
    "generations": "Nothing has been generated",
    "cassettes": "plays no cassettes",
    "scenarios": "keep-alive-flood",
    "worlds": "Make the world",
    "controls": "No faults are on",
}
# It writes on, since a client that has left is noticed by what is sent to it.
PATIENT = f"""
name: patient
description: A stream of five minutes, then a short one
rules:
  - respond:
      - providers: {{ first: [ comment: {{ count: 3, every: 20ms }}, text: {{ value: "{"word " * 1500}", chunk: words, every: 200ms }} ] }}
      - providers: {{ first: [ comment: {{ count: 3, every: 500ms }}, text: Sorry for the wait. ] }}
"""
driver = None


def wait(condition, what):
    """The first true value of a condition."""
    waiting = WebDriverWait(driver, PATIENCE_SECONDS, poll_frequency=0.05, ignored_exceptions=PASSING)
    return waiting.until(lambda _: condition(), what)


def wait_for_text(text, selector="body"):
    script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1])"
    wait(lambda: driver.execute_script(script, selector, text), f"{text!r} never came in {selector}")


def wait_for_count(expected, selector, at_least=False):
    wait(
        lambda: count(selector) >= expected if at_least else count(selector) == expected,
        f"there are never {expected} of {selector}",
    )


def wait_for_attribute(selector, name, *texts):
    """The attribute's value once it holds these texts."""
    script = "return document.querySelector(arguments[0])?.getAttribute(arguments[1])"
    value = lambda: driver.execute_script(script, selector, name)
    wait(lambda: all(text in (value() or "") for text in texts), f"{selector} has no {name} with {texts}")
    return value()


def find(selector, by=By.CSS_SELECTOR):
    return wait(lambda: driver.find_element(by, selector), f"{selector} never came")


def click(selector, by=By.CSS_SELECTOR):
    """Clicks an element once it is there and can be clicked."""
    wait(lambda: driver.find_element(by, selector).click() or True, f"{selector} cannot be clicked")


def fill(selector, text):
    """Puts a text in the place of what a field holds."""
    def typed():
        field = driver.find_element(By.CSS_SELECTOR, selector)
        field.clear()
        field.send_keys(text)
        return field.get_attribute("value") == text

    wait(typed, f"{selector} cannot be filled in")


def count(selector):
    return driver.execute_script("return document.querySelectorAll(arguments[0]).length", selector)


def size(width, height, scheme="light"):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def show(view):
    """A view, the page loaded anew."""
    driver.get("about:blank")
    driver.get(f"{ORIGIN}/_sim/#{view}")


def picture(name):
    folder = os.environ.get("PAGE_SCREENSHOTS")
    if folder:
        driver.save_screenshot(str(pathlib.Path(folder, f"{name}.png")))


def expect_fits(view, name=None):
    """Nothing stands out at the sides, whatever the window's width, and the head says which view it is.

    With a name pictures are left: wide ones in light, narrow ones in dark colors, so that all are seen in some view.
    """
    for width, height, scheme in ((*NARROW, "light"), (*NARROW, "dark"), (*WIDE, "dark"), (*WIDE, "light")):
        size(width, height, scheme)
        script = """
            const wide = [document.documentElement, ...document.querySelectorAll("main, nav, nav ul, .side")];
            return wide.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.tagName + box.className)
        """
        # Timelines are drawn anew once the width has changed.
        wait(lambda: not driver.execute_script(script), f"{view} at {width}: {driver.execute_script(script)}")
        if name and (width, scheme) in ((NARROW[0], "dark"), (WIDE[0], "light")):
            picture(f"{name}-{width}-{scheme}")


def expect_clean_console():
    """No script of somebody else's ran, none was tried, and nothing of ours failed."""
    expect(driver.execute_script("return window.hacked") is None, "a script ran")
    markup = "main script, main img, main iframe, main style, main [onerror], main [onload]"
    expect(count(markup) == 0, "what was received became markup")
    # A broken connection and a refusal are told by Chromium itself.
    told = ("Failed to load resource", "net::ERR_")
    lines = [line["message"] for line in driver.get_log("browser")]
    bad = [line for line in lines if not any(text in line for text in told)]
    expect(not bad, f"the console says {bad}")


def ask(text, path="/api/v1/chat/completions", model=MODEL, stream=True, **headers):
    body = {"model": model, "stream": stream, "messages": [{"role": "user", "content": text}]}
    headers["authorization"] = f"Bearer {api_key()}"
    return httpx.post(ORIGIN + path, json=body, headers=headers, timeout=TIMEOUT_SECONDS)


def control(method, path, body=None):
    answer = httpx.request(method, f"{ORIGIN}/_sim{path}", json=body, timeout=TIMEOUT_SECONDS)
    expect(answer.is_success, f"{method} {path}: {answer.text}")
    return answer.json()


def empty():
    """Each view says that there is nothing, and what would bring something."""
    for view, text in EMPTY_VIEWS.items():
        show(view)
        wait_for_text(text)
        wait_for_attribute("nav a[aria-current]", "href", f"#{view}")
        expect_fits(view, f"{view}-empty")
        expect_clean_console()
    return {}


def live():
    """An exchange appears by itself, first while it plays; its timeline says what happened, also that the client left."""
    size(*WIDE)
    world = "live"
    # The first stream plays for as long as it takes to look at it.
    put = httpx.put(f"{ORIGIN}/_sim/scenarios/patient", content=PATIENT, timeout=TIMEOUT_SECONDS)
    expect(put.is_success, put.text)
    control("PUT", f"/worlds/{world}", {"scenario": "patient"})
    show(f"journal?world={world}")
    wait_for_text("Nothing has been asked")
    path = f"/w/{world}/api/v1/chat/completions"
    with httpx.Client(timeout=TIMEOUT_SECONDS) as client:
        body = {"model": MODEL, "stream": True, "messages": [{"role": "user", "content": "Hi"}]}
        headers = {"authorization": f"Bearer {api_key()}"}
        with client.stream("POST", ORIGIN + path, json=body, headers=headers) as answer:
            wait_for_text("playing…", ".rows")
            # Kept, as httpx closes the connection when an iterator goes that has not come to its end.
            chunks = answer.iter_raw()
            next(chunks)
            wait_for_count(1, ".row")
            click(".row")
            wait_for_text("still playing", ".side")
    wait_for_text("client left", ".rows")
    wait_for_count(1, ".side .timeline .client")
    wait_for_attribute(".side .timeline", "aria-label", "3 comment", "client left after")
    ask("Again", path)
    wait_for_count(2, ".row")
    click(".row")
    # The other one's timeline has no end marker.
    wait_for_count(1, ".side .timeline .done")
    wait_for_count(3, ".side .timeline .gap", at_least=True)
    wait_for_count(3, ".side .timeline .comment")
    wait_for_count(4, ".side .timeline .sent", at_least=True)
    wait_for_text("Says: ", ".side section[aria-label=Answer]")
    expect_fits("journal-timeline")
    expect_clean_console()
    return {}


def elsewhere():
    """Whoever looks for a request in the wrong world is led to the one where it is, without loading the page anew."""
    size(*WIDE)
    show("journal?world=nobody-asks-here")
    wait_for_text("Nothing has been asked")
    ask("Hello", "/s/mid-stream-error/api/v1/chat/completions")
    follow_to_error()
    expect_fits("journal", "journal-error")
    expect_clean_console()
    return {}


def found():
    """Whoever has played the broken stream of README.md finds it from the page's plain address."""
    size(*WIDE)
    driver.get(f"{ORIGIN}/_sim/")
    follow_to_error()
    picture("first-ten-minutes")
    title = wait(lambda: find(".side h2").text, "the exchange has no title")
    return {"title": title, "timeline": wait_for_attribute(".side .timeline", "aria-label", "error")}


def follow_to_error():
    """From a world without requests to the stream that broke in another one."""
    wait_for_text("s.mid-stream-error (1)", "#elsewhere")
    click("s.mid-stream-error", By.LINK_TEXT)
    wait_for_count(1, ".row")
    click("//label[contains(., 'Only trouble')]", By.XPATH)
    wait_for_text("error inside", ".row")
    click(".row")
    wait_for_count(1, ".side .timeline .error")


def busy():
    """A day's work: each view has something to show, and shows it."""
    size(*WIDE)
    chat, path = "/api/v1/chat/completions", "/w/day/api/v1/chat/completions"
    control("PUT", "/worlds/day", {"scenario": "provider-fallback", "credits": 20})
    for model in (MODEL, "anthropic/claude-sonnet-4.5", "google/gemini-2.5-flash", "openai/gpt-4o-mini:free"):
        for text in ("What is the capital of France?", "And of Italy?"):
            ask(text, path, model=model)
    for scenario in ("rate-limited-then-ok", "mid-stream-error", "html-502", "keep-alive", "reasoning"):
        ask("Tell me a story", f"/w/day/s/{scenario}{chat}")
    for name in ("Checkout", "Nightly batch"):
        made = httpx.post(
            f"{ORIGIN}/w/day/api/v1/keys",
            json={"name": name, "limit": 5},
            headers={"authorization": f"Bearer {api_key()}"},
            timeout=TIMEOUT_SECONDS,
        )
        expect(made.status_code == 201, made.text)
    show("journal?world=day")
    wait_for_count(13, ".row", at_least=True)
    click("//*[contains(@class, 'row') and @role='option' and contains(., 'keep-alive')]", By.XPATH)
    wait_for_count(3, ".side .timeline .gap", at_least=True)
    for view, text, name in (
        (None, "Sorry for the wait.", "journal-busy"),
        ("ledger?world=day", "Nightly batch", "ledger-busy"),
        ("generations?world=day", "anthropic/", "generations-busy"),
        ("cassettes/2/3", "Play in a fresh world", "cassettes-busy"),
    ):
        size(*WIDE)
        if view:
            show(view)
        wait_for_text(text, "main")
        expect_fits(view or "journal", name)
        expect_clean_console()
    return {}


def keyboard():
    """Everything can be had without a mouse."""
    size(*WIDE)
    control("PUT", "/worlds/keys", {"scenario": "ok"})
    for text in ("one", "two", "three"):
        ask(text, "/w/keys/api/v1/chat/completions")
    show("journal?world=keys")
    wait_for_count(3, ".row")
    press(Keys.TAB)
    expect(driver.switch_to.active_element.text == "Skip to the content", "the first stop is not the way past the head")
    for _ in range(40):
        press(Keys.TAB)
        if focused_role() == "listbox":
            break
    expect(focused_role() == "listbox", "the list cannot be reached")
    press(Keys.DOWN)
    wait_for_text("three", ".side")
    press(Keys.END)
    wait_for_text("one", ".side")
    active = """
        const active = document.querySelector(".rows").getAttribute("aria-activedescendant");
        return document.getElementById(active)?.getAttribute("aria-posinset")
    """
    wait(lambda: driver.execute_script(active) == "3", "the last one is not the active one")
    # On a small window one of the two is shown at a time.
    size(*NARROW)
    press(Keys.ENTER)
    wait(lambda: find(".back").is_displayed(), "there is no way back")
    driver.execute_script("document.querySelector('.side h2').focus()")
    press(Keys.ESCAPE)
    wait(lambda: find(".rows").is_displayed(), "the list did not come back")
    wait(lambda: focused_role() == "listbox", "the list has no focus")
    size(*WIDE)
    driver.execute_script("document.querySelector('nav a[href*=worlds]').focus()")
    press(Keys.ENTER)
    wait_for_text("Make the world")
    expect_clean_console()
    return {}


def focused_role():
    return driver.execute_script("return document.activeElement?.getAttribute('role')")


def press(key):
    ActionChains(driver).send_keys(key).perform()


def scenarios():
    """A scenario is read and played in a world of its own, again in the same one, and its base URL is offered."""
    size(*WIDE)
    show("scenarios/rate-limited-then-ok")
    wait_for_text("retry_after", ".side pre")
    base = f"{ORIGIN}/s/rate-limited-then-ok/api/v1"
    wait(lambda: find(".side input[readonly]").get_property("value") == base, f"the base URL is not {base}")
    click(".side button[type=submit]")
    wait_for_text("Rate limit", "#output article")
    wait_for_text("429", "#output .status")
    click("//button[text()='Send again in this world' and not(@disabled)]", By.XPATH)
    wait_for_text("200", "#output .status")
    wait_for_count(1, "#output .timeline .done")
    expect_fits("scenarios", "scenarios-busy")
    for name, selector in (("mid-stream-error", ".error"), ("reset-mid-stream", ".ending.broken")):
        show(f"scenarios/{name}")
        wait_for_text(name, ".side h2")
        click(".side button[type=submit]")
        wait_for_count(1, f"#output .timeline {selector}")
    expect_clean_console()
    return {}


def worlds_and_controls():
    """A world is made, its clock moved and its faults switched; what is refused is told in the server's words."""
    size(*WIDE)
    show("worlds")
    fill("input[name=name]", "made-here")
    fill("input[name=clock]", "noon")
    click("button[type=submit]")
    wait_for_text("clock: expected system, or fixed:", "#status.bad")
    fill("input[name=clock]", "fixed:2026-08-30T09:15:00Z")
    click("button[type=submit]")
    wait_for_text("Made made-here", "#status")
    wait_for_text("2026-08-30 09:15:00", "table")
    expect_fits("worlds", "worlds-busy")
    size(*WIDE)
    show("controls?world=made-here")
    wait_for_text("No faults are on")
    click("//button[text()='+ 1 hour']", By.XPATH)
    wait_for_text("2026-08-30T10:15:00", "time")
    wait_for_count(30, "select[name=fault] option", at_least=True)
    click("select[name=fault] option[value=latency]")
    fill("input[name=parameters]", "soon")
    click("button.main")
    wait_for_text("'soon' is no duration", "#status.bad")
    fill("input[name=parameters]", "1ms")
    click("button.main")
    wait_for_text("latency", "section[aria-label=Faults] table")
    expect(len(control("GET", "/faults?world=made-here")["faults"]) == 1, "the fault is not on")
    expect_fits("controls", "controls-busy")
    size(*WIDE)
    show("worlds")
    wait_for_text("made-here", "table")
    click("button[aria-label='Delete made-here']")
    wait_for_text("Deleted made-here", "#status")
    expect("made-here" not in [world["name"] for world in control("GET", "/worlds")["worlds"]], "the world is there")
    expect_clean_console()
    return {}


def hostile():
    """What clients and upstreams say is text everywhere, whatever it looks like."""
    size(*WIDE)
    control("PUT", "/worlds/hostile", {"scenario": "ok"})
    path = "/w/hostile/api/v1/chat/completions"
    text = f"{HOSTILE} in the prompt"
    attribution = {"x-title": f"{HOSTILE} in the title", "http-referer": f"https://a.b/{HOSTILE}"}
    ask(text, path, stream=False, **attribution)
    ask(text, path, model=f"a/{HOSTILE}", stream=False, **{"user-agent": HOSTILE})
    named = httpx.post(
        f"{ORIGIN}/w/hostile/api/v1/keys",
        json={"name": HOSTILE},
        headers={"authorization": f"Bearer {api_key()}"},
        timeout=TIMEOUT_SECONDS,
    )
    expect(named.status_code == 201, f"the key was not made: {named.text}")
    httpx.get(f"{ORIGIN}/w/hostile/api/v1/models/{urllib.parse.quote(HOSTILE, safe='')}?q={HOSTILE}", timeout=TIMEOUT_SECONDS)
    source = f"name: hostile\ndescription: '{HOSTILE}'\nrules:\n  - respond: {{ status: 200, body: '{HOSTILE}' }}\n"
    put = httpx.put(f"{ORIGIN}/_sim/scenarios/hostile", content=source, timeout=TIMEOUT_SECONDS)
    expect(put.is_success, put.text)
    entries = control("GET", "/journal?world=hostile")["entries"]
    loud = ["journal", *(f"journal/{entry['id']}" for entry in reversed(entries)), "ledger", "scenarios/hostile", "cassettes/1/1"]
    for view in [*loud, "generations", "worlds", "controls"]:
        size(*WIDE)
        show(f"{view}?world=hostile")
        if view == "generations":
            click("(//tr[contains(@class, 'pick')])[last()]", By.XPATH)
        if view in loud or view == "generations":
            wait_for_text("onerror=window.hacked=1", "main")
        else:
            wait_for_text("hostile", "main" if view == "worlds" else "#world")
        driver.execute_script("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        # Of the journal's pictures that of the last one stays.
        expect_fits(view, f"{view.split('/')[0]}-hostile")
        expect_clean_console()
    # A recording is played by sending its request again, which finds it although its content is strange.
    size(*WIDE)
    show("cassettes/1/1")
    wait_for_text("Play in a fresh world", ".side")
    click(".side button.main")
    wait_for_text("cassette", "#output .chips")
    wait_for_text("onerror=window.hacked=1", "#output")
    expect_clean_console()
    # The policy would stop what became markup all the same.
    driver.execute_script(
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 1'; document.body.append(s);"
        "const i = document.createElement('img'); i.setAttribute('onerror', 'window.hacked = 1'); i.src = '/none';"
        "document.body.append(i)"
    )
    told = lambda: "Content Security Policy" in " ".join(line["message"] for line in driver.get_log("browser"))
    wait(told, "the console tells of no violation")
    expect(driver.execute_script("return window.hacked") is None, "the policy lets scripts in")
    return {}


def misses():
    """A miss is shown with what came nearest and how it differs, in the journal too."""
    size(*WIDE)
    show("misses")
    wait_for_text("No misses")
    answer = ask(f"{HOSTILE}!", model=f"a/{HOSTILE}")
    expect(answer.status_code == 404, f"the status is {answer.status_code}")
    wait_for_text("/messages/0/content", ".miss")
    wait_for_text("onerror=window.hacked=1>!", ".miss .good")
    expect_fits("misses", "misses-hostile")
    expect_clean_console()
    size(*WIDE)
    click("article a")
    wait_for_text("/messages/0/content", ".side .miss")
    wait_for_text("miss", ".row")
    expect_fits("miss-entry")
    expect_clean_console()
    size(*WIDE)
    ask("Why is the sky green? Answer in two or three sentences.", "/w/plain/api/v1/chat/completions", stream=False)
    show("misses?world=plain")
    wait_for_text("the sky green?", ".miss .good")
    expect_fits("misses", "misses-busy")
    expect_clean_console()
    return {}


def many():
    """With 10,000 entries the journal stays quick: few rows are drawn, and a new entry is there at once."""
    size(*WIDE)
    control("PUT", "/worlds/many", {"scenario": "ok"})
    ask("first", "/w/many/api/v1/chat/completions")
    show("journal?world=many")
    wait_for_count(1, ".row")
    measured = driver.execute_async_script("""
        const done = arguments[0];
        (async () => {
            const { journal } = await import("/_sim/assets/store.js");
            const picture = () => new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
            const first = journal.entries[0];
            for (let id = 2; id <= 10_000; id += 1) journal.put({ ...first, id });
            await picture();
            const start = performance.now();
            for (let turn = 1; turn <= 20; turn += 1) {
                journal.put({ ...first, id: 10_000 + turn, model: "the/newest-" + turn });
                await picture();
            }
            const list = document.querySelector(".rows");
            for (let turn = 1; turn <= 20; turn += 1) {
                list.scrollTop = turn * list.scrollHeight / 21;
                await picture();
            }
            const spent = (performance.now() - start) / 40;
            list.scrollTop = 0;
            await picture();
            done({ spent, newest: list.querySelector(".row").innerText, rows: list.querySelectorAll(".row").length,
                count: document.querySelector("#count").innerText });
        })().catch((error) => done({ error: String(error) }));
    """)
    expect("error" not in measured, measured.get("error"))
    expect(measured["count"].startswith("10,020 of"), f"{measured['count']} are shown")
    expect("the/newest-20" in measured["newest"], f"the newest is {measured['newest']!r}")
    expect(measured["rows"] < 60, f"{measured['rows']} rows are drawn")
    # Rows that come in the middle of a click do not take it away.
    put = "const { journal } = await import('/_sim/assets/store.js'); journal.put({ ...journal.entries[0], id: arguments[0] })"
    newest = driver.execute_script("return document.querySelector('.row').id")
    ActionChains(driver).click_and_hold(find(f"#{newest}")).perform()
    for entry in range(10_021, 10_025):
        driver.execute_async_script(f"(async () => {{ {put} }})().then(() => requestAnimationFrame(arguments[1]))", entry)
    ActionChains(driver).release().perform()
    wait_for_attribute(f"#{newest}", "aria-selected", "true")
    wait_for_text("10,024 of 10,024", "#count")
    wait_for_count(1, "#row-10024")
    fill("input[type=search]", "newest-7")
    wait_for_text("1 of 10,024", "#count")
    expect_clean_console()
    return {}


CHECKS = {
    "empty": empty,
    "live": live,
    "elsewhere": elsewhere,
    "found": found,
    "busy": busy,
    "keyboard": keyboard,
    "scenarios": scenarios,
    "worlds_and_controls": worlds_and_controls,
    "many": many,
    "hostile": hostile,
    "misses": misses,
}

if __name__ == "__main__":
    with browser(scripts=True) as driver:
        main(CHECKS)
