"""How much of a stranger's file is taken in. Each limit is far above what people write and far below what hurts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What is read of one document; the readers take them as an argument, so that a test of a limit needs no huge file."""

    text: int = 2_000_000
    """Bytes of text, or of the text that a document holds: twenty times a document of 40 pages. Reading takes a second for 10 to 20 kB."""
    entries: int = 5_000
    """Files in a zip container: a deck of 200 slides with a layout, a note and two pictures each has about 1,000."""
    expanded: int = 500_000_000
    """Bytes that all files of a container may have together by its own table, pictures and films included; they are not expanded."""
    part: int = 80_000_000
    """Bytes of one expanded part that is read: a worksheet formatted down to its last row (1,048,576) has about 60 million."""
    read: int = 160_000_000
    """Bytes expanded from one container in all."""
    ratio: int = 300
    """Expanded to packed size of a part above `small`: the XML of Office reaches 30 to 100, a bomb 1,000."""
    small: int = 1_000_000
    """Bytes of an expanded part that hurt nobody."""
    elements: int = 150_000
    """XML elements or HTML tags in one document, cells in one table: a Word file of 40 pages has about 25,000. They take about a second."""
    depth: int = 250
    """XML elements inside one another: tables nested five deep in text boxes stay below 100."""
    pages: int = 1_000
    """Pages of a PDF, slides of a deck, sheets of a workbook: beyond, it is an archive and no description of one service."""
    page_characters: int = 100_000
    """Characters on one page of a PDF: a page of the smallest print has 15,000."""


LIMITS = Limits()

MAX_DOCUMENT_BYTES = 50_000_000
"""Of a document's file: slides with photographs reach some tens of megabytes, their words are few."""

MAX_SECONDS = 20
"""Processor time for one document; a PDF of 1,000 pages takes about ten seconds."""

MAX_WAIT = 90
"""Seconds on the clock for one document, on a machine that has much else to do."""

MAX_MEMORY = 512_000_000
"""Bytes of address space for one document: Python and the PDF library take less than 100 million of it at rest."""
