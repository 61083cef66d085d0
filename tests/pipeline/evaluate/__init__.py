"""Tests of the evaluation of labelled sets."""
