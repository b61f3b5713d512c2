"""The page of `psoas render`, in a browser: it leads through the practice by itself, whoever wrote its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from browser import Browser, lacking
from psoas_cli.main import run
from psoas_cli.practice.score.timeline import Timeline, compile_sequence
from psoas_cli.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("browser")  # one browser for all of these, and each page rendered once

HOSTILE = """
title: '</script><img src=x onerror=scripts++><b>"It''s" `${scripts++}` &amp; Ω 日本語 🧘🏽 and so on, up to sixty'
language: en
lead-in: 3s
transition: 3s
poses:
  trap:
    name: '</title><script>scripts++</script> \u202eback\u202c "a very long name" of sixty letters'
    text: '--></noscript><svg onload=scripts++> {0} $data ${title} Ἀνάπαυσις'
    notice: ['<a href="javascript:scripts++">日本語の文章がここにあります。</a>', "' onmouseover='scripts++"]
    leave: <style>*{display:none}</style>
    sides: true
    hold: 1m
    figure: {head: 0.1 0.1, trunk: '0.3 0.1, 0.8 0.1'}
steps:
  - pose: trap
    hold: 8s
    say: [{at: 1s, text: '<iframe src="http://localhost:9/">'}]
  - scan: [<u>Feet</u>]
"""


def rendered(folder: Path, *arguments: str) -> Path:
    """The page that `psoas render` makes in *folder*."""
    for package in ("lameenc", "numpy"):
        pytest.importorskip(package, reason="the extra dev is not installed")
    place = folder / "page.html"
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("PSOAS_HOME", str(folder))
        changed.setenv("PSOAS_LANG", "en")
        assert run(["render", *arguments, "-o", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if lack := lacking():
        pytest.skip(lack)
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.driver.quit()


@pytest.fixture(scope="module")
def short(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - without one, none is made
    """The page of yin-short, with the voice."""
    return rendered(tmp_path_factory.mktemp("short"), "yin-short")


@pytest.fixture(scope="module")
def plan() -> Timeline:
    """What that page is made from."""
    return compile_sequence(Library("en").sequence("yin-short"))


@pytest.fixture(scope="module")
def dutch(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001 - without one, none is made
    """A page in Dutch, whose words are long."""
    return rendered(tmp_path_factory.mktemp("dutch"), "constructive-rest", "-l", "nl", "--no-voice")


@pytest.fixture
def page(browser: Browser, short: Path) -> Browser:
    """That page on a telephone, before anything was touched."""
    browser.open(short)
    return browser


def begin(page: Browser, at: float = 0.0) -> None:
    """Begin with a key, and go to a moment."""
    page.press(" ")
    page.until("!audio.paused && audio.readyState > 2")
    go(page, at)


def stop_at(page: Browser, at: float) -> None:
    """The same, where the sound stands still: what is seen does not depend on how fast this machine is."""
    begin(page)
    page.press(" ")
    page.until("audio.paused")
    go(page, at)


def go(page: Browser, at: float) -> None:
    page.run("audio.currentTime = arguments[0]", at)
    page.until("!audio.seeking")


def at(page: Browser) -> float:
    return float(page.run("return audio.currentTime"))


def later(page: Browser) -> None:
    """Let the half minute pass in which nobody touches anything."""
    waits = page.run("const now = later.filter(Boolean); later = []; now.map((each) => each.does()); return now")
    assert [each["wait"] for each in waits] == [30_000]


def is_black(page: Browser) -> bool:
    """Whether the screen turns black and stays so; a phone's scroll bar fades for a moment after a page was opened."""
    return any(not any(page.pixels()) for _ in range(40)) and not any(page.pixels())


# -- what it shows, and when


def test_before_it_begins_it_says_what_the_practice_is(page: Browser) -> None:
    told = page.text("#intro")
    for said in ("Short yin for the psoas", "20:00", "blanket", "Everything here is an invitation."):
        assert said in told
    assert page.text("#play") == "Begin"
    assert page.text("#stage") == page.text("#unled") == ""
    assert page.run("return document.documentElement.lang") == "en"


