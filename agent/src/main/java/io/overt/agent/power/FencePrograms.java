package io.overt.agent.power;

import io.overt.agent.errors.ErrorCode;
import io.overt.agent.errors.VdsmError;
import io.overt.agent.programs.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Runs the fence agents of the host's distribution ({@code fence_ipmilan} and many more), which
 * read what they are to do, passwords too, from their standard input, a {@code name=value} a line.
 */
public final class FencePrograms implements PowerSwitches {
  private static final Pattern KIND = Pattern.compile("[A-Za-z0-9_]+");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Path DIRECTORY = Path.of("/");
  private static final int IS_ON = 0;
  private static final int IS_OFF = 2;

  @Override
  public Power power(PowerDevice device) {
    Program.End end = run(device, "status");
    return switch (end.exitCode()) {
      case IS_ON -> Power.ON;
      case IS_OFF -> Power.OFF;
      default -> throw failed(device, "status", end);
    };
  }

  @Override
  public void change(PowerDevice device, Change change) {
    String action = change.name().toLowerCase(Locale.ROOT);
    Program.End end = run(device, action);
    if (end.exitCode() != 0) {
      throw failed(device, action, end);
    }
  }

  private static Program.End run(PowerDevice device, String action) {
    if (!KIND.matcher(device.kind()).matches()) {
      throw new VdsmError(
          ErrorCode.FENCE_AGENT,
          "Parameter 'agent' is '%s' but must be the name of a fence agent, as in ipmilan"
              .formatted(device.kind()));
    }
    String program = "fence_" + device.kind();
    List<String> lines = new ArrayList<>();
    lines.add("agent=" + program);
    lines.add("ipaddr=" + device.address());
    lines.add("login=" + device.user());
    lines.add("passwd=" + device.password());
    lines.add("action=" + action);
    if (!device.outlet().isEmpty()) {
      lines.add("port=" + device.outlet());
    }
    if (device.secure()) {
      lines.add("secure=yes");
    }
    lines.addAll(device.options());
    if (lines.stream().anyMatch(line -> line.contains("\n") || line.contains("\r"))) {
      throw new VdsmError(
          ErrorCode.FENCE_AGENT, "A setting of " + device + " has more than one line");
    }
    return Program.end(
        ErrorCode.FENCE_AGENT, DIRECTORY, LIMIT, List.of(program), String.join("\n", lines) + "\n");
  }

  private static VdsmError failed(PowerDevice device, String action, Program.End end) {
    String said =
        device.password().isEmpty() ? end.output() : end.output().replace(device.password(), "***");
    return new VdsmError(
        ErrorCode.FENCE_AGENT,
        "fence_%s failed with %d for '%s' of %s: %s"
            .formatted(device.kind(), end.exitCode(), action, device, said.strip()));
  }
}
