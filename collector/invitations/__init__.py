"""DECISION → MESSAGE: an invitation becomes a message, and what became of it is written down.

Pure: `links`, `schedule`, `compose`, `optout_words`. Verbs, one transaction a step: `claims` and
`send`, `reconcile`, `lapse`, `receipts`, `optouts`. `outcomes` and `suppressions` write inside a
verb's transaction. May use triggers, surveys, model and `channels`; never a later stage.
"""
