from hypothesis import HealthCheck, settings

settings.register_profile(
    "psoas",
    max_examples=40,
    deadline=None,  # a slow machine is no bug
    derandomize=True,  # the same examples for everyone
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("psoas")
