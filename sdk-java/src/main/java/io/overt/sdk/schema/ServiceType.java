package io.overt.sdk.schema;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A service of the model: what can be asked at one kind of address. Loops rather than streams: what
 * every start of a program runs through should not cost it the first lambda.
 *
 * @param name {@code vms}, {@code vm}, {@code vm_nics}
 */
public record ServiceType(String name, List<OperationType> operations, List<LocatorType> locators) {

  public Optional<OperationType> operation(String operation) {
    for (OperationType one : operations) {
      if (one.name().equals(operation)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** An action by its name or by what it adds to addresses, however written. */
  public Optional<OperationType> action(String action) {
    String plain = plain(action);
    for (OperationType one : operations) {
      if (one.action() && one.segment().equals(plain)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** The actions, in the model's order. */
  public List<OperationType> actions() {
    return operations.stream().filter(OperationType::action).toList();
  }

  /** A way down by its name or by its part of the address, however written. */
  public Optional<LocatorType> locator(String locator) {
    return segment(plain(locator));
  }

  /** The way to an object by its id, of a collection. */
  public Optional<LocatorType> item() {
    return segment("*");
  }

  private Optional<LocatorType> segment(String segment) {
    for (LocatorType one : locators) {
      if (one.segment().equals(segment)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  /** Whether it is a list of objects. */
  public boolean collection() {
    return operation("list").isPresent();
  }

  /** The type of the objects here. */
  public Optional<StructType> type() {
    return operation("list")
        .or(() -> operation("get"))
        .or(() -> operation("add"))
        .flatMap(OperationType::result)
        .flatMap(ParameterType::structType);
  }

  /** What the model says of it; empty if nothing. */
  public String documentation() {
    return Documentation.of("services/" + name);
  }

  private static String plain(String text) {
    return text.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
