// The built-in pages.
