package io.overt.rest.pages;

import io.overt.codec.XsdWriter;
import io.overt.model.Schema;
import io.overt.rest.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The API's description inside the API: {@code /model}, {@code /model.json} and {@code ?schema}.
 */
public final class ModelDocuments {
  private ModelDocuments() {}

  /** Answers if the path asks for the description; false otherwise. */
  public static boolean serve(Exchange exchange, List<String> segments) throws IOException {
    boolean readable = exchange.method().equals("GET") || exchange.method().equals("HEAD");
    if (!readable) {
      return false;
    }
    if (segments.equals(List.of("model")) || segments.equals(List.of("model.json"))) {
      copy(exchange, "model.json", "application/json");
      return true;
    }
    if (segments.isEmpty() && exchange.query().has("schema")) {
      exchange.setHeader(
          "content-disposition", "attachment; filename = ovirt-engine-api-schema.xsd");
      exchange.answer(200, "application/octet-stream", XsdWriter.write(Schema.current()));
      return true;
    }
    return false;
  }

  private static void copy(Exchange exchange, String resource, String type) throws IOException {
    try (InputStream input = Schema.class.getResourceAsStream(resource)) {
      if (input == null) {
        exchange.answer(404);
        return;
      }
      try (OutputStream output = exchange.stream(200, type)) {
        input.transferTo(output);
      }
    }
  }
}
