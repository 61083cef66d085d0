"""Accuracy on a labelled set of one's own: read it, score it, show how much can be decided unattended at which error.

Knows no certificate: how a value is compared with the truth is handed in as a `Yardstick`.
"""
