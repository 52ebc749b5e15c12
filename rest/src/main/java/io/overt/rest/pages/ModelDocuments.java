package io.overt.rest.pages;

import io.overt.codec.ApiVersion;
import io.overt.codec.XsdWriter;
import io.overt.model.Schema;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * The API's description inside the API: {@code /model} as JSON, also as {@code /model.json}, {@code
 * /model.xml} and {@code /model.html}; and {@code ?schema}.
 */
public final class ModelDocuments {
  private ModelDocuments() {}

  /** Answers if the path asks for the description; false otherwise. */
  public static boolean serve(Exchange exchange, List<String> segments) throws IOException {
    if (!readable(exchange)) {
      return false;
    }
    if (segments.equals(List.of("model")) || segments.equals(List.of("model.json"))) {
      copy(exchange, "application/json", InputStream::transferTo);
      return true;
    }
    if (segments.equals(List.of("model.xml"))) {
      copy(exchange, "application/xml;charset=UTF-8", ModelXml::write);
      return true;
    }
    if (segments.equals(List.of("model.html"))) {
      exchange.answer(200, Html.TYPE, ApiDoc.page());
      return true;
    }
    return false;
  }

  /** Answers if the schema of a version's documents is asked for; false otherwise. */
  public static boolean serveSchema(Exchange exchange, List<String> segments, ApiVersion version)
      throws IOException {
    if (!readable(exchange) || !segments.isEmpty() || !exchange.query().has("schema")) {
      return false;
    }
    exchange.setHeader("content-disposition", "attachment; filename = ovirt-engine-api-schema.xsd");
    exchange.answer(200, "application/octet-stream", XsdWriter.write(version));
    return true;
  }

  private static boolean readable(Exchange exchange) {
    return exchange.method().equals("GET") || exchange.method().equals("HEAD");
  }

  /** How the description in JSON becomes an answer. */
  private interface Conversion {
    void write(InputStream json, OutputStream answer) throws IOException;
  }

  private static void copy(Exchange exchange, String type, Conversion conversion)
      throws IOException {
    try (InputStream input = Schema.class.getResourceAsStream("model.json")) {
      if (input == null) {
        exchange.answer(404);
        return;
      }
      try (OutputStream output = exchange.stream(200, type)) {
        conversion.write(input, output);
      }
    }
  }
}
