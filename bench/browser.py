"""A browser on a small screen, for tests too; it is also asked what it did by itself: what it fetched and refused."""

import json
import shutil
import zlib
from base64 import b64decode
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)

# What a page wants to be done after ten seconds or more waits until a test says that it is time.
CLOCK = """
window.later = [];
const soon = window.setTimeout, never = window.clearTimeout;
window.setTimeout = (does, wait, ...rest) => wait < 10000 ? soon(does, wait, ...rest) : -later.push({does, wait});
window.clearTimeout = (id) => id < 0 ? delete later[-id - 1] : never(id);
window.scripts = 0;
"""


def lacking() -> str:
    """What is not installed of what a browser needs; empty if nothing."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return "chromium is not installed (Debian: chromium, chromium-driver)"
    return "" if find_spec("selenium") else "the extra dev is not installed"


class Browser:
    """Chromium, without a window, with its files in *folder*; `lacking` says whether it is there."""

    def __init__(self, folder: Path) -> None:
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for option in (*OPTIONS, f"--user-data-dir={folder}"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver: Any = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=CLOCK)

    def tell(self, command: str, **values: object) -> Any:  # noqa: ANN401 - what it is, the page decides
        """Have it do what only its developers' tools can."""
        return self.driver.execute_cdp_cmd(command, values)

    def open(self, page: Path, *, width: int = 390, height: int = 844, scripts: bool = True, **media: str) -> None:
        """Show *page* on a screen of this size, for a person with these wishes (such as reduced motion).

        A screen that is wider than 1000 is not that of a phone.
        """
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width <= 1000}
        self.tell("Emulation.setDeviceMetricsOverride", **size)
        self.tell("Emulation.setTouchEmulationEnabled", enabled=True)
        wishes = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        self.tell("Emulation.setEmulatedMedia", features=wishes)
        self.tell("Emulation.setScriptExecutionDisabled", value=not scripts)
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)  # what was there before is of another page
        self.driver.get(page.as_uri())
        self.tell("Emulation.setScriptExecutionDisabled", value=False)  # those of the page are past

    def run(self, script: str, *values: object) -> Any:  # noqa: ANN401 - what it is, the page decides
        """What *script* returns; `$` finds an element, `audio` is the page's."""
        begin = "const $ = (found) => document.querySelector(found), audio = $('audio');"
        return self.driver.execute_script(begin + script, *values)

    def wait(self, script: str, *values: object) -> Any:  # noqa: ANN401 - what it is, the page decides
        """What *script* hands to `done`, sooner or later."""
        begin = "const $ = (found) => document.querySelector(found), audio = $('audio'), done = [...arguments].at(-1);"
        return self.driver.execute_async_script(begin + script, *values)

    def until(self, is_so: str) -> None:
        """Wait until *is_so* is so."""
        self.wait(f"const look = () => {is_so} ? done() : requestAnimationFrame(look); look();")

    def text(self, found: str) -> str:
        """What a person reads there; nothing if it is not to be seen."""
        return str(self.run("const at = $(arguments[0]); return at.checkVisibility() ? at.innerText : ''", found))

    def press(self, key: str) -> None:
        """Press *key* wherever the page has its focus."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(key).perform()

    def click(self, found: str) -> None:
        """Click with a mouse on what is found, wherever it is on the page."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).click(self.driver.find_element("css selector", found)).perform()

    def tap(self, x: float, y: float) -> None:
        """Touch the screen shortly."""
        self.tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
        self.wait("setTimeout(done, 50)")  # the click comes after it

    def fetched(self) -> list[str]:
        """The addresses beyond this page that were asked for since it was opened."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [each["params"]["request"]["url"] for each in events if each["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]

    def refused(self) -> list[str]:
        """What it complained of since the page was opened."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def pixels(self) -> bytes:
        """What the screen shows, as the bytes of a PNG picture without the first of each row, which is no colour."""
        png = b64decode(self.tell("Page.captureScreenshot", format="png")["data"])
        width, channels = int.from_bytes(png[16:20], "big"), {2: 3, 6: 4}[png[25]]
        packed, at = b"", 8
        while at < len(png):
            size = int.from_bytes(png[at : at + 4], "big")
            if png[at + 4 : at + 8] == b"IDAT":
                packed += png[at + 8 : at + 8 + size]
            at += size + 12
        rows, row = zlib.decompress(packed), width * channels + 1
        return b"".join(rows[first + 1 : first + row] for first in range(0, len(rows), row))
