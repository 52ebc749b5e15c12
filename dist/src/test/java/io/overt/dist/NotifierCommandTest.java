package io.overt.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NotifierCommandTest {
  @TempDir private Path directory;

  /** What a command printed, and its exit code before it. */
  private static String run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    try {
      int code = new CommandLine(new NotifierCommand()).execute(arguments);
      return code + " " + printed.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("some.conf"), text).toString();
  }

  @Test
  void validateSaysWhetherAFileIsGood() throws IOException {
    assertThat(run("validate", file("SNMP_MANAGERS=h\nFILTER=\"include:VM_DANCED(snmp:)\"\n")))
        .startsWith("0 ")
        .contains("warning: FILTER: no event is named VM_DANCED", "are good.");
    assertThat(run("validate", file("SNMP_MANAGERS=h\nSNMP_VERSION=4\n")))
        .startsWith("1 ")
        .contains("SNMP_VERSION is '4'", "some.conf:2", "a whole number from 2 to 3");
  }

  @Test
  void explainHidesSecrets() throws IOException {
    assertThat(run("explain", file("MAIL_PASSWORD=hush\nMAIL_SERVER=m\n")))
        .startsWith("0 ")
        .contains("MAIL_PASSWORD", "***", "some.conf:1")
        .doesNotContain("hush");
  }

  @Test
  void mibPrintsTheModule() {
    assertThat(run("mib")).startsWith("0 ").contains("OVERT-MIB DEFINITIONS ::= BEGIN");
  }
}
