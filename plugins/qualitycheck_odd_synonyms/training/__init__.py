"""Trains the odd-synonyms model; needs the ``train`` extra (numba)."""
