"""SARIF 2.1.0, the form in which code scanners report: findings at the lines of the text they are about."""
