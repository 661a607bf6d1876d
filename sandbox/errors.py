"""Graph's refusals: status, code and message, and how they look on the wire."""

from typing import Any


class GraphError(Exception):
    """A handler's refusal; the web layer writes it as a Graph error body."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}

    def body(self, date: str, request_id: str, client_request_id: str) -> dict[str, Any]:
        """The error document: `{"error": {code, message, innerError}}`."""
        inner = {"date": date.rstrip("Z"), "request-id": request_id, "client-request-id": client_request_id}
        return {"error": {"code": self.code, "message": self.message, "innerError": inner}}


def bad_request(message: str, code: str = "Request_BadRequest") -> GraphError:
    """400: what was sent makes no sense."""
    return GraphError(400, code, message)


def denied(message: str = "Insufficient privileges to complete the operation.") -> GraphError:
    """403: the token lacks the permission."""
    return GraphError(403, "Authorization_RequestDenied", message)


def not_found(key: str) -> GraphError:
    """404: no such object, or it has not replicated yet."""
    return GraphError(
        404,
        "Request_ResourceNotFound",
        f"Resource '{key}' does not exist or one of its queried reference-property objects are not present.",
    )


def unsupported(message: str) -> GraphError:
    """400: a query Graph's directory does not support (or supports only with ConsistencyLevel: eventual)."""
    return GraphError(400, "Request_UnsupportedQuery", message)


STATUS_CODES = {
    400: ("BadRequest", "Bad request."),
    401: ("InvalidAuthenticationToken", "Access token has expired or is not yet valid."),
    403: ("Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    404: ("Request_ResourceNotFound", "Resource does not exist."),
    405: ("Request_BadRequest", "Specified HTTP method is not allowed for the request target."),
    409: ("Conflict", "Conflict."),
    412: ("Request_PreconditionFailed", "Precondition failed."),
    423: ("Locked", "The resource is locked."),
    429: ("TooManyRequests", "Please retry again later."),
    500: ("InternalServerError", "Unexpected error occurred."),
    502: ("BadGateway", "Bad gateway."),
    503: ("ServiceUnavailable", "Service is temporarily unavailable."),
    504: ("GatewayTimeout", "Gateway timeout."),
}


def of_status(status: int, headers: dict[str, str] | None = None) -> GraphError:
    """The usual refusal for a bare status."""
    code, message = STATUS_CODES.get(status, ("UnknownError", f"Status {status}."))
    return GraphError(status, code, message, headers)
