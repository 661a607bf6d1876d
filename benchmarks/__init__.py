"""What is measured: `make bench` prints one table and writes it into docs/performance.md."""
