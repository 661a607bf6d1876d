"""Commands around files of access packages."""
