"""What a scan takes of the machine: memory up to a limit, and threads."""