def test_beginning_shows_the_pose_with_picture_side_countdown_and_what_is_said(page: Browser) -> None:
    stop_at(page, 535.0)
    page.until("$('#told .said')")
    assert page.text("#title") == "Baby dragon"
    assert page.text("#side") == "Right foot forward"
    assert page.text("#clock") == "0:40"
    assert "Step your right foot between your hands." in page.text("#told .said")
    assert "With knees bent, roll onto your side." in page.text("#told")
    seen = "return [...document.querySelectorAll('#picture svg')].filter((each) => each.checkVisibility())"
    shown = page.run(f"{seen}.map((each) => each.getAttribute('aria-label'))")
    assert shown == ["Baby dragon, Right foot forward"]
    right = page.run(f"{seen}[0].innerHTML")
    go(page, 790.0)
    page.until("$('#side').textContent.startsWith('Left')")
    assert page.run(f"{seen}.length === 1 && {seen.removeprefix('return ')}[0].innerHTML").count("path") == right.count(
        "path"
    )
    assert page.run(f"{seen}[0].innerHTML") != right


def test_the_disc_is_as_full_as_the_breath_that_is_heard(page: Browser, plan: Timeline) -> None:
    begin(page, 100.0)
    course = plan.spans[1].course
    assert course is not None
    seen = page.wait(
        "const seen = [], look = () => { seen.push([audio.currentTime, Number($('#disc').dataset.fill),"
        " $('#word').textContent]); if (seen.length === 40) done(seen); };"
        "new MutationObserver(look).observe($('#disc'), { attributeFilter: ['data-fill'] })"
    )
    for t, fill, word in seen:
        breaths = [course.at(t - plan.spans[1].start - late) for late in (0.0, 0.1)]
        fills = [breath.fill for breath in breaths if breath]
        assert min(fills) - 0.02 <= fill <= max(fills) + 0.02
        assert word in {"Breathe in", "Breathe out"}
    assert len({fill for _, fill, _ in seen}) > 5  # it moves


def test_what_is_shown_changes_with_the_bell(page: Browser, short: Path, plan: Timeline) -> None:
    from page import MOST, bells

    heard = bells(short, plan)
    assert len(heard) > 10
    stop_at(page, 0.0)
    for _, bell in heard:
        go(page, bell - MOST)
        before = page.text("#clock")
        go(page, bell + MOST)
        assert before == "0:01" != page.text("#clock"), bell


def test_every_stop_has_its_time_and_leads_there(page: Browser) -> None:
    rows = page.text("ol").split("\n")
    assert rows[:4] == ["0:00", "Constructive rest", "3:25", "Knees side to side"]
    page.run("document.querySelectorAll('li button')[3].click()")
    page.until("!audio.paused && !audio.seeking")
    assert 495 <= at(page) < 555
    assert page.text("[aria-current=step]").startswith("8:15")
    assert page.run("return document.querySelectorAll('[aria-current]').length") == 1
    assert page.text("#count") == "4 of 6"
    assert page.text("#title") == "Baby dragon"


# -- keys and buttons


def test_keys_and_buttons_begin_pause_and_lead_from_stop_to_stop(page: Browser) -> None:
    from selenium.webdriver import Keys

    begin(page)
    assert page.text("#play") == "Pause"
    page.press(" ")
    page.until("audio.paused")
    assert page.text("#word") == "Paused"
    for key in (Keys.ARROW_RIGHT, "n"):
        page.press(key)
    assert at(page) == 240.0
    page.run("$('#next').click()")
    assert (at(page), page.text("#title")) == (495.0, "Baby dragon")
    go(page, 600.0)
    page.press("p")
    assert at(page) == 495.0
    page.press(Keys.ARROW_LEFT)
    assert at(page) == 240.0
    go(page, 300.0)
    page.run("$('#again').click()")
    assert at(page) == 240.0
    go(page, 1100.0)
    page.press("n")
    assert at(page) == 1100.0
    assert page.run("return $('#next').disabled && audio.paused")
    page.press("?")
    assert "the next stop" in page.text("#keys")


def test_the_buttons_of_the_system_do_the_same(browser: Browser, short: Path) -> None:
    script = browser.tell(
        "Page.addScriptToEvaluateOnNewDocument",
        source="window.does = {}; navigator.mediaSession.setActionHandler = (name, does_) => { does[name] = does_; };",
    )
    browser.open(short)
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", **script)
    browser.run("does.play()")
    browser.until("!audio.paused && audio.readyState > 2")
    browser.run("does.pause()")
    browser.until("audio.paused")
    for order, stop in (("nexttrack()", 205.0), ("seekto({seekTime: 600})", 600.0), ("previoustrack()", 495.0)):
        browser.run(f"does.{order}")
        assert at(browser) == stop
    told = browser.run("const told = navigator.mediaSession.metadata; return [told.title, told.artist]")
    assert told == ["Baby dragon · Right foot forward", "Short yin for the psoas"]


