"""Norway (NO): EHF."""
