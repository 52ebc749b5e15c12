package io.overt.sdk;

import java.net.URI;

/** A call, as exceptions tell of it: an address without what its query may hide. */
record Exchange(String method, URI address, String correlationId) {}
