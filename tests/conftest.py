"""What holds for all tests."""

import signal

from hypothesis import settings

# A run must not pass or fail by chance; --hypothesis-profile=search looks further.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False)
settings.load_profile("steady")

# A run in the background ignores interrupts, and so would the processes that it starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
