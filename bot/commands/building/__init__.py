"""Commands around making and keeping access packages."""
