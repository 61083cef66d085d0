"""Files, pages, lines and documents: knows no certificate and no rule."""
