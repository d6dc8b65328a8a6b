"""Other programs are told what happens here: an owner says where to, and which facts."""
