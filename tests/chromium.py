"""A headless Chromium, driven as a person does: by what the page calls its buttons and fields.

It speaks the DevTools protocol over two pipes (`--remote-debugging-pipe`: JSON, each message ended
by a zero byte), so that nothing listens and no driver is installed. Scripts of pages do not run.
"""

import base64
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SECONDS = 15.0  # the longest wait for anything; a loaded machine is slow to start
_BLOCK = 1 << 16
_LAUNCH = (
    "import os, sys; got, put = map(int, sys.argv[1:3]);"
    " os.dup2(got, 3); os.dup2(put, 4); os.execv(sys.argv[3], sys.argv[3:])"
)
"""The browser reads from descriptor 3 and writes to 4, which are others' in this process."""


class Browser:
    """A browser with one page.

    Attributes:
        requests: The address of everything that was asked for.
        complaints: What the browser would show in its console: refused by policy, not found.
    """

    def __init__(self, put: int, got: int) -> None:
        self._put, self._got = put, got
        self._rest, self._last = b"", 0
        self._seen: list[Json] = []
        self._session: str | None = None
        self.requests: list[Json] = []
        self.complaints: list[str] = []

    def open(self, downloads: Path) -> None:
        """Open the page, without scripts; what is downloaded goes into a folder."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = str(session["sessionId"])
        for domain in ("Page", "Network", "Log", "DOM", "Accessibility"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.call(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(downloads),
            eventsEnabled=True,
        )

    def go(self, url: str) -> int:
        """Go to an address and return the status of the answer."""
        self._seen.clear()
        self.call("Page.navigate", url=url)
        return self._arrived()

    def press(self, role: str, name: str) -> int:
        """Press a link or button that leads to a page, and return the status of that."""
        self._seen.clear()
        self._click(role, name)
        return self._arrived()

    def download(self, role: str, name: str) -> str:
        """Press a link that leads to a file, and return the name it was kept under."""
        self._seen.clear()
        self._click(role, name)
        begun = self.wait("Browser.downloadWillBegin")
        while self.wait("Browser.downloadProgress")["state"] != "completed":
            pass
        return str(begun["suggestedFilename"])

    def fill(self, name: str, text: str) -> None:
        """Put a text into the field with a label."""
        self.call("DOM.focus", backendNodeId=self._node("textbox", name))
        self.call("Input.insertText", text=text)

    def named(self, role: str) -> list[str]:
        """Return what the page calls everything with a role, in order."""
        return [name for one, name, _ in self._tree() if one == role]

    def text(self) -> str:
        """Return what is read out of the page."""
        return " ".join(name for role, name, _ in self._tree() if role == "StaticText")

    def printed(self) -> bytes:
        """Return the page as it is printed: a PDF."""
        return base64.b64decode(self.call("Page.printToPDF", paperWidth=8.27)["data"])

    def drawn(self) -> bytes:
        """Return the page as it looks: a PNG."""
        return base64.b64decode(
            self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        )

    def call(self, method: str, **parameters: object) -> Json:
        """Send a command and return its result."""
        self._last += 1
        message: Json = {"id": self._last, "method": method, "params": parameters}
        if self._session is not None and not method.startswith(("Browser.", "Target.")):
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._put, data) :]
        for answer in self._messages():
            if answer.get("id") == self._last:
                assert "error" not in answer, f"{method}: {answer}"
                result: Json = answer["result"]
                return result
        raise AssertionError("the browser has gone")

    def wait(self, event: str) -> Json:
        """Return the parameters of the next event of a name; one that came already counts."""
        while True:
            for number, one in enumerate(self._seen):
                if one["method"] == event:
                    del self._seen[: number + 1]
                    found: Json = one["params"]
                    return found
            next(self._messages())

    def _arrived(self) -> int:
        """Wait for the page, and return the status it came with."""
        status = 0
        while True:
            message = self._seen.pop(0) if self._seen else None
            if message is None:
                next(self._messages())
            elif message["method"] == "Network.responseReceived":
                if message["params"]["type"] == "Document":
                    status = int(message["params"]["response"]["status"])
            elif message["method"] == "Page.loadEventFired" and status:
                return status

    def _messages(self) -> Iterator[Json]:
        """Yield messages as they come; events are kept for who waits for them."""
        until = time.monotonic() + SECONDS
        while True:
            while b"\0" not in self._rest:
                left = until - time.monotonic()
                ready = left > 0 and select.select([self._got], [], [], left)[0]
                assert ready, "the browser says nothing"
                more = os.read(self._got, _BLOCK)
                assert more, "the browser has gone"
                self._rest += more
            line, _, self._rest = self._rest.partition(b"\0")
            message: Json = json.loads(line)
            if "method" in message:
                self._note(message)
            yield message

    def _note(self, event: Json) -> None:
        self._seen.append(event)
        if event["method"] == "Network.requestWillBeSent":
            self.requests.append(event["params"]["request"])
        elif event["method"] == "Log.entryAdded":
            entry = event["params"]["entry"]
            self.complaints.append(f"{entry['text']} {entry.get('url', '')}")

    def _tree(self) -> list[tuple[str, str, int]]:
        """Return role, name and node of everything that is not hidden, in order."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            (
                str(one.get("role", {}).get("value", "")),
                str(one.get("name", {}).get("value", "")),
                int(one.get("backendDOMNodeId", 0)),
            )
            for one in nodes
            if not one["ignored"]
        ]

    def _node(self, role: str, name: str) -> int:
        tree = self._tree()
        for one, called, node in tree:
            if (one, called) == (role, name):
                return node
        raise AssertionError(f"no {role} {name!r} among {[t[:2] for t in tree if t[0] == role]}")

    def _click(self, role: str, name: str) -> None:
        node = self._node(role, name)
        self.call("DOM.scrollIntoViewIfNeeded", backendNodeId=node)
        quad = self.call("DOM.getContentQuads", backendNodeId=node)["quads"][0]
        where = {"x": sum(quad[::2]) / 4, "y": sum(quad[1::2]) / 4, "button": "left"}
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, clickCount=1, **where)


@contextmanager
def browsing(program: Path, home: Path) -> Iterator[Browser]:
    """Start a browser that reaches nothing but this machine; files go into `home / files`."""
    files = home / "files"
    files.mkdir(parents=True)
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    flags = [
        *("--headless", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"),
        *("--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking"),
        *("--disable-component-update", "--disable-sync", "--mute-audio", "--hide-scrollbars"),
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        f"--user-data-dir={home / 'profile'}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # root may not use it
    ]
    started = [sys.executable, "-I", "-c", _LAUNCH, str(theirs_in), str(theirs_out), str(program)]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - the browser of this machine
            [*started, *flags],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        )
    os.close(theirs_in)
    os.close(theirs_out)
    try:
        browser = Browser(ours_out, ours_in)
        browser.open(files)
        yield browser
        browser.call("Browser.close")
    finally:
        os.close(ours_out)
        os.close(ours_in)
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
