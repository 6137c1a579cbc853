"""The support organisation of a maker of business software, with outsourced night shifts.

Tickets by e-mail and chat widget, one or two questions after each; see README.md.
"""
