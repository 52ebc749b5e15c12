package io.overt.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link RealHost} of a process, registered with the {@link SharedEngine}, to every
 * test that asks for it. It is stored after the engine, and so closed before it.
 */
final class RealHosts implements ParameterResolver {
  private final SharedEngine engines = new SharedEngine();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RealHost.class;
  }

  @Override
  public RealHost resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EngineFixture engine = engines.resolveParameter(parameter, context);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(RealHosts.class))
        .computeIfAbsent(RealHost.class, _ -> RealHost.start(engine), RealHost.class);
  }
}
