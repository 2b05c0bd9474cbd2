"""How the properties are tried: without a clock, and the same way each time in CI."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "commed",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("commed")
