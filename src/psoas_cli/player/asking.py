"""Asking how it is, before and after a practice."""

from typing import TYPE_CHECKING

from psoas_cli.player.check_in import Answers, CheckIn
from psoas_cli.player.loop import Place
from psoas_cli.player.preview import Pages
from psoas_cli.practice import words
from psoas_cli.practice.model.text import Lang

if TYPE_CHECKING:
    from psoas_cli.tui.regions import Line

_BLANK: "Line" = ("", "plain")


def ask(checkin: CheckIn, place: Place, pages: Pages, lang: Lang) -> Answers:
    """Ask on the whole screen until all is asked, or the person leaves it."""
    place.dirty = True
    while not checkin.over:
        if place.dirty:
            place.dirty = False
            pages.resize(*place.size)
        question, scale = (text.said(lang) for text in checkin.asked)
        typed = f"> {checkin.typed}"
        lines: tuple[Line, ...] = (_BLANK, (question, "name"), _BLANK, (scale, "plain"), _BLANK, (typed, "strong"))
        pages.page(lines, words.ASK_HINT.said(lang), f"{question} {typed}")
        for name in place.events(None):
            checkin = checkin.key(name)
    return checkin.answers
