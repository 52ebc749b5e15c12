package io.overt.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overt.model.Struct;
import io.overt.model.StructType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

class XsdWriterTest {
  private static final Map<ApiVersion, Schema> SCHEMAS = new EnumMap<>(ApiVersion.class);

  @BeforeAll
  static void compile() throws SAXException {
    for (ApiVersion version : ApiVersion.values()) {
      String text = XsdWriter.write(version);
      SCHEMAS.put(
          version,
          SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
              .newSchema(new StreamSource(new StringReader(text))));
    }
  }

  static Stream<StructType> types() {
    return io.overt.model.Schema.current().structs().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatWeWriteFollowsOurSchema(StructType type) throws Exception {
    for (ApiVersion version : ApiVersion.values()) {
      for (Decorator decorator : List.of(Decorator.NONE, new SampleDecorator())) {
        Struct struct = new RandomStructs(11).struct(type, 2);
        struct.expand();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        XmlCodec.write(version, struct, decorator, bytes);
        assertThatCode(() -> validate(version, bytes))
            .as(() -> version + " " + bytes.toString(StandardCharsets.UTF_8))
            .doesNotThrowAnyException();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void collectionsFollowOurSchema(StructType type) throws Exception {
    Struct struct = new RandomStructs(12).struct(type, 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    XmlCodec.writeCollection(
        type, List.of(struct, struct), new CollectionSize(2L, 5L), new SampleDecorator(), bytes);
    assertThatCode(() -> validate(ApiVersion.V4, bytes))
        .as(() -> bytes.toString(StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
  }

  @Test
  void whatTheModelDoesNotHaveBreaksTheSchema() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("<vm><colour>red</colour></vm>".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> validate(ApiVersion.V4, bytes)).isInstanceOf(SAXException.class);
    assertThat(bytes.size()).isPositive();
  }

  private static void validate(ApiVersion version, ByteArrayOutputStream bytes) throws Exception {
    InputStream input = new ByteArrayInputStream(bytes.toByteArray());
    Objects.requireNonNull(SCHEMAS.get(version)).newValidator().validate(new StreamSource(input));
  }
}
