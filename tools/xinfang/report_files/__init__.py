"""Reports as files: PDF by the form D27, XLSX, JSON and text. The same report, the same bytes."""
