from tests.program import home, psoas, window

__all__ = ["home", "psoas", "window"]
