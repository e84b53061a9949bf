"""Stand-alone simulators of the systems around the house: real servers, each with its own storage and its own data model.

They import nothing of the house: all they know of it is docs/reference/exchange-protocol.md, as any outside integrator would.
"""
