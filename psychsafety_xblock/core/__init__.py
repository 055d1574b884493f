"""The rules of the product, in plain Python: no Django, no XBlock, no clock and no randomness of its own."""
