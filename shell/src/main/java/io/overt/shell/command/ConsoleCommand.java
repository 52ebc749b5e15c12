package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.Schema;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code console VM}: starts the system's viewer with what the engine says of the console. */
final class ConsoleCommand implements Command {
  private static final String VIEWER = "remote-viewer";

  @Override
  public void run(Context context, Arguments arguments) {
    Optional<String> file = arguments.value("file");
    String protocol = arguments.value("protocol").orElse("");
    String name = arguments.word("The name of the virtual machine");
    arguments.end();
    Place vm = context.places().item(context.places().collection("vm", List.of()), name);
    String content = description(context, vm, name, protocol);
    try {
      if (file.isPresent()) {
        write(Path.of(file.get()), content);
        return;
      }
      Path temporary =
          Files.createTempFile(
              "overt-console",
              ".vv",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(temporary, content);
      // The viewer removes the file when it has read it: the file says so itself.
      new ProcessBuilder(VIEWER, temporary.toString())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      context.say("The console of " + name + " opens in " + VIEWER + ".");
    } catch (IOException e) {
      throw new ShellFailure(
          Status.REFUSED,
          "Cannot start "
              + VIEWER
              + " (package virt-viewer): "
              + e.getMessage()
              + "; with --file F, its file is written for another machine",
          e);
    }
  }

  private static void write(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  private static String description(Context context, Place vm, String name, String protocol) {
    String consoles = vm.path() + "/graphicsconsoles";
    List<Node> all =
        context
            .engine()
            .list(consoles, Schema.current().type("graphics_console"), Map.of("current", "true"));
    Node console =
        all.stream()
            .filter(each -> protocol.isEmpty() || protocol.equals(each.text("protocol").orElse("")))
            .findFirst()
            .orElseThrow(
                () ->
                    new ShellFailure(
                        Status.NOT_FOUND,
                        "%s has no %s console now; does it run?"
                            .formatted(name, protocol.isEmpty() ? "graphical" : protocol)));
    Request request =
        Request.of("POST", consoles + "/" + console.id().orElse("") + "/remoteviewerconnectionfile")
            .body(Node.builder("action").build());
    return context
        .engine()
        .send(request)
        .node()
        .text("remote_viewer_connection_file")
        .orElseThrow(
            () ->
                new ShellFailure(Status.REFUSED, "The engine gave no description of the console"));
  }
}
