"""How a breath is heard: the closed list, apart from patterns, as options need it and patterns take time to import."""

from typing import Literal, get_args

BreathSound = Literal["air", "tone", "chime", "tick", "words", "none"]
"""How a breath is heard; `words` has the voice say each phase."""

RENDERED: tuple[BreathSound, ...] = ("air", "tone", "chime", "tick")
"""Those that are made, and neither spoken nor silent."""

BREATH_SOUNDS: tuple[BreathSound, ...] = get_args(BreathSound)
