"""Journals and what is remembered: whatever is in them, a practice begins, and what can be read is shown and found."""

import csv
import io
import json
import os
import sqlite3
import zlib
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any, ClassVar

from damage import UNSEEN, flipped
from fuzz_case import Files, command, laid
from psoas_cli.cli.context import Context
from psoas_cli.commands.home import _opened
from psoas_cli.errors import PsoasError
from psoas_cli.player import recorder
from psoas_cli.player.adaptation import practice_for
from psoas_cli.player.run import of_practice, resumed
from psoas_cli.player.wishes import Wishes
from psoas_cli.practice.model.text import LANGS, Lang
from psoas_cli.storage import paths
from psoas_cli.storage.catalogue import listed
from psoas_cli.storage.entry import NAMES, Entry
from psoas_cli.storage.journal import _ADDED, _COLUMNS, VERSION, Journal
from psoas_cli.tui.home_regions import hints_of, menu_of
from psoas_cli.tui.screen import Screen

_PRACTICE = "constructive-rest"
_GOOD = "feedbeefcafe"  # the id of a row that must be found whatever stands beside it
_TEXTS = (
    "", "x", "yin", "0", "nan", "[]", "null", "=cmd|' /C calc'!A0", "+1", "-1", "@x", "\x1b[2J\x1b]0;x\x07",
    "a\nb\r\tc", "é" * 300,
    "x" * 20_000, "\0", "🧘‍♀️", *UNSEEN[:-1], "'; DROP TABLE sessions; --", "practice yin", "practice no-such",
    "breathe 4-6",
    "practice /tmp/x.yaml", "practice ~nosuchuser/x.yaml", "practice bad\x00", "breathe 99999999999-1", "completed",
    "running",
)  # fmt: skip
_TIMES = (
    "2026-03-29T02:30:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-03-01",
    "2026-03-01T20:00",
    "2026-03-01T20:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-02-30T00:00:00+00:00",
    "20260301T200000",
    "2026-W10-1", "2026-03-01T20:00:00+99:00", "2026-03-01T24:00:00+00:00", "\uff12026-03-01T20:00:00+00:00", "x",
    "2026-03-01T20:00:60+00:00",
)  # fmt: skip
_CHANGES = (
    "[]", '[["hold", 30.0, -30.0]]', '[["breath", 1, 0]]', '[["hold", 1e308, 1e308]]', '[["hold", NaN, Infinity]]',
    '[["hold"]]', "{}",
    '{"hold": 1}', "[1]", '["hold"]', "[[[1], {}, null]]", "x", "null", "1", "[" * 5000, '[["hold", "1", "2"]]',
    '[["fly", -1, 5]]',
    json.dumps([["hold", float(i), 30.0] for i in range(300)]),
)  # fmt: skip
_NUMBERS = (
    0,
    1,
    -1,
    60,
    1800.0,
    -0.5,
    1e308,
    float("inf"),
    float("-inf"),
    2**63 - 1,
    -(2**63),
    1e-320,
    86_401,
    3.5,
    None,
)
_COMMANDS = (
    "practice yin",
    "breathe 4-6",
    "breathe 0-0",
    "practice no-such",
    "practice --steps sphinx 3m",
    "practice --steps ,",
    "x",
    "",
    "breathe " + "9-" * 50,
)
_BLOBS = (b"", b"\xff\xfe", b"x", b"\0" * 40)


