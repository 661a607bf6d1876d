"""Put msgraph-sdk together: which handlers a request passes, and to which host its token may go."""

from __future__ import annotations

import httpx
from azure.core.credentials_async import AsyncTokenCredential
from kiota_authentication_azure.azure_identity_authentication_provider import (
    AzureIdentityAuthenticationProvider,
)
from kiota_http.kiota_client_factory import KiotaClientFactory
from kiota_http.middleware import RetryHandler
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory  # type: ignore[import-untyped]
from msgraph_core.middleware import GraphTelemetryHandler  # type: ignore[import-untyped]
from msgraph_core.middleware.options import GraphTelemetryHandlerOption  # type: ignore[import-untyped]

from bot.graph.fast import spare_entity_imports, spare_sniffio_search
from bot.graph.retries import CarefulRetry, Pause


def service_client(
    base_url: str, http: httpx.AsyncClient, credential: AsyncTokenCredential, scope: str, host: str, pause: Pause
) -> GraphServiceClient:
    """The SDK's client over `http`, with our retries, sending tokens to `host` only."""
    spare_entity_imports()
    spare_sniffio_search()
    handlers = [
        CarefulRetry(pause=pause) if isinstance(handler, RetryHandler) else handler
        for handler in KiotaClientFactory.get_default_middleware(options)
    ]
    telemetry = GraphTelemetryHandler(options=options[GraphTelemetryHandlerOption.get_key()])
    GraphClientFactory.create_with_custom_middleware([*handlers, telemetry], client=http)
    return GraphServiceClient(request_adapter=adapter_of(base_url, http, credential, scope, host))


def adapter_of(
    base_url: str, http: httpx.AsyncClient, credential: AsyncTokenCredential, scope: str, host: str
) -> GraphRequestAdapter:
    """Speaks for `credential` over `http`, which has our middleware already; its tokens go to `host` only."""
    provider = AzureIdentityAuthenticationProvider(credential, scopes=[scope], allowed_hosts=[host])
    adapter = GraphRequestAdapter(provider, client=http)
    adapter.base_url = base_url
    return adapter
