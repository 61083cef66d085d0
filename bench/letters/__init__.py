"""Rules or a trained model for letters: `python -m bench.letters` trains, and scores both on the same letters."""
