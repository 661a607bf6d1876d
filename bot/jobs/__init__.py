"""What the clock or a queue asks for: durable jobs, one per file, and the engine that runs them."""
