"""Values of entities: what a short text says as numbers, units, timings and codes."""
