"""The key vault: private keys that never come out, their certificates, and who may sign when."""
