"""The signed monthly package: schema, writer, reader, signature."""
