import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[2]))  # tests are files: `tests.practice.strategies` is found from here

settings.register_profile(
    "psoas",
    max_examples=40,
    deadline=None,  # a slow machine is no bug
    derandomize=True,  # the same examples for everyone
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("psoas")
