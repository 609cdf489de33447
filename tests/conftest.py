"""What holds for all tests."""

from hypothesis import settings

# A run must not pass or fail by chance; --hypothesis-profile=search looks further.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False)
settings.load_profile("steady")
