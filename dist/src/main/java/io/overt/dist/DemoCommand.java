package io.overt.dist;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "demo",
    description = "Starts everything on this machine and runs a first virtual machine.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private final EngineOptions options = new EngineOptions();

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    new Demo(installation, options.site()).run();
    return 0;
  }
}
