"""One module per wire. An adapter turns frozen bytes into a request and an answer into facts."""
