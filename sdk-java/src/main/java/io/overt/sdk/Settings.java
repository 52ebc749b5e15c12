package io.overt.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a connection was built with. */
record Settings(
    URI url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String token,
    @Nullable SSLContext trust,
    Duration timeout,
    boolean compression,
    Map<String, String> headers,
    RetryPolicy retries) {

  @Override
  public String toString() {
    return "Settings[url=" + url + ", user=" + user + "]";
  }
}
