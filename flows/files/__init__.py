"""What is not words: pictures, documents, voice notes, contact cards, places."""