class Trial:
    """Trials of journals."""

    COUNT: ClassVar[int] = 5_000

    def __init__(self) -> None:
        made = practice_for(Context("en"), _PRACTICE, None)
        self._digest, self._duration = recorder.digest_of(made.timeline), made.timeline.duration
        self._catalogues: dict[Lang, bytes] = {}
        for lang in LANGS:
            listed(lang)
            self._catalogues[lang] = paths.catalogue_file().read_bytes()

    def made(self, random: Random) -> Files:
        """A journal, and what is remembered beside it."""
        files: Files = {}
        if random.random() < 0.6:
            files["remembered.json"] = self._remembered(random)
        if random.random() < 0.03:
            return files | {"journal.sqlite3/x": b""}
        if random.random() < 0.05:
            return files | {"journal.sqlite3": random.choice((b"", b"x", b"SQLite format 3\0", random.randbytes(4096)))}
        good = random.random() < 0.5
        content = self._journal(random, good=good)
        if random.random() < 0.25:
            content, good = flipped(random, content), False
        files["journal.sqlite3"] = content
        if random.random() < 0.05:
            files[random.choice(("journal.sqlite3-wal", "journal.sqlite3-shm", "journal.sqlite3-journal"))] = (
                random.randbytes(400)
            )
            good = False
        return files | ({"GOOD": b""} if good else {})

    def _journal(self, random: Random, *, good: bool) -> bytes:
        version = (
            VERSION if good else random.choice((VERSION, VERSION, VERSION, 0, 1, 2, 3, VERSION + 1, -1, 2**31 - 1))
        )
        newest = {"avoid", "felt_breath", "felt_belly", "felt_hips"}
        since = {
            1: newest | {"sessions", "continues", "heard"},
            2: newest | {"continues", "heard"},
            3: newest,
        }.get(version, set())
        names = [name for name in NAMES if name not in since]
        if not good and random.random() < 0.1:
            names.remove(random.choice(names))
        typed = {column.split()[0]: column for column in _COLUMNS.split(",")}
        typed |= {name: f"{name} {kind}" for name, kind in _ADDED.items()}
        loose = random.random() < 0.4
        made = ", ".join(name if loose else typed[name] for name in names)
        with closing(sqlite3.connect(":memory:")) as connection:
            if good or random.random() < 0.98:
                connection.execute(f"CREATE TABLE sessions ({made})")
                for _ in range(random.choice((0, 1, 3, 14))):
                    row = self._row(random, odd=random.choice((0, 0, 1, 2, 24)), good=good)
                    with suppress(sqlite3.Error, OverflowError):
                        self._insert(connection, {name: row[name] for name in names})
                if good:
                    began = datetime.now(UTC) - timedelta(minutes=random.randint(1, 200))
                    zone = timezone(timedelta(hours=random.choice((-12, -5, 0, 1, 5.5, 14))))
                    self._insert(connection, self._valid(random, began.astimezone(zone)) | {
                        "id": _GOOD, "state": "interrupted", "command": f"practice {_PRACTICE}", "lang": "en",
                        "asked_s": None,
                        "digest": self._digest, "position_s": random.uniform(0, self._duration), "breath": None,
                        "avoid": "", "speed": 1.0,
                    })  # fmt: skip
            connection.execute(f"PRAGMA user_version = {version}")
            connection.commit()
            return connection.serialize()

    @staticmethod
    def _insert(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO sessions ({', '.join(row)}) VALUES ({marks})", [*row.values()])  # noqa: S608 - our own names

    def _row(self, random: Random, *, odd: int, good: bool) -> dict[str, Any]:
        """A row of another session; with *odd* values that are none a session writes."""
        began = datetime.now(UTC) + timedelta(
            days=random.choice((-900, -40, -2, -1, 0, 1, 400)), seconds=random.randint(-80_000, 0)
        )
        row = self._valid(random, began)
        for name in random.sample(NAMES, odd):
            row[name] = random.choice((
                random.choice(_NUMBERS), random.choice(_TEXTS), random.choice(_TIMES), random.choice(_CHANGES),
                random.choice(_BLOBS),
            ))  # fmt: skip
        if random.random() < 0.2:
            row |= {random.choice(("began", "seen")): random.choice(_TIMES)}
        if random.random() < 0.2:
            row |= {"changes": random.choice(_CHANGES)}
        if good and row["command"] == f"practice {_PRACTICE}":
            row["command"] = "practice yin"
        return row

    def _valid(self, random: Random, began: datetime) -> dict[str, Any]:
        length = random.uniform(60, 3600)
        return {
            "id": random.randbytes(6).hex(),
            "began": began.isoformat(timespec="seconds"),
            "seen": (began + timedelta(seconds=random.randint(0, 50))).isoformat(timespec="seconds"),
            "state": random.choice(("running", "completed", "ended", "interrupted")),
            "command": random.choice(
                (f"practice {_PRACTICE}", "practice yin", "breathe long-exhale", "practice /x/y.yaml")
            ),
            "title": random.choice(("Yin", "Rust", "漢字 " * 20)),
            "lang": random.choice(LANGS),
            "asked_s": random.choice((None, 1800.0)),
            "breath": random.choice((None, "4-6", "none")),
            "length_s": length,
            "speed": random.choice((1.0, 1.0, 60.0)),
            "digest": random.choice((self._digest, "0" * 8)),
            "position_s": random.uniform(0, length),
            "practised_s": random.uniform(0, length),
            "stops": random.randint(0, 9),
            "breaths": random.randint(0, 90),
            "changes": random.choice(_CHANGES[:3]),
            "process": random.choice((0, 1, os.getpid(), 4_000_000)),
            "sessions": random.randint(0, 5),
            "tension_before": random.choice((None, 0, 10)),
            "tension_after": random.choice((None, 3)),
            "breath_before": None,
            "breath_after": random.choice((None, 5)),
            "line": random.choice(("", "Goed", "=1+1")),
            "continues": "",
            "heard": random.choice((0, 1)),
            "avoid": random.choice(("", "", "sphinx", "none,sphinx", "no such pose")),
            "felt_breath": random.choice(("", "slower-lower", "unsure")),
            "felt_belly": random.choice(("", "softer")),
            "felt_hips": random.choice(("", "same")),
        }

    def _remembered(self, random: Random) -> bytes:
        values = (
            *_NUMBERS[:-1],
            *_TEXTS[:8],
            *_TIMES[:4],
            [],
            {},
            None,
            True,
            [[]],
            10**400,
            "2026-03-01T20:00:00+01:00",
        )
        done: dict[str, Any] = {}
        for _ in range(random.choice((1, 3))):
            some = random.sample(("minutes", "practised", "ended"), random.randint(0, 3))
            done[random.choice(_COMMANDS)] = random.choice((
                {name: random.choice(values) for name in some},
                {"minutes": None, "practised": 300.0, "ended": random.choice(_TIMES)},
                random.choice(values),
            ))  # fmt: skip
        kept = {
            "volume": random.choice((70, *values)),
            "breaths_heard": random.choice((1, *values)),
            "done": random.choice((done, *values)),
        }
        content = json.dumps(kept).encode()
        return random.choice(
            (content, content, flipped(random, content), b"[" * 100_000, b"", b"\xff\xfe{}", b'{"a":' * 5000)
        )

    def tried(self, files: Files) -> str:
        """Look back, begin, resume, keep and delete."""
        laid({name: content for name, content in files.items() if name != "GOOD"})
        good = "GOOD" in files
        choice = Random(zlib.crc32(repr(sorted(files.items())).encode()))
        lang = choice.choice(LANGS)
        paths.catalogue_file().write_bytes(self._catalogues[lang])
        told = command(
            "history",
            "-l",
            lang,
            *choice.choice(((), ("--plain",), ("--since", "2025-01-31"), ("--since", "0001-01-01"))),
        )
        outcome = "unreadable" if told.code else "shown"
        listing = command("history", "--json")
        if listing.code == 0:
            ids = [each["id"] for each in json.loads(listing.out)["sessions"]]
            assert not good or _GOOD in ids, "a row is not shown, although nothing is wrong with it"
        assert not good or listing.code == 0, listing.err
        table = command("history", "--csv")
        for row in csv.reader(io.StringIO(table.out)) if table.code == 0 else ():
            assert not any(cell[:1] in {"=", "+", "@"} for cell in row), f"a spreadsheet would run {row}"
        self._at_home(lang)
        context, wishes = Context(lang), Wishes(mute=True)
        of_practice(context, _PRACTICE, None, begin=None, breath=None, wishes=wishes)
        refusal = ""
        try:
            run = resumed(context, choice.choice((_PRACTICE, None)) if not good else _PRACTICE, wishes=wishes)
            assert 0 <= run.position <= run.timeline.duration
            assert not good or (run.resumed and run.resumed.id == _GOOD), "another session is resumed"
            outcome += ", resumed"
        except PsoasError as error:
            refusal = str(error)
        assert not (good and refusal), f"it is not resumed: {refusal}"
        command("config", "-l", lang)
        self._kept(good=good)
        return outcome

    @staticmethod
    def _at_home(lang: Any) -> None:  # noqa: ANN401 - a language
        home = _opened(lang)
        screen = Screen(None, lambda _: None)
        screen.menu(menu_of(home), hints_of(home))

    def _kept(self, *, good: bool) -> None:
        """A session that is written is there, and gone once it is deleted."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        entry = Entry(
            "0123456789ab", now, now, "ended", "practice yin", "Yin", "en", None, None, 60.0, 1.0, "d", practised_s=60.0
        )
        refusal = ""
        try:
            Journal(paths.journal_file()).write(entry)
        except PsoasError as error:
            refusal = str(error)
        if refusal:
            assert not good, refusal
            return
        told = command("history", "--json")
        assert told.code == 0, f"it was written, and cannot be read: {told.err}"
        assert entry.id in [each["id"] for each in json.loads(told.out)["sessions"]]
        deleted = command("history", "--delete", entry.id, "--yes")
        assert deleted.code == 0 or not good, deleted.err  # a damaged page cannot be written
        assert not good or command("history", "--delete", entry.id, "--yes").code == 1
