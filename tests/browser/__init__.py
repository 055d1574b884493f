"""The product in real browsers: Chromium, real HTTP, a real database."""
