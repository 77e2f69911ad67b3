"""Explain rejections and broken rules, and mend documents where that is certain; no state."""
