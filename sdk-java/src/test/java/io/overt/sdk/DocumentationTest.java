package io.overt.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What the samples leave to the reader. */
  private static final String FRAME =
      """
      import static java.time.Duration.*;
      import io.overt.sdk.*;
      import io.overt.sdk.document.*;
      import io.overt.sdk.schema.*;
      import io.overt.sdk.types.*;
      import java.nio.file.Path;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.AtomicInteger;
      import java.util.stream.Stream;

      class Sample%d {
        static Client c;
        static Vm vm;
        static String pw;
        static long lastIndex;
        static AtomicInteger bar;

        void sample() throws Exception {
      %s
        }
      }
      """;

  @Test
  void theSamplesOfTheDocumentationCompile(@TempDir Path classes) throws Exception {
    Path guide = Path.of("../docs/java-sdk.md");
    if (!Files.exists(guide)) {
      guide = Path.of("docs/java-sdk.md");
    }
    List<JavaFileObject> sources = new ArrayList<>();
    var blocks = BLOCK.matcher(Files.readString(guide));
    while (blocks.find()) {
      String source = FRAME.formatted(sources.size(), blocks.group(1));
      URI name = URI.create("string:///Sample" + sources.size() + ".java");
      sources.add(
          new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignored) {
              return source;
            }
          });
    }
    assertThat(sources).hasSizeGreaterThan(6);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
    boolean compiled = compiler.getTask(said, null, null, options, null, sources).call();
    assertThat(compiled).as(said.toString()).isTrue();
  }
}
