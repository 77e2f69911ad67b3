"""Tables as files, CSV and XLSX, for whoever has rows."""
