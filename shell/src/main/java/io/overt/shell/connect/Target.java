package io.overt.shell.connect;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An engine and how to get in.
 *
 * @param source where that was found, for messages
 * @param ca PEM file of the authorities to trust; null for those that Java trusts
 * @param filter whether users see only what they have permissions for
 */
public record Target(
    String source,
    String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable String token,
    @Nullable Path ca,
    boolean insecure,
    @Nullable Boolean filter,
    Duration timeout) {

  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  Target withUser(@Nullable String name, @Nullable String secret, @Nullable String issued) {
    return new Target(source, url, name, secret, issued, ca, insecure, filter, timeout);
  }

  /** The name of the host, for prompts. */
  public String host() {
    int start = url.indexOf("://") + 3;
    int end = start;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != ':') {
      end++;
    }
    return url.substring(start, end);
  }

  @Override
  public String toString() {
    return "Target[" + url + ", " + user + ", from " + source + "]";
  }
}
