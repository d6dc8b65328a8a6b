"""The words everyone shares: plain values, standard library only, no I/O."""
