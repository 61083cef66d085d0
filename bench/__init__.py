"""Speed and accuracy, measured against others, one command each."""
