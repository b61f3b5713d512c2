"""Reading and writing practices as YAML: nodes, problems, readers and the schema."""
