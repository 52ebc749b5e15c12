package io.overt.units;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Python program of the tests' resources that plays the other side, a line at a time. */
final class PythonPeer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  PythonPeer(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("python3");
    command.add(UnitFiles.resource("protocol/" + script).toString());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
  }

  String read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the peer ended");
    }
    return line;
  }

  /** Sends a JSON line and reads the answer's. */
  Object ask(Object... call) throws IOException {
    in.write(new String(Json.bytes(List.of(call)), StandardCharsets.UTF_8) + "\n");
    in.flush();
    return Json.parse(read().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    in.close();
    process.destroyForcibly();
  }
}
