"""Will it be accepted? One traffic light with reasons, before a number is used."""
