"""The tone of the texts: invitations; no orders to relax, no promises, no guilt."""

import re
from pathlib import Path

import pytest
from tests.practice.test_builtin import IDS, POSES, built_in, texts_in
from tests.texts import texts

from psoas_cli.practice.model import cautions, patterns
from psoas_cli.practice.model.text import LANGS, Lang

AVOIDED: dict[Lang, str] = {
    "en": r"""
        \brelax\b | \blet(ting)?\ (it\ |all\ )?go\b | \bsurrender | \bpush(ing)?\ through\b | \brelease\b |
        \byou\ (should|must|ought\ to|have\ to)\b | \btry\ harder\b | \bno\ excuses?\b |
        \b(will|can)\ (heal|cure|fix|relieve|calm|release)\b | \bheal(s|ing)?\b | \bcures?\b | \bguarantee |
        \bfail(s|ed|ing|ure)?\b | \bg[ai]ve\ up\b | \bincomplete\b | \bstreak | \bonly\ \d+\ minutes\b
    """,
    "nl": r"""
        \bontspan\b | \blaat\ (\w+\ ){0,3}los\b | \blos(te)?\ ?laten\b | \bgeef\ je\ over\b | \bovergave\b |
        \bzet\ door\b | \bdoorzetten\b | \bbijt\ door\b | \bje\ (moet|hoort\ te)\b | \bmoet\ je\b |
        \bgenee(st|skrachtig) | \bgenez(en|ing)\b | \bverlost\b | \bgarandeer | \bgegarandeerd\b |
        \bmislukt | \bgefaald\b | \bfa(al|len)\b | \bopgegeven\b | \bgeef\ (\w+\ )?op\b | \bstreak |
        \bonvolledig\b | \bhelaas\b | \bslechts\b
    """,
}
"""What no text says, as it orders, promises or blames."""

TEXTS = {
    "words": texts,
    "cautions": dict(vars(cautions)),
    "patterns": [patterns.TITLES, patterns.PURPOSES],
    "poses": POSES,
    **{name: built_in(name) for name in IDS},
}
ABOUT = Path(__file__).parents[2] / "src" / "psoas_cli" / "commands"


def avoided_in(said: str, lang: Lang) -> list[str]:
    return [found[0] for found in re.finditer(AVOIDED[lang], said, re.IGNORECASE | re.VERBOSE)]


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_orders_promises_or_blames(name: str) -> None:
    found = [
        (avoided, text)
        for text in texts_in(TEXTS[name])
        for lang in LANGS
        if (avoided := avoided_in(text.said(lang), lang))
    ]
    assert not found


@pytest.mark.parametrize("lang", LANGS)
def test_the_background_does_not_either(lang: Lang) -> None:
    assert not avoided_in((ABOUT / f"about.{lang}.md").read_text("utf-8"), lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["starter", "settings"])
def test_what_one_begins_with_does_not_either(name: str, lang: Lang) -> None:
    assert not avoided_in((ABOUT / f"{name}.{lang}.yaml").read_text("utf-8"), lang)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "And now relax!"),
        ("en", "Just let it go."),
        ("en", "You should feel a stretch."),
        ("en", "This will heal your back."),
        ("en", "Release your trauma."),
        ("en", "You failed to finish."),
        ("nl", "Ontspan je schouders."),
        ("nl", "Laat alle spanning los."),
        ("nl", "Je moet dit voelen."),
        ("nl", "Geef je over aan de vloer."),
        ("nl", "Dit geneest je rug."),
        ("nl", "De oefening is mislukt."),
    ],
)
def test_the_phrases_to_avoid_are_found_in_a_sentence(lang: Lang, said: str) -> None:
    assert avoided_in(said, lang)
