"""Commands that need the rules and the rulebook: one module per command, named in cli.py's list."""
