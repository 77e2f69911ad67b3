"""XRechnung 3.0 (KoSIT, Germany): CIUS, extension, and the CIUS for clean vehicles (CVD)."""