def test_the_screen_stays_on_while_it_plays(browser: Browser, short: Path) -> None:
    source = """
    window.awake = 0;
    const request = async () => {
      awake += 1;
      return { released: false, async release() { if (!this.released) awake -= 1; this.released = true; } };
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
    """
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=source)
    browser.open(short)
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", **script)
    assert browser.run("return awake") == 0
    begin(browser)
    browser.until("awake === 1")
    browser.press(" ")
    browser.until("awake === 0")


def test_asked_again_while_the_browser_decides_the_screen_may_still_go_dark_later(
    browser: Browser, short: Path
) -> None:
    source = """
    window.awake = 0; window.decide = [];
    const request = () => new Promise((granted) => decide.push(() => {
      awake += 1;
      granted({ released: false, async release() { if (!this.released) awake -= 1; this.released = true; } });
    }));
    Object.defineProperty(navigator, "wakeLock", { value: { request } });
    """
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=source)
    browser.open(short)
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", **script)
    begin(browser)
    for is_so in ("audio.paused", "!audio.paused"):
        browser.press(" ")
        browser.until(is_so)
    browser.until("decide.splice(0).map((each) => each()).length && awake")
    browser.press(" ")
    browser.until("awake === 0")


def test_after_a_click_space_pauses_and_presses_nothing_again(page: Browser) -> None:
    begin(page, 100.0)
    for found, stop in (("#next", 205.0), ("li:nth-child(4) button", 495.0)):
        page.click(found)
        page.until("!audio.seeking && !audio.paused")
        page.press(" ")
        page.until("audio.paused")
        assert stop <= at(page) < stop + 60
        page.press(" ")
        page.until("!audio.paused")


def test_a_key_that_is_held_does_its_work_once_and_scrolls_nothing(page: Browser) -> None:
    begin(page, 100.0)
    page.run("document.activeElement.blur()")
    for again in (False, True, True):
        values = {"key": " ", "code": "Space", "text": " ", "windowsVirtualKeyCode": 32, "autoRepeat": again}
        page.tell("Input.dispatchKeyEvent", type="keyDown", **values)
    page.tell("Input.dispatchKeyEvent", type="keyUp", key=" ", code="Space", windowsVirtualKeyCode=32)
    page.until("audio.paused")
    page.wait("requestAnimationFrame(() => setTimeout(done, 200))")
    assert page.run("return scrollY") == 0


def test_what_the_browser_does_not_play_is_said_where_one_looks_until_it_plays(page: Browser) -> None:
    page.run("window.plays = audio.play; audio.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")
    page.press(" ")
    page.until("$('#trouble').checkVisibility()")
    assert page.run("const at = $('#trouble').getBoundingClientRect(); return at.top >= 0 && at.bottom < innerHeight")
    page.run("audio.play = plays")
    page.press(" ")
    page.until("!audio.paused && !$('#trouble').checkVisibility()")


def test_what_is_touched_before_the_sound_is_there_does_nothing(browser: Browser, short: Path) -> None:
    source = """
    window.early = 0;
    new MutationObserver((_, observer) => {
      const line = document.querySelector("li button");
      if (line && ++early) { observer.disconnect(); line.click(); }
    }).observe(document, { childList: true, subtree: true });
    """
    script = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=source)
    browser.open(short)
    browser.tell("Page.removeScriptToEvaluateOnNewDocument", **script)
    assert browser.run("return early") == 1
    assert browser.text("#play") == "Begin"
    assert browser.refused() == []


def test_a_file_that_was_cut_off_on_its_way_says_that_it_cannot_be_played(
    browser: Browser, short: Path, tmp_path: Path
) -> None:
    (tmp_path / "half.html").write_bytes(short.read_bytes()[:500_000])
    browser.open(tmp_path / "half.html")
    assert browser.text("#trouble") == "The sound cannot be played here."
    assert browser.refused() == []


# -- the dark, and the end


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800)])
def test_after_half_a_minute_it_is_black_and_a_touch_only_shows_it_again(
    browser: Browser, short: Path, width: int, height: int
) -> None:
    browser.open(short, width=width, height=height)
    begin(browser, 100.0)
    assert any(browser.pixels())
    later(browser)
    assert is_black(browser)
    x, y = browser.run("const at = $('#play').getBoundingClientRect(); return [at.x + 40, at.y + 30]")
    browser.tap(x, y)
    assert any(browser.pixels())
    assert not browser.run("return audio.paused")
    browser.until("!$('#dark').checkVisibility()")
    browser.tap(x, y)
    browser.until("audio.paused")


def test_while_it_is_black_a_key_only_shows_it_again_and_the_practice_goes_on(page: Browser) -> None:
    begin(page, 203.0)
    later(page)
    page.until("$('#title').textContent === 'Knees side to side'")
    assert is_black(page)
    page.press(" ")
    assert any(page.pixels())
    assert not page.run("return audio.paused")


