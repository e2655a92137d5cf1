"""From one notebook to one report: parameters, execution, record, methods."""
