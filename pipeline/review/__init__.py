"""The reviewers' desk: `dossier review OUT`."""
