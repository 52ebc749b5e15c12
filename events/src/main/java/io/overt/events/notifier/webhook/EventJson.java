package io.overt.events.notifier.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.overt.events.notifier.Notice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** An event as webhooks get it, with the names that the API has for its members. */
final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();

  private EventJson() {}

  static byte[] of(Notice notice) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(bytes)) {
      generator.writeStartObject();
      generator.writeNumberField("index", notice.index());
      generator.writeNumberField("code", notice.code());
      generator.writeStringField("name", notice.name());
      generator.writeStringField("severity", notice.severity().name().toLowerCase(Locale.ROOT));
      generator.writeStringField("status", notice.status());
      generator.writeStringField("time", notice.time().toString());
      generator.writeStringField("description", notice.message());
      generator.writeStringField("origin", notice.origin());
      unlessEmpty(generator, "correlation_id", notice.correlationId());
      unlessEmpty(generator, "custom_data", notice.customData());
      for (Map.Entry<String, Notice.Subject> subject : notice.about().entrySet()) {
        generator.writeObjectFieldStart(subject.getKey());
        String id = subject.getValue().id();
        unlessEmpty(generator, "id", id == null ? "" : id);
        unlessEmpty(generator, "name", subject.getValue().name());
        generator.writeEndObject();
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void unlessEmpty(JsonGenerator generator, String name, String value)
      throws IOException {
    if (!value.isEmpty()) {
      generator.writeStringField(name, value);
    }
  }
}
