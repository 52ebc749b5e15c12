package io.overt.shell.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  /** A short form of what was read, to compare with. */
  private static String shown(Statement statement) {
    return switch (statement) {
      case Statement.Command command ->
          "["
              + shown(command.name())
              + command.arguments().stream()
                  .map(each -> " " + shown(each))
                  .collect(Collectors.joining())
              + command.redirections().stream()
                  .map(each -> " " + each.kind() + ":" + shown(each.file()))
                  .collect(Collectors.joining())
              + (command.pipe() == null ? "" : " PIPE:" + command.pipe())
              + (command.document() == null ? "" : " DOC:" + command.document().replace("\n", "/"))
              + "]";
      case Statement.SystemCommand command -> "[! " + command.text() + "]";
      case Statement.Assignment assignment ->
          "[" + assignment.name() + "=" + shown(assignment.value()) + "]";
      case Statement.Foreach loop ->
          "[foreach "
              + loop.name()
              + " in"
              + loop.words().stream().map(each -> " " + shown(each)).collect(Collectors.joining())
              + " "
              + shown(loop.body())
              + "]";
      case Statement.Broken broken -> "[broken " + broken.line() + "]";
    };
  }

  private static String shown(List<Statement> statements) {
    return statements.stream().map(ParserTest::shown).collect(Collectors.joining());
  }

  private static String shown(Argument argument) {
    return switch (argument) {
      case Argument.Value(Word word) -> shown(word);
      case Argument.Option(String name, Word value) ->
          "--" + name + (value == null ? "" : "=" + shown(value));
    };
  }

  private static String shown(Word word) {
    return word.pieces().stream()
        .map(
            piece ->
                switch (piece) {
                  case Word.Text(String text, boolean quoted) -> quoted ? "'" + text + "'" : text;
                  case Word.Variable variable -> "${" + variable.name() + "}";
                  case Word.Substitution inner -> "$(" + inner.source() + ")";
                })
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "list vms~[list vms]",
        "list vms --query \"name=a*\"~[list vms --query 'name=a*']",
        "list vms --query name=a*~[list vms --query name=a*]",
        "list vms --show-all;list hosts~[list vms --show-all][list hosts]",
        "list vms --kwargs \"k=v;k2=v2\"~[list vms --kwargs 'k=v;k2=v2']",
        "show nic eth0 --parent-vm-name web01~[show nic eth0 --parent-vm-name web01]",
        "show vm 9f7c0b8e-1e3c-4b0c-8e2a-000000000001~[show vm 9f7c0b8e-1e3c-4b0c-8e2a-000000000001]",
        "show vm 007~[show vm 007]",
        "add vm --name web01 --memory 1073741824~[add vm --name web01 --memory 1073741824]",
        "add vm --name=web01~[add vm --name=web01]",
        "add vm --name = web01~[add vm --name=web01]",
        "add vm --name='it''s'~[add vm --name='its']",
        "add x --os-boot \"boot.dev=hd,boot.dev=network\"~[add x --os-boot 'boot.dev=hd,boot.dev=network']",
        "add x --a-b \"b.c=1\\,2\"~[add x --a-b 'b.c=1\\,2']",
        "echo \"a \\\"b\\\" \\\\ c\"~[echo 'a \"b\" \\ c']",
        "echo 'a \\ \"b'~[echo 'a \\ \"b']",
        "action vm x start --vm-placement_policy-host-name h~[action vm x start --vm-placement_policy-host-name h]",
        "list vms > /tmp/a~[list vms OUTPUT:/tmp/a]",
        "list vms >>\"/tmp/a b\"~[list vms APPEND:'/tmp/a b']",
        "add vm < vm.xml~[add vm INPUT:vm.xml]",
        "list vms | grep 'a;b' | wc -l~[list vms PIPE:grep 'a;b' | wc -l]",
        "list vms # all of them~[list vms]",
        "# nothing~``",
        ";;~``",
        "!ls -l | wc; date~[! ls -l | wc; date]",
        "! ls~[! ls]",
        "shell ls | wc~[! ls | wc]",
        "echo ${vm} $? \"x${vm}y\" '${vm}'~[echo ${vm} ${?} 'x'${vm}'y' '${vm}']",
        "echo $out $5~[echo $out $5]",
        "a=1; b=\"x y\"; c=$(list vms -o name)~[a=1][b='x y'][c=$(list vms -o name)]",
        "foreach v in $(list vms -s \"name=a)\") b; start vm ${v}; end; ping~[foreach v in $(list vms -s \"name=a)\") b [start vm ${v}]][ping]",
        "list vms -o json~[list vms -o json]",
        "list vms --watch=2s -s 'a'~[list vms --watch=2s -s 'a']",
        "echo a!b~[echo a!b]",
      })
  void readsOneLine(String line, String expected) {
    assertThat(shown(Parser.parse(line))).isEqualTo(expected);
  }

  @Test
  void aBackslashContinuesTheLine() {
    assertThat(shown(Parser.parse("add vm \\\n --name a \\\r\n --memory 1\nping")))
        .isEqualTo("[add vm --name a --memory 1][ping]");
    assertThat(shown(Parser.parse("echo \"a\\\nb\""))).isEqualTo("[echo 'ab']");
    assertThat(shown(Parser.parse("! ls \\\n -l"))).isEqualTo("[! ls   -l]");
  }

  @Test
  void aHereDocumentEndsAtItsMarker() {
    assertThat(shown(Parser.parse("add vm << EOF\n<vm>\n  <name>a;b</name>\n</vm>\nEOF\nping")))
        .isEqualTo("[add vm DOC:<vm>/  <name>a;b</name>/</vm>/][ping]");
    assertThat(shown(Parser.parse("add vm > out | cat << EOF\nx\nEOF\n")))
        .isEqualTo("[add vm OUTPUT:out PIPE:cat DOC:x/]");
    assertThat(shown(Parser.parse("add vm <<END-1;\nx\nEND-1\n"))).isEqualTo("[add vm DOC:x/]");
  }

  @Test
  void loopsMayBeNested() {
    assertThat(
            shown(
                Parser.parse(
                    "foreach a in 1 2 do\n foreach b in ${a} 3\n echo ${a} ${b}\n done\nend\nping")))
        .isEqualTo("[foreach a in 1 2 [foreach b in ${a} 3 [echo ${a} ${b}]]][ping]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo \"a",
        "echo 'a",
        "add vm << EOF",
        "add vm << EOF\n<vm/>\n",
        "foreach a in b\nping",
        "echo ${a",
        "echo $(list vms",
        "list vms \\",
      })
  void asksForMoreWhenUnfinished(String text) {
    assertThatThrownBy(() -> Parser.parse(text))
        .isInstanceOfSatisfying(GrammarException.class, e -> assertThat(e.isUnfinished()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--name x",
        "list vms >",
        "list vms |",
        "> x",
        "foreach 1 in a\nend",
        "foreach a b",
        "end"
      })
  void refusesWhatIsNoCommand(String text) {
    assertThatThrownBy(() -> Parser.parse("ping\n" + text))
        .isInstanceOfSatisfying(
            GrammarException.class,
            e -> {
              assertThat(e.isUnfinished()).isFalse();
              assertThat(e.line()).isEqualTo(2);
            });
  }

  @Test
  void aTolerantReaderKeepsTheOtherLines() {
    assertThat(shown(Parser.parseTolerantly("ping\n--x\ninfo")))
        .isEqualTo("[ping][broken 2][info]");
  }
}
