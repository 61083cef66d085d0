"""What is required of a dossier."""
