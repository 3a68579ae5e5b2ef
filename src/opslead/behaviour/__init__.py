"""What the flows can do together: a transition system of a few customers' cases, searched for the shortest stories that end in a loss.

`system.py` states moves on small fields, `kernel.py` explores them, `export.py` hands them to other checkers. NumPy is imported by the
kernel alone, so importing opslead does not load it.
"""
