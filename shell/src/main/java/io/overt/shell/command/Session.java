package io.overt.shell.command;

import io.overt.shell.Status;
import io.overt.shell.connect.Asked;
import io.overt.shell.connect.Engine;
import io.overt.shell.connect.Homes;
import io.overt.shell.connect.Target;
import io.overt.shell.connect.Targets;
import io.overt.shell.output.Format;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What lasts from one command to the next. */
public final class Session implements AutoCloseable {
  private final Homes homes;
  private final Targets targets;
  private final Map<String, String> variables = new HashMap<>();
  private Asked asked;
  private @Nullable Engine engine;
  private boolean lasting;
  private Status status = Status.OK;
  private String systemOutput = "";
  private Format format = Format.TABLE;
  private boolean quiet;
  private boolean dryRun;
  private boolean keepGoing;
  private boolean ended;
  private final List<String> context = new ArrayList<>();
  private List<String> history = List.of();

  /**
   * @param ask asks at the terminal without echo
   */
  public Session(Homes homes, Asked asked, Function<String, Optional<String>> ask) {
    this.homes = homes;
    this.asked = asked;
    this.targets = new Targets(homes, ask);
  }

  public Homes homes() {
    return homes;
  }

  Targets targets() {
    return targets;
  }

  Asked asked() {
    return asked;
  }

  /** Means another engine from now on. */
  void ask(Asked other) {
    disconnect();
    asked = other;
  }

  /** Expects more than a command: logs in once rather than with every request. */
  public void lasting() {
    lasting = true;
  }

  /** The engine that is meant; the first command that needs it finds it. */
  public Engine engine() {
    Engine known = engine;
    if (known == null) {
      known = Engine.of(targets.find(asked, false), lasting);
      engine = known;
    }
    return known;
  }

  /** The engine that commands used, if any did. */
  public Optional<Target> connected() {
    return Optional.ofNullable(engine).map(Engine::target);
  }

  public void disconnect() {
    Engine known = engine;
    engine = null;
    if (known != null) {
      known.close();
    }
  }

  Map<String, String> variables() {
    return variables;
  }

  public Status status() {
    return status;
  }

  public void status(Status ending) {
    status = ending;
  }

  String systemOutput() {
    return systemOutput;
  }

  void systemOutput(String output) {
    systemOutput = output;
  }

  Format format() {
    return format;
  }

  public void format(Format chosen) {
    format = chosen;
  }

  boolean quiet() {
    return quiet;
  }

  public void quiet(boolean silent) {
    quiet = silent;
  }

  boolean dryRun() {
    return dryRun;
  }

  public void dryRun(boolean only) {
    dryRun = only;
  }

  boolean keepsGoing() {
    return keepGoing;
  }

  public void keepGoing(boolean going) {
    keepGoing = going;
  }

  public boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
  }

  /** Where {@code cd} led: types and names in turn. */
  public List<String> context() {
    return context;
  }

  List<String> history() {
    return history;
  }

  public void history(List<String> lines) {
    history = lines;
  }

  Path historyFile() {
    return homes.history();
  }

  @Override
  public void close() {
    disconnect();
  }
}
