"""The register: a workbook that a team keeps after the document, with status and owner to fill."""
