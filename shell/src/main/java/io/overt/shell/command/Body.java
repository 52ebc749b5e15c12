package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.sdk.document.Node;
import io.overt.sdk.schema.OperationType;
import io.overt.sdk.schema.StructType;
import io.overt.shell.ShellFailure;
import io.overt.shell.Status;
import io.overt.shell.objects.Attributes;
import io.overt.shell.objects.DocumentReader;
import io.overt.shell.objects.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What add and update send: an object of a type, made from options and a document. */
final class Body {
  /** What belongs to an attachment; everything else to its disk. */
  private static final Set<String> OF_ATTACHMENT =
      Set.of(
          "interface",
          "bootable",
          "active",
          "readonly",
          "passdiscard",
          "logicalname",
          "usesscsireservation");

  private final StructType type;
  private final boolean byDisk;
  private Node.Builder object;

  private Body(StructType type, boolean byDisk) {
    this.type = type;
    this.byDisk = byDisk;
    this.object = Node.builder(type);
  }

  static Body of(StructType type, boolean byDisk) {
    return new Body(type, byDisk);
  }

  Node node() {
    if (byDisk && object.build().values().get("active") == null) {
      // As version 3 did with disks that it made for machines.
      object.set("active", "true");
    }
    return object.build();
  }

  /** Takes {@code -f}, the here-document, or what the input holds when no option says anything. */
  void read(Context context, Arguments arguments) {
    String file = arguments.value("file").orElse("");
    String text = context.document();
    if (!file.isEmpty()) {
      text = file.equals("-") ? context.text() : content(file);
    } else if (text == null && arguments.options().isEmpty()) {
      text = context.text();
    }
    if (text != null) {
      object = DocumentReader.read(byDisk ? "disk" : "", type, text);
    }
  }

  private static String content(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ShellFailure(Status.SYNTAX, "Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Sets the members that options name; the others are parameters of the request. */
  Request options(Request request, Arguments arguments, OperationType operation) {
    Request full = request;
    List<Arguments.Option> left = new ArrayList<>(arguments.options());
    arguments.options().clear();
    for (Arguments.Option option : left) {
      String value = option.value() == null ? "true" : option.value();
      if (Requests.isOwn(option.name())) {
        arguments.options().add(option);
      } else if (!set(option.name(), value)) {
        full = Requests.parameter(full, operation, option, type, type.tag());
      }
    }
    arguments.words().stream()
        .findFirst()
        .ifPresent(
            word -> {
              throw ShellFailure.syntax("'" + word + "' is one word too many");
            });
    return full;
  }

  private boolean set(String option, String value) {
    try {
      if (byDisk) {
        String first = Names.plain(option);
        if (!OF_ATTACHMENT.contains(first) && !first.startsWith("disk")) {
          return Attributes.set(object, "disk-" + option, value);
        }
      }
      return Attributes.set(object, option, value);
    } catch (IllegalArgumentException e) {
      throw new ShellFailure(Status.SYNTAX, String.valueOf(e.getMessage()), e);
    }
  }
}
