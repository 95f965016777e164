"""What a key account manager knows: typed entities, one module per aggregate. No Qt, no I/O."""
