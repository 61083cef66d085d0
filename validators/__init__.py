"""What is required: the rules, the rulebook and the decision."""
