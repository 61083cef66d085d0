"""Chains of authorization: from a mark's registrant, letter by letter, to the applicant.

A brand's chain is a path in a graph whose nodes are parties and whose edges are letters. Which letters are meant for
the brand is in `letters`, which path is taken in `search`, what reports show of it in `record`.
"""

from validators.chain.graph import Chain, Link, chain_of, chains
from validators.chain.record import record_of

__all__ = ["Chain", "Link", "chain_of", "chains", "record_of"]
