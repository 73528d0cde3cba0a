"""Calls of the control API, with the standard library only."""

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class SimulatorError(Exception):
    """The control API refused a call, or nobody answered it."""

    def __init__(self, message: str, status: int | None = None):
        super().__init__(message)
        #: Of the answer; None where there was none.
        self.status = status


class Control:
    """The control API of one server, as seen through one prefix.

    A world's calls go to ``/w/NAME/_sim/…``, so that a load balancer that keeps worlds apart by their path sends them
    to the server that has the world.
    """

    # Proxies of the environment are for the world outside, not for a simulator.
    _opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def __init__(self, origin: str, prefix: str = "", timeout: float = 60):
        self.origin = origin
        self._root = f"{origin}{prefix}/_sim"
        self._timeout = timeout

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        text: str | None = None,
    ) -> Any:
        """Sends ``body`` as JSON, or ``text`` as it is; returns what the answer's JSON says.

        Raises SimulatorError with the server's own words.
        """
        url = f"{self._root}{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        data = text.encode() if text is not None else None if body is None else json.dumps(body).encode()
        headers = {} if data is None else {"Content-Type": "application/yaml" if body is None else "application/json"}
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise SimulatorError(_message(error.read()) or f"{method} {url}: {error}", error.code) from None
        except OSError as error:
            raise SimulatorError(f"{method} {url}: {getattr(error, 'reason', error)}") from error


def _message(body: bytes) -> str | None:
    try:
        return json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return None
