"""What all simulators share: protocol, signatures, storage, life of a case, misbehaviour on demand, and a page to look at."""
