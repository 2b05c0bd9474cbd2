"""What is recorded: organisations, learning, resources, statements, inspections."""
