"""Without a key: the brief for a chat window (`asking`), what it gives back read, placed and settled policy by policy (`composing.adopt`), and the
next message (`again`)."""
