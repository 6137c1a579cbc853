"""Where answers come from: do customers of one subject share a device, a network or a browser?

Innocent causes are weighed here as well: a counter's tablet (`assisted_device.py`), a customer's
own phone (`known_customer.py`). One phone brings its network and its browser along, so these
findings do not add up as if they were independent.
"""
