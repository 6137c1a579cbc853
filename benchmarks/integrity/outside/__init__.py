"""Two public data sets about fake reviews, and what the engine says of them.

They are not about surveys: nobody was asked, nobody serves anybody, and no device, number or
address is known. `yelpchi.py` and `rgmining.py` read the data and print; `reviews.py` maps reviews
to the audit's files in two ways and says which part of the engine can look at them at all;
docs/integrity/outside.md says what came. The data is not part of this project: each command says
how to get it.
"""