def test_paused_it_stays_to_be_seen(page: Browser) -> None:
    begin(page, 100.0)
    page.press(" ")
    page.until("audio.paused")
    later(page)
    assert any(page.pixels())


def test_at_the_end_there_is_a_quiet_word(page: Browser) -> None:
    begin(page, 1199.5)
    page.until("$('#closing').checkVisibility()")
    assert page.text("#closing").startswith("That was the practice.")
    assert page.text("#stage") == ""
    assert page.run("return [document.querySelector('[aria-current]'), navigator.mediaSession.metadata.title]") == [
        None,
        "Short yin for the psoas",
    ]
    assert page.text("#play") == "From the beginning"
    page.press(" ")
    page.until("audio.currentTime < 5")
    assert page.text("#title") == "Constructive rest"


# -- whoever reads it, on whatever screen


def test_where_motion_is_not_wanted_the_disc_keeps_its_size(browser: Browser, short: Path) -> None:
    browser.open(short, prefers_reduced_motion="reduce")
    begin(browser)
    shapes = set()
    for moment, word in ((76.0, "Breathe in"), (80.5, "Breathe out"), (84.0, "Breathe out")):
        go(browser, moment)
        browser.until(f"$('#word').textContent === '{word}'")
        shapes.add(browser.run("return getComputedStyle($('#disc'), '::before').transform"))
    assert len(shapes) == 1


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844), (844, 390), (1280, 800)])
def test_nothing_overlaps_or_is_cut_on_any_screen(browser: Browser, short: Path, width: int, height: int) -> None:
    browser.open(short, width=width, height=height)
    sideways = "return document.documentElement.scrollWidth"
    assert browser.run(sideways) <= width
    begin(browser)
    for moment in (100.0, 515.0):
        go(browser, moment)
        browser.until("$('#told .said')")
        boxes: list[dict[str, Any]] = browser.run(
            "return ['header', '#picture', '#heading', '#dial', '#told', '#controls'].map((found) => "
            "({found, ...$(found).getBoundingClientRect().toJSON()}))"
        )
        for box in boxes:
            assert box["left"] >= 0, box
            assert box["right"] <= width, box
            assert box["bottom"] <= height, box
        for one, other in ((one, other) for one in boxes for other in boxes if one["found"] < other["found"]):
            apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
            assert apart or one["right"] <= other["left"] or other["right"] <= one["left"], (one, other)
        assert browser.run("const at = $('#heading'); return at.scrollHeight <= at.clientHeight")
        small = browser.run(
            "return [...document.querySelectorAll('button, summary, #count')].map((each) => "
            "each.getBoundingClientRect()).filter((at) => at.width && Math.min(at.width, at.height) < 48).length"
        )
        assert small == 0
        assert browser.run(sideways) <= width


@pytest.mark.parametrize(
    ("width", "height", "letters"),
    [(240, 320, 16), (195, 422, 16), (320, 568, 16), (320, 568, 32), (390, 844, 32), (844, 390, 32)],
)
def test_on_the_smallest_screen_and_in_the_largest_letters_names_and_buttons_have_room(
    browser: Browser, dutch: Path, width: int, height: int, letters: int
) -> None:
    browser.tell("Page.setFontSizes", fontSizes={"standard": letters})
    try:
        browser.open(dutch, width=width, height=height)
        assert browser.run("return document.documentElement.scrollWidth") <= width
        begin(browser, 60.0)
        assert browser.run("const at = $('#heading'); return at.scrollHeight <= at.clientHeight")
        assert browser.run("return $('#title').checkVisibility() && $('#clock').checkVisibility()")
        labels = browser.run(
            "return [...document.querySelectorAll('#controls span')].map((each) => { const words = new Range();"
            " words.selectNodeContents(each); return [words.getClientRects().length,"
            " ...[each, each.parentElement].map((it) => it.getBoundingClientRect().right)]; })"
        )
        for lines, right, edge in labels:
            assert lines == 1
            assert right <= edge <= width
    finally:
        browser.tell("Page.setFontSizes", fontSizes={"standard": 16})


def test_on_paper_it_is_the_plan_in_dark_letters_at_any_moment(browser: Browser, short: Path) -> None:
    browser.open(short, prefers_color_scheme="dark")
    begin(browser, 535.0)
    browser.tell("Emulation.setEmulatedMedia", media="print")
    try:
        assert "Everything here is an invitation." in browser.text("#intro")
        assert "8:15" in browser.text("ol")
        assert browser.text("#stage") == browser.text("#controls") == ""
        assert browser.run("return getComputedStyle(document.documentElement).color") == "rgb(35, 40, 44)"
    finally:
        browser.tell("Emulation.setEmulatedMedia", media="")


