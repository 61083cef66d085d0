"""Commands that need no part of the house above the pipeline, each imported once it is asked for."""
