"""The HTML report and the runbook cards: templates, one stylesheet and one script each, and pictures drawn as SVG."""
