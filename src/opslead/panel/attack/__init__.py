"""Attackers with roles against a draft: a breach report whose items the engine has checked."""
