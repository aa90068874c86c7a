"""From modules to files: decide what to make, make it on workers, publish it whole, record it."""
