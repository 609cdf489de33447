"""Trains the document detectors; needs the ``train`` extra (scikit-learn)."""
