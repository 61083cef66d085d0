"""The desk's addresses: what each page asks of the desk, and how it is shown."""
