"""YAML to a practice and back: nodes, problems, readers and the schema."""
