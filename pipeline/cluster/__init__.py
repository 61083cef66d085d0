"""A batch on several machines: Ray carries jobs to them and answers back, and decides nothing.

Ray is imported once `--cluster` was given, and never otherwise. Why it is built like this: docs/adr/0017-cluster.md.
"""
