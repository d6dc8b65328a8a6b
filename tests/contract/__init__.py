"""Every adapter of the catalogue against every rule of the contract."""
