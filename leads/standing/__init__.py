"""What policies and queries both ask: who somebody is to a record, and what of it is there already."""
