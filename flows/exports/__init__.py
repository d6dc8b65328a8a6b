"""The customer file as a sheet, which can come in again without loss."""
