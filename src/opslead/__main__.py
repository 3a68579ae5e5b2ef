"""`python -m opslead`."""

from opslead.cli import main

if __name__ == "__main__":
    main()
