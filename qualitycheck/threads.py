"""One thread a process for linear algebra.

The matrices of models that run in a worker are small. A library that shares each product among all cores spends more
on waiting than it saves, and takes the cores from the other workers: two of them were 1.44 times as fast as one, and
are 1.86 times with a thread each, which also saves a third of the processor time.
"""

from __future__ import annotations

import os

#: What OpenBLAS, Intel's and Apple's libraries, and those built on OpenMP read when they are loaded.
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "OMP_NUM_THREADS")


def one_thread() -> None:
    """Ask for one thread in this process, where nobody has asked for another number, before numpy is loaded."""
    for name in THREAD_VARIABLES:
        os.environ.setdefault(name, "1")
