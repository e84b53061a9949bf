"""跨域办: applications that one deployment receives and another decides, each keeping its own record and its own clock.

The **origin** (收件地) is where the person is; the **home** (属地) is where the matter belongs.
Doors: ``commands`` and ``queries`` for the channels; everything between two deployments travels through ``exchange``.
"""
