package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifierSettingsTest {
  @TempDir private Path directory;

  private ConfFiles files(String... lines) {
    Path main = directory.resolve("notifier.conf");
    write(main, lines);
    return new ConfFiles(Optional.empty(), main);
  }

  private static void write(Path file, String... lines) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, List.of(lines));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void linesAreReadAsAShellWould() {
    Settings settings =
        files(
                "# a comment",
                "   ",
                "MAIL_USER=plain # not this",
                "  MAIL_PASSWORD=\"with blanks # and \\\"quotes\\\" \\$\"",
                "MAIL_FROM=${MAIL_USER}@${no.such.property}example.com",
                "MAIL_REPLY_TO=a\"b c\"d e")
            .read();
    assertThat(settings.text(NotifierKey.MAIL_USER)).isEqualTo("plain");
    assertThat(settings.text(NotifierKey.MAIL_PASSWORD))
        .isEqualTo("with blanks # and \"quotes\" $");
    assertThat(settings.text(NotifierKey.MAIL_FROM)).isEqualTo("plain@example.com");
    assertThat(settings.text(NotifierKey.MAIL_REPLY_TO)).isEqualTo("ab cd");
  }

  @Test
  void laterFilesWinAndBuildOnEarlierOnes() {
    write(directory.resolve("defaults"), "FILTER=\"include:A(snmp:) ${FILTER}\"", "MAIL_PORT=1");
    write(directory.resolve("notifier.conf.d/20-b.conf"), "FILTER=\"include:C(snmp:) ${FILTER}\"");
    write(directory.resolve("notifier.conf.d/10-a.conf"), "FILTER=\"include:B(snmp:) ${FILTER}\"");
    write(directory.resolve("notifier.conf.d/note.txt"), "this is not read");
    files("MAIL_PORT=2");
    Settings settings =
        new ConfFiles(
                Optional.of(directory.resolve("defaults")), directory.resolve("notifier.conf"))
            .read();
    assertThat(settings.text(NotifierKey.FILTER))
        .isEqualTo("include:C(snmp:) include:B(snmp:) include:A(snmp:) exclude:*");
    assertThat(settings.text(NotifierKey.MAIL_PORT)).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no line|neither KEY=value, nor blank, nor a comment",
        "MAIL_USER=$HOME|after $ comes {NAME}",
        "MAIL_USER=\"open|its quote is not closed",
        "SNMP_MANAGERS=a:0|SNMP_MANAGERS is 'a:0'",
        "SNMP_MANAGERS=a:b|with a port from 1 to 65535",
        "SNMP_MANAGERS_x=h SNMP_OID_x=what|SNMP_OID_x is 'what'",
        "SNMP_MANAGERS=h SNMP_VERSION=1|a whole number from 2 to 3",
        "SNMP_MANAGERS=h SNMP_TRAP_LAYOUT=ours|one of mib, ovirt34, both",
        "SNMP_MANAGERS=h SNMP_VERSION=3|SNMP_USERNAME is '' (default) but must be a user's name",
        "SNMP_MANAGERS=h SNMP_VERSION=3 SNMP_USERNAME=u|80:00:00:00:01:02:05:05",
        "SNMP_MANAGERS=h SNMP_VERSION=3 SNMP_USERNAME=u SNMP_ENGINE_ID=80:00:00:00:01 SNMP_SECURITY_LEVEL=2|one of MD5, SHA, SHA224",
        "SNMP_MANAGERS=h FILTER=include|FILTER is 'include'",
        "SNMP_MANAGERS=h DAYS_TO_KEEP_HISTORY=-1|DAYS_TO_KEEP_HISTORY is '-1'",
        "MAIL_SERVER=m MAIL_FROM=nobody|MAIL_FROM is 'nobody'",
        "MAIL_SERVER=m MAIL_REPLY_TO=a@|MAIL_REPLY_TO is 'a@'",
        "MAIL_SERVER=m MAIL_PASSWORD=p|MAIL_USER is ''",
        "MAIL_SERVER=m MAIL_SMTP_ENCRYPTION=some|one of none, ssl, tls",
        "MAIL_SERVER=m HTML_MESSAGE_FORMAT=maybe|true, yes or 1, or false, no or 0",
        "WEBHOOK_URL=ftp://h/|a URL that begins with http:// or https://",
        "SYSLOG_SERVER=h SYSLOG_PROTOCOL=tls|one of udp, tcp",
        "MAIL_PORT=25|no transport is configured",
      })
  void whatCannotBeUsedIsRefusedWithKeyValueAndExpectation(String lines, String reason) {
    String[] each = lines.equals("no line") ? new String[] {lines} : lines.split(" ");
    assertThatThrownBy(() -> Notifier.validate(files(each)))
        .isInstanceOf(InvalidNotifierConfig.class)
        .hasMessageContaining(reason);
  }

  @Test
  void secretsAreNeverShown() {
    ConfFiles files =
        files(
            "SNMP_MANAGERS_a=h",
            "SNMP_COMMUNITY_a=hush1",
            "SNMP_VERSION_a=3",
            "SNMP_USERNAME_a=u",
            "SNMP_ENGINE_ID_a=80:00:00:00:01",
            "SNMP_SECURITY_LEVEL_a=2",
            "SNMP_AUTH_PROTOCOL_a=SHA",
            "SNMP_AUTH_PASSPHRASE_a=hush2",
            "MAIL_PASSWORD=hush3",
            "OWN_KEY=hush4",
            "SENSITIVE_KEYS=OWN_KEY,MAIL_USER",
            "MAIL_USER=hush5");
    assertThat(
            Notifier.explain(files).stream().map(Value::toString).collect(Collectors.joining("\n")))
        .contains("SNMP_COMMUNITY_a", "OWN_KEY", "***")
        .doesNotContain("hush");
    assertThatThrownBy(() -> Notifier.validate(files))
        .hasMessageContaining("SNMP_AUTH_PASSPHRASE_a is '***'")
        .hasMessageContaining("at least 8 characters");
  }

  @Test
  void whatIsHardlyMeantIsAWarning() {
    assertThat(
            Notifier.validate(
                files(
                    "SNMP_MANAGERS_a=\"h1 h2:1162 [::1]:1163 [fe80::1]\"",
                    "SNMP_COMUNITY=x",
                    "FILTER=\"include:VM_DANCED(snmp:b) include:VDC_START(smtp:a@b) ${FILTER}\"")))
        .anyMatch(warning -> warning.contains("no event is named VM_DANCED"))
        .anyMatch(warning -> warning.contains("nothing is configured for (snmp:b)"))
        .anyMatch(warning -> warning.contains("there is no transport 'smtp'"))
        .anyMatch(warning -> warning.startsWith("SNMP_COMUNITY"));
  }

  @Test
  void everyKeyOfTheDefaultsIsGood() {
    String[] lines =
        java.util.Arrays.stream(NotifierKey.values())
            .filter(key -> !key.standard().isEmpty())
            .map(key -> key.name() + "=\"" + key.standard() + "\"")
            .toArray(String[]::new);
    lines[0] = "SNMP_MANAGERS=localhost";
    assertThatCode(() -> Notifier.validate(files(lines))).doesNotThrowAnyException();
  }

  @Test
  void theDocumentExplainsEveryKey() throws IOException {
    String page = Files.readString(Path.of("../docs/notifications.md"));
    assertThat(NotifierKey.values()).allMatch(key -> page.contains("`" + key.name() + "`"));
  }
}
