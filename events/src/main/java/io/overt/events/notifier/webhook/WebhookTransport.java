package io.overt.events.notifier.webhook;

import io.overt.events.notifier.Notice;
import io.overt.events.notifier.NotifierKey;
import io.overt.events.notifier.Progress;
import io.overt.events.notifier.Settings;
import io.overt.events.notifier.Transport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts events as JSON. Who holds the secret can check that a request is ours and how old it is:
 * {@code Overt-Signature: sha256=…} is the HMAC-SHA256, in hexadecimal, of {@code Overt-Timestamp},
 * a dot and the body. A delivery that may have arrived is repeated with the same {@code
 * Overt-Event}.
 */
public final class WebhookTransport implements Transport {
  static final String TIMESTAMP = "Overt-Timestamp";
  static final String SIGNATURE = "Overt-Signature";
  private static final String EVENT = "Overt-Event";
  private static final int BATCH = 20;
  private static final String ALGORITHM = "HmacSHA256";

  private final Map<String, Webhook> hooks;
  private final Clock clock;
  private final Map<String, HttpClient> clients = new HashMap<>();

  private WebhookTransport(Map<String, Webhook> hooks, Clock clock) {
    this.hooks = hooks;
    this.clock = clock;
  }

  /** The transport for the webhooks that the settings define; null when there is none. */
  public static @Nullable WebhookTransport of(Settings settings) {
    Map<String, Webhook> hooks = new LinkedHashMap<>();
    for (String profile : settings.profiles(NotifierKey.WEBHOOK_URL)) {
      hooks.put(profile, Webhook.of(settings, profile));
    }
    return hooks.isEmpty() ? null : new WebhookTransport(hooks, Clock.systemUTC());
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public List<String> targets(String recipient) {
    return hooks.containsKey(recipient) ? List.of("") : List.of();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public Progress deliver(String recipient, String target, List<Notice> due)
      throws InterruptedException {
    Webhook hook = hooks.get(recipient);
    if (hook == null) {
      return Progress.failed(0, "no webhook is named '" + recipient + "' any more");
    }
    for (int number = 0; number < due.size(); number++) {
      String error = post(recipient, hook, due.get(number));
      if (error != null) {
        return Progress.failed(number, error);
      }
    }
    return Progress.done(due.size());
  }

  private @Nullable String post(String name, Webhook hook, Notice notice)
      throws InterruptedException {
    byte[] body = EventJson.of(notice);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hook.url())
            .timeout(hook.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "Overt")
            .header(EVENT, Long.toString(notice.index()))
            .header(TIMESTAMP, timestamp)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!hook.secret().isEmpty()) {
      request.header(SIGNATURE, "sha256=" + signature(hook.secret(), timestamp, body));
    }
    try {
      int status =
          client(name, hook)
              .send(request.build(), HttpResponse.BodyHandlers.discarding())
              .statusCode();
      return status >= 200 && status < 300 ? null : "the receiver answered " + status;
    } catch (IOException e) {
      return "no answer: " + e;
    }
  }

  static String signature(String secret, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private synchronized HttpClient client(String name, Webhook hook) {
    return clients.computeIfAbsent(
        name,
        ignored -> {
          HttpClient.Builder builder =
              HttpClient.newBuilder()
                  .version(HttpClient.Version.HTTP_1_1)
                  .connectTimeout(hook.timeout());
          hook.trust().ifPresent(builder::sslContext);
          return builder.build();
        });
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(HttpClient::shutdownNow);
    clients.clear();
  }
}
