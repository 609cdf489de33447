"""Trains the document detectors; needs the ``train`` extra (numba, scipy)."""
