"""What people do, a verb each; a use case takes session and actor and is one transaction."""
