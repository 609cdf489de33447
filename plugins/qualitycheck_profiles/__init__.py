"""The bundled profiles: one file of settings each. ``qualitycheck.profiles`` says how profiles are found."""
