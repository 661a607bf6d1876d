"""What a developer's machine needs: set-up, local chat client, browser. Standard library only."""
