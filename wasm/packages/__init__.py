"""Python packages of an app: resolved into a lock, fetched, verified, laid into the site."""