def test_on_a_larger_screen_which_is_further_away_all_is_larger(browser: Browser, short: Path) -> None:
    sizes = []
    for width, height in ((1280, 800), (2560, 1440)):
        browser.open(short, width=width, height=height)
        begin(browser, 535.0)
        seen = "return ['#title', '#clock', '#play'].map((found) => parseFloat(getComputedStyle($(found)).fontSize))"
        sizes.append(browser.run(seen))
        assert browser.run("return document.documentElement.scrollWidth") <= width
    assert all(large > 1.25 * usual for usual, large in zip(*sizes, strict=True))


def test_in_colours_of_ones_own_the_dark_is_dark_and_the_disc_is_seen(browser: Browser, short: Path) -> None:
    browser.open(short, forced_colors="active")
    begin(browser, 100.0)
    browser.until("$('#disc').checkVisibility()")
    browser.press(" ")
    browser.until("audio.paused")
    seen = set()
    for fill in (0.3, 0.4):
        browser.run("$('#disc').style.setProperty('--fill', arguments[0])", fill)
        seen.add(browser.pixels())
    assert len(seen) == 2
    browser.press(" ")
    browser.until("!audio.paused")
    later(browser)
    assert is_black(browser)


def test_it_fetches_nothing_and_a_screen_reader_is_not_talked_over(page: Browser) -> None:
    begin(page, 100.0)
    page.until("$('#told .said')")
    assert page.fetched() == page.refused() == []
    assert page.run("return [...document.querySelectorAll('[aria-live], [role=status], [role=log]')].length") == 0
    named = page.run(
        "return [...document.querySelectorAll('main, nav, header')].length >= 3 && "
        "[...document.querySelectorAll('button')].every((each) => each.innerText.trim() || each.ariaLabel)"
    )
    assert named


def test_without_scripts_the_sound_plays_and_the_plan_says_when(browser: Browser, short: Path) -> None:
    browser.open(short, scripts=False)
    assert "No scripts run here: the page plays its sound" in browser.text("#unled")
    assert browser.run("return audio.controls && audio.checkVisibility() && audio.preload === 'none'")
    assert "8:15\nBaby dragon, right foot forward" in browser.text("ol")
    assert browser.run("return [...document.querySelectorAll('button')].every((each) => !each.checkVisibility())")
    browser.run("audio.play()")
    browser.until("audio.currentTime > 0.1")
    browser.run("audio.currentTime = 1000")
    browser.until("audio.currentTime > 1000.1")
    assert short.read_text("utf-8").count("base64,") == 1
    assert browser.fetched() == browser.refused() == []


def test_texts_of_strangers_run_nothing_and_are_read_as_they_were_written(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "trap.yaml").write_text(HOSTILE, "utf-8")
    browser.open(rendered(tmp_path, str(tmp_path / "trap.yaml"), "--no-voice"), width=320, height=568)
    sequence = Library("en").sequence(str(tmp_path / "trap.yaml"))
    assert browser.text("#intro h1") == sequence.title.en
    begin(browser, 4.5)
    browser.until("$('#told .said')")
    pose = next(span.segment for span in compile_sequence(sequence).spans if span.segment.pose)
    assert browser.run("return $('#title').textContent") == pose.title.en
    assert "<iframe src=" in browser.text("#told")
    assert browser.run("return document.documentElement.scrollWidth") <= 320
    assert browser.run("const at = $('#heading'); return at.scrollHeight <= at.clientHeight")
    for moment in (13.0, 16.0, 27.0, 28.5):
        go(browser, moment)
    assert browser.run("return scripts") == 0
    assert browser.run("return document.querySelectorAll('img, iframe, a[href^=javascript], body style').length") == 0
    assert browser.fetched() == browser.refused() == []


def test_breathing_alone_is_a_page_too_in_dutch(browser: Browser, tmp_path: Path) -> None:
    page = rendered(tmp_path, "--breathe", "4-6", "-c", "3", "-l", "nl")
    browser.open(page)
    assert browser.run("return document.documentElement.lang") == "nl"
    assert browser.text("#play") == "Beginnen"
    begin(browser, 4.0)
    browser.until("$('#word').textContent === 'Adem in'")
    assert browser.text("#play") == "Pauze"
    assert browser.run("return $('#disc').checkVisibility()")
