"""`make soak`: load with faults. `__main__.py` says what is done, `ledger.py` what must hold at the end."""
