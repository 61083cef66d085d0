"""OCR engines: the protocol and the list."""
