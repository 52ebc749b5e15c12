package io.overt.acceptance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link EngineFixture} of a process to every test that asks for it; its end closes
 * it. Tests use names of their own, so that they do not disturb each other.
 */
public final class SharedEngine implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EngineFixture.class;
  }

  @Override
  public EngineFixture resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedEngine.class))
        .computeIfAbsent(EngineFixture.class, _ -> EngineFixture.start(), EngineFixture.class);
  }
}
