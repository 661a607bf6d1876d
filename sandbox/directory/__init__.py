"""The directory half of the tenant: importing it registers its Graph operations."""
