"""Ways to reach a person: SMS, email, inside the product, and a preview for looking at.

A channel takes one finished message to one provider and says what became of it. It knows nothing
of surveys, rules or databases, reads no environment and keeps no state but its connection; it never
imports ``collector``, so that it can be read, tested and replaced on its own.

Read ``base.py`` first (the contract, one minute), then ``registry.py`` (which kinds there are).
A new channel is a new folder with the same file names as its neighbours and one line in the
registry; ``tests/contracts/test_every_channel.py`` then says whether it keeps the contract.
"""
