"""Letters of authorization."""
