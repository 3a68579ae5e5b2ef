"""Files and documents as text with places: the formats in `formats/`, one file each; `read_source` is the way in."""

from opslead.intake.page.readers.read import STANDARD_INPUT, decode, read_source
from opslead.intake.page.readers.source import Source

__all__ = ["STANDARD_INPUT", "Source", "decode", "read_source"]
