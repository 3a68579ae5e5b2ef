"""What a language model reads out of a description: its answer, the proof of every value, and how it meets the rules' reading."""
