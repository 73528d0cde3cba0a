"""Signs in to apps with a real browser. Usage: pkce_browser.py [CHECK…]; see CHECKS at the end.

An app is a server on this machine that waits for its callback; Chromium is the user. But for one check Chromium runs
no scripts, as the page needs none. Each check prints the secrets it saw, so that they can be looked for elsewhere.
"""

import base64
import contextlib
import hashlib
import http.server
import queue
import secrets
import threading
import urllib.parse

import httpx
from browsing import browser
from checking import CHAT_QUESTION, MODEL, TIMEOUT_SECONDS, api_key, base_url, expect, main
from openrouter import OpenRouter
from openrouter.errors import OpenRouterError
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import presence_of_element_located, url_to_be
from selenium.webdriver.support.wait import WebDriverWait

ORIGIN = base_url().removesuffix("/api/v1")


@contextlib.contextmanager
def app(page="Welcome back"):
    """A server on this machine: its port, and the queries that its /callback is asked with."""
    queries = queue.Queue()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            if url.path == "/callback":
                # Apps lead on, also to another origin of theirs.
                queries.put(dict(urllib.parse.parse_qsl(url.query)))
                self.send_response(302)
                self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/home")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, queries
    finally:
        server.shutdown()
        server.server_close()


class Challenge:
    """S256, as RFC 7636 has it."""

    def __init__(self):
        self.verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        self.parameters = {
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }


def sign_in_url(**parameters):
    return f"{ORIGIN}/auth?{urllib.parse.urlencode(parameters)}"


def click(driver, decision):
    driver.find_element(By.CSS_SELECTOR, f"button[value={decision}]").click()


def arrived(driver, identifier):
    """The element of the page that a click leads to: a click does not wait for it."""
    return WebDriverWait(driver, TIMEOUT_SECONDS).until(presence_of_element_located((By.ID, identifier)))


def exchange(code, challenge, verifier=None):
    with OpenRouter(server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000) as sdk:
        answer = sdk.o_auth.exchange_auth_code_for_api_key(
            code=code, code_verifier=verifier or challenge.verifier, code_challenge_method="S256"
        )
    expect(answer.key.startswith("sk-or-v1-"), "no key")
    expect(answer.user_id.startswith("user_"), f"user is {answer.user_id!r}")
    return answer.key


def expect_refused(status, message, code, challenge, verifier=None):
    try:
        exchange(code, challenge, verifier)
    except OpenRouterError as error:
        expect(error.status_code == status and message in error.body, f"{error.status_code}: {error.body}")
    else:
        raise AssertionError("exchanged")


def expect_answers(key, name, limit):
    """The key is one for chats, called and limited as asked for."""
    with OpenRouter(api_key=key, server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000) as sdk:
        answer = sdk.chat.send(model=MODEL, messages=CHAT_QUESTION)
        expect(answer.choices[0].message.content, "no answer")
        data = sdk.api_keys.get_current_key_metadata().data
    expect(data.limit == limit, f"the limit of {name} is {data.limit!r}")
    expect(data.usage > 0, "the chat cost nothing")


def approve():
    """A click brings the code to the app, which gets a key for it, once, and only with the right verifier."""
    challenge = Challenge()
    with app() as (port, queries), browser() as driver:
        callback = f"http://localhost:{port}/callback?from=app"
        driver.get(
            sign_in_url(
                callback_url=callback, state="a b&c", key_label="<img src=x>", limit="2.5", **challenge.parameters
            )
        )
        shown = driver.find_element(By.TAG_NAME, "main").text
        for text in (f"localhost:{port}", "<img src=x>", "$2.5", callback):
            expect(text in shown, f"{text!r} is not in {shown!r}")
        expect(not driver.find_elements(By.TAG_NAME, "img"), "the label became a picture")
        token = driver.find_element(By.NAME, "token").get_attribute("value")
        click(driver, "approve")
        query = queries.get(timeout=TIMEOUT_SECONDS)
        WebDriverWait(driver, TIMEOUT_SECONDS).until(
            url_to_be(f"http://127.0.0.1:{port}/home"), f"the browser is at {driver.current_url}"
        )
    expect(query["from"] == "app" and query["state"] == "a b&c", f"the query is {query!r}")
    code = query["code"]
    expect_refused(403, "Invalid code or code_verifier", code, challenge, verifier="x" * 43)
    key = exchange(code, challenge)
    expect_refused(403, "Invalid code or code_verifier", code, challenge)
    expect_answers(key, "<img src=x>", 2.5)
    again = httpx.post(f"{ORIGIN}/auth", data={"token": token, "decision": "approve"}, timeout=TIMEOUT_SECONDS)
    expect(again.status_code == 400, f"the form sent again is {again.status_code}")
    return {"secrets": [code, challenge.verifier, token, key]}


