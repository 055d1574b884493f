"""A little course on the XBlock workbench, to try the components and to test them in real browsers."""
