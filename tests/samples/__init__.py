"""Tests of the samples and of the generator that drew them."""
