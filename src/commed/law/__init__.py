"""The law as data: instruments, provisions, obligations and their conditions. Types only."""
