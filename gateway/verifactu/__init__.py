"""What Spanish law wants of a billing program beside its records: declaration, events, exports."""
