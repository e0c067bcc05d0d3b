"""An analysis against gold: how much of what is there was found, in the right place, with its value."""
