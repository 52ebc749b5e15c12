package io.overt.events.notifier.webhook;

import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Trust;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where events are posted.
 *
 * @param secret key of the signature; empty for none
 */
record Webhook(URI url, String secret, Duration timeout, Optional<SSLContext> trust) {

  static Webhook of(Settings settings, String profile) {
    return new Webhook(
        url(settings, profile),
        settings.text(NotifierKey.WEBHOOK_SECRET, profile),
        settings.time(NotifierKey.WEBHOOK_TIMEOUT, profile),
        settings.file(NotifierKey.WEBHOOK_CA_FILE, profile).map(Trust::of));
  }

  private static URI url(Settings settings, String profile) {
    try {
      URI url = new URI(settings.text(NotifierKey.WEBHOOK_URL, profile).strip());
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw refused(settings, profile);
    }
    throw refused(settings, profile);
  }

  private static RuntimeException refused(Settings settings, String profile) {
    return settings.refused(
        NotifierKey.WEBHOOK_URL, profile, "a URL that begins with http:// or https://");
  }

  /** Neither the secret nor what a URL may hide in its query. */
  @Override
  public String toString() {
    return "Webhook[" + url.getHost() + "]";
  }
}
