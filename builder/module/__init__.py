"""One module of health education: read, checked for form, and frozen into records."""
