"""One job on one worker, here or on a machine that shares no disk."""
