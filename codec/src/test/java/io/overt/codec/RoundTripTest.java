package io.overt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.overt.model.Schema;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Event;
import io.overt.model.types.User;
import io.overt.model.types.Vm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  static Stream<StructType> types() {
    return Schema.current().structs().stream();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyStructSurvivesXml(StructType type) throws IOException {
    for (long seed = 0; seed < 3; seed++) {
      Struct struct = new RandomStructs(seed).struct(type, 2);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      XmlCodec.write(struct, Decorator.NONE, bytes);
      Struct read = XmlCodec.read(type, new ByteArrayInputStream(bytes.toByteArray()));
      assertThat(read.equals(struct)).as(() -> bytes.toString(StandardCharsets.UTF_8)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyStructSurvivesJson(StructType type) throws IOException {
    for (long seed = 0; seed < 3; seed++) {
      Struct struct = new RandomStructs(seed).struct(type, 2);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonCodec.write(struct, Decorator.NONE, bytes);
      Struct read = JsonCodec.read(type, new ByteArrayInputStream(bytes.toByteArray()));
      assertThat(read.equals(struct)).as(() -> bytes.toString(StandardCharsets.UTF_8)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyStructSurvivesStorage(StructType type) {
    Struct struct = new RandomStructs(7).struct(type, 2);
    String text = JsonCodec.toText(struct);
    assertThat(text).doesNotContain("\n");
    assertThat(JsonCodec.fromText(type, text.getBytes(UTF_8)).equals(struct)).as(text).isTrue();
  }

  @Test
  void storageKeepsTheWholeReference() {
    Event event = new Event().id("5").user(new User().id("u").name("admin").email("a@b"));
    assertThat(JsonCodec.toText(event))
        .isEqualTo("{\"user\":{\"name\":\"admin\",\"email\":\"a@b\",\"id\":\"u\"},\"id\":\"5\"}");
  }

  @Test
  void storageReadsWhatAnotherVersionOfTheSchemaWrote() {
    String text =
        "{\"id\":\"1\",\"invented\":{\"a\":[1,2]},\"status\":\"hovering\","
            + "\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\",\"tape\"]}}},\"name\":\"x\"}";
    Struct vm = JsonCodec.fromText(Vm.TYPE, text.getBytes(UTF_8));
    assertThat(JsonCodec.toText(vm))
        .isEqualTo(
            "{\"name\":\"x\",\"os\":{\"boot\":{\"devices\":{\"device\":[\"hd\"]}}},\"id\":\"1\"}");
  }
}
