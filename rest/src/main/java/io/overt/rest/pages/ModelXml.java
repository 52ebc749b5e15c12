package io.overt.rest.pages;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.overt.rest.http.Html;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The API's description as XML, made from the one in JSON while it is read: a member is an element
 * of its name, an entry of a list one of the list's name in the singular.
 */
final class ModelXml {
  private final JsonParser source;
  private final Writer target;

  private ModelXml(JsonParser source, Writer target) {
    this.source = source;
    this.target = target;
  }

  static void write(InputStream json, OutputStream xml) throws IOException {
    try (JsonParser source = new JsonFactory().createParser(json);
        Writer target = new OutputStreamWriter(xml, StandardCharsets.UTF_8)) {
      target.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
      source.nextToken();
      new ModelXml(source, target).element("model", 0);
    }
  }

  /** Writes the value that the parser stands at. */
  private void element(String name, int depth) throws IOException {
    String indentation = "    ".repeat(depth);
    target.write(indentation + "<" + name + ">");
    JsonToken token = source.currentToken();
    if (token.isScalarValue()) {
      target.write(Html.escape(source.getText()));
      target.write("</" + name + ">\n");
      return;
    }
    target.write('\n');
    while (!source.nextToken().isStructEnd()) {
      if (token == JsonToken.START_OBJECT) {
        String member = source.currentName();
        source.nextToken();
        element(member, depth + 1);
      } else {
        element(name.substring(0, name.length() - 1), depth + 1);
      }
    }
    target.write(indentation + "</" + name + ">\n");
  }
}