def deny():
    """A click brings an error to the app."""
    with app() as (port, queries), browser() as driver:
        driver.get(sign_in_url(callback_url=f"http://127.0.0.1:{port}/callback", state="s"))
        click(driver, "deny")
        query = queries.get(timeout=TIMEOUT_SECONDS)
    expect(query == {"error": "access_denied", "state": "s"}, f"the query is {query!r}")
    return {"secrets": []}


def headless():
    """Without a callback the user reads the code off the page."""
    challenge = Challenge()
    with browser() as driver:
        driver.get(sign_in_url(**challenge.parameters))
        click(driver, "approve")
        code = arrived(driver, "code").text
    return {"secrets": [code, challenge.verifier, exchange(code, challenge)]}


def server_side():
    """An app's server makes the code itself, for a key of its own account."""
    challenge = Challenge()
    with OpenRouter(
        api_key=api_key(), server_url=base_url(), retry_config=None, timeout_ms=TIMEOUT_SECONDS * 1000
    ) as sdk:
        made = sdk.o_auth.create_auth_code(
            callback_url="https://app.example.com/callback", key_label="Ours", limit=1.5, **challenge.parameters
        ).data
    key = exchange(made.id, challenge)
    expect_answers(key, "Ours", 1.5)
    return {"secrets": [made.id, challenge.verifier, key]}


def foreign():
    """A page of another origin can neither read the sign-in page, nor frame it, nor send its form."""
    parameters = {"callback_url": "https://evil.example/"}
    page = httpx.get(sign_in_url(**parameters), timeout=TIMEOUT_SECONDS).text
    token = page.split('name="token" value="')[1].split('"')[0]
    form = (
        f'<form method="post" action="{ORIGIN}/auth"><input name="token" value="{token}">'
        f'<button name="decision" value="approve">Win a prize</button></form>'
    )
    read = "const done = arguments[1]; fetch(arguments[0]).then(r => r.text()).then(done, e => done('' + e))"
    frame = (
        "const done = arguments[1], f = document.createElement('iframe'); f.src = arguments[0];"
        "f.onload = () => { try { done('' + f.contentDocument) } catch (e) { done('' + e) } }; document.body.append(f)"
    )
    with app(form) as (port, _), browser(scripts=True) as driver:
        driver.set_script_timeout(TIMEOUT_SECONDS)
        driver.get(f"http://localhost:{port}/")
        got = driver.execute_async_script(read, sign_in_url(**parameters))
        expect(got.startswith("TypeError"), f"the page was read: {got!r}")
        framed = driver.execute_async_script(frame, sign_in_url(**parameters))
        expect(framed == "null", f"the frame holds {framed!r}")
        driver.switch_to.frame(0)
        expect(not driver.find_elements(By.NAME, "token"), "the page is in a frame")
        driver.switch_to.default_content()
        click(driver, "approve")
        reason = arrived(driver, "reason").text
        expect("another page" in reason, f"the reason is {reason!r}")
        expect(driver.current_url.startswith(f"{ORIGIN}/auth"), f"the browser is at {driver.current_url}")
    return {"secrets": [token]}


CHECKS = {"approve": approve, "deny": deny, "headless": headless, "server_side": server_side, "foreign": foreign}

if __name__ == "__main__":
    main(CHECKS)
