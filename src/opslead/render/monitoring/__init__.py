"""What a specification's monitoring says precisely enough for a machine: thresholds, the metrics they need, the alerts they make."""
