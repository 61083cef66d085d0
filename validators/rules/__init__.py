"""The rules, one file per group of the catalogue."""
