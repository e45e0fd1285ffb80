"""What the templates say in one word: icons, lamps, states and due dates."""
