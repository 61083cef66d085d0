"""Lines → document type with score and reason; pages → documents."""
