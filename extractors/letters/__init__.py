"""What reads letters of authorization: from lines to text, from text to spans, from spans to values."""
