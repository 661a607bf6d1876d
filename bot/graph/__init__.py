"""The only room that knows Microsoft Graph, msgraph-sdk, kiota and msal."""
